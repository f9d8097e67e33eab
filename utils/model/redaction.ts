import { Item, PartRecord } from './item'
import { randomId, sha256Hex, utcTime, z } from './schema'

const pixels = z.int().nonnegative().max(100_000)

/** A part of a picture that is covered, in its own pixels from the upper left. */
export const Area = z.strictObject({
  x: pixels,
  y: pixels,
  width: pixels.positive(),
  height: pixels.positive(),
})
export type Area = z.infer<typeof Area>

/** A stretch of the post's own words, in UTF-16 units: `end` is the first unit behind it. */
export const Span = z
  .strictObject({ start: z.int().nonnegative(), end: z.int().positive() })
  .refine(({ start, end }) => start < end)
export type Span = z.infer<typeof Span>

/** What a person covers in one item before a redacted copy of it leaves. The item itself stays as it is. */
export const Redaction = z.strictObject({
  itemId: randomId,
  changedAt: utcTime,
  /** Pictures that may leave, by part name, each with what is covered in it; all others stay behind. */
  pictures: z.array(z.strictObject({ name: PartRecord.shape.name, areas: z.array(Area).max(200) })).max(50),
  /** Names, handles and other words that are covered wherever they stand. */
  words: z.array(z.string().min(2).max(200)).max(200),
  spans: z.array(Span).max(500),
})
export type Redaction = z.infer<typeof Redaction>

/**
 * The facts of a redacted copy. `of` is the commitment to the whole item, as the custody log has it: SHA-256 of its
 * salt and its bytes. The salt stays behind, so that nobody can try names until the digest fits; who has the whole
 * item and its salt can show that this is a copy of it.
 */
export const RedactedFacts = z.strictObject({
  version: z.literal(1),
  of: sha256Hex,
  item: Item,
  covered: z.strictObject({
    pictures: z.array(z.strictObject({ name: PartRecord.shape.name, areas: z.array(Area) })),
    /** Places in the text at which something is covered. */
    places: z.int().nonnegative(),
  }),
  /** Names of the parts of the whole item that are not in this copy. */
  leftOut: z.array(PartRecord.shape.name),
})
export type RedactedFacts = z.infer<typeof RedactedFacts>
