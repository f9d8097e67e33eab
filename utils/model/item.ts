import { incidentTypes } from './incident-types'
import { PlatformId, PostReading } from './post'
import { longText, randomId, sha256Hex, shortText, utcTime, webAddress, z } from './schema'

/** One file of a capture. `name` is its file name in the bundle: fixed alphabet, never from the page. */
export const PartRecord = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}(\.[a-z0-9]{1,5}){1,2}$/),
  role: z.enum(['screenshot', 'page', 'tile', 'html', 'text', 'media']),
  mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/),
  bytes: z.int().nonnegative(),
  sha256: sha256Hex,
  /** Device pixels; null for what is no picture. */
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
  /**
   * `pixels`: what the browser painted. `redrawn`: drawn again from the page, not what was on the screen. `dom`:
   * written from the page. `loaded`: the file that the page had loaded already. `fetched`: asked for once more.
   */
  method: z.enum(['pixels', 'redrawn', 'dom', 'loaded', 'fetched']),
  /** Names of the parts this one was cut or assembled from. */
  derivedFrom: z.array(z.string().max(60)),
  /** Where an original picture came from; null for what we made ourselves. */
  address: webAddress.nullable().default(null),
  /** Difference hash of 64 bits as 16 hexadecimal digits, for finding copies that were scaled or packed anew. */
  likeness: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .nullable()
    .default(null),
})
export type PartRecord = z.infer<typeof PartRecord>

/** A part with its bytes, as it exists in memory only. */
export type Part = { record: PartRecord; bytes: Uint8Array<ArrayBuffer> }

export const PageRecord = z.strictObject({
  address: webAddress,
  canonical: webAddress.nullable(),
  title: shortText,
  language: shortText.nullable(),
  /** Headings above what was captured, outermost first; for captures of pages without posts. */
  headings: z.array(shortText).max(20).default([]),
  /** Times that the page states in or near what was captured: as shown, and in the form meant for machines. */
  times: z
    .array(z.strictObject({ asShown: shortText, machine: shortText }))
    .max(50)
    .default([]),
})
export type PageRecord = z.infer<typeof PageRecord>

const Size = z.strictObject({ width: z.int().nonnegative(), height: z.int().nonnegative() })

/** Items that were captured in one act, in order: a post with its thread, or everything one scrolled past. */
export const Group = z.strictObject({
  id: randomId,
  kind: z.enum(['thread', 'sweep']),
  /** From 0, in reading order for a thread, in order of capture for a sweep. */
  position: z.int().nonnegative(),
})
export type Group = z.infer<typeof Group>

/**
 * A second look at an item: the post was looked for at its address, and its words were compared. `undecided`: it is
 * shown, but one of the two readings has its words cut or none, or the reader failed on the page.
 */
export const Recheck = z.strictObject({
  itemId: randomId,
  outcome: z.enum(['unchanged', 'edited', 'undecided', 'not-shown']),
})
export type Recheck = z.infer<typeof Recheck>

/**
 * A fact that the page stated twice, compared. `value` is what the other place says; the reading holds the first.
 * Agreement does not prove the page true; conflict proves that one of the two was changed.
 */
export const SourceCheck = z.strictObject({
  fact: z.enum(['posted', 'handle', 'name', 'text', 'post-id', 'author-id']),
  source: z.enum(['id', 'permalink', 'profile', 'embedded-data', 'label', 'title', 'meta', 'datetime']),
  value: longText,
  agrees: z.boolean(),
})
export type SourceCheck = z.infer<typeof SourceCheck>

export const SelfCheck = z.strictObject({
  /** The post's text was found in the page's visible text. Null when the post shows no text. */
  textPresent: z.boolean().nullable(),
  /** The picture of the post is not one flat colour. */
  pictureNotBlank: z.boolean(),
  /** Address and post were the same before the reading and after the last picture. */
  pageUnchanged: z.boolean(),
})

/**
 * The facts of one capture. Written once, as canonical JSON (RFC 8785); those exact bytes are what is sealed,
 * hashed and later logged. No floating-point number: fractions are strings.
 */
export const Item = z.strictObject({
  version: z.literal(1),
  id: randomId,
  captured: z.strictObject({
    utc: utcTime,
    zoneOffsetMinutes: z.int(),
    /** Milliseconds since the capturing process started; shows a clock that was set back. */
    monotonicMs: z.int().nonnegative(),
    /** The platform's own `Date` header, if the person allows asking for it. */
    platformDate: shortText.nullable(),
    /** The platform's clock minus this device's, in seconds, to the second of the header; null when not asked. */
    clockSkewSeconds: z.int().nullable().default(null),
  }),
  page: PageRecord,
  post: PostReading,
  /** The quoted post and the chain above, as the page shows them. */
  context: z.array(PostReading).max(50),
  group: Group.nullable().default(null),
  recheck: Recheck.nullable().default(null),
  parts: z.array(PartRecord).max(200),
  collection: z.strictObject({
    tool: z.strictObject({ name: z.string().max(60), version: z.string().max(30) }),
    /** `generic` when no adapter could read the page; then `reason` says why. Else `reason` is what it did not find. */
    reader: z.strictObject({
      platform: PlatformId,
      version: z.int(),
      reason: z.string().max(300).nullable(),
      /** The platform whose reader should have read this, when it could not. */
      expected: PlatformId.nullable().default(null),
      /** False when nobody had confirmed it for such posts on a live page; null for the generic reading. */
      isConfirmed: z.boolean().nullable().default(null),
    }),
    browser: shortText,
    system: z.string().max(60),
    viewport: Size,
    /** Device pixels per CSS pixel, as a decimal string. */
    pixelRatio: z.string().regex(/^\d+(\.\d+)?$/),
    /** The page's zoom as a decimal string, "1" for 100 %; null when the browser does not say. */
    zoom: z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .nullable()
      .default(null),
    /** The kind of window: what a private one shows can differ from what an account sees. */
    window: z.enum(['normal', 'private']).nullable().default(null),
    method: z.enum(['pixels', 'redrawn', 'none']),
    /** What the page says twice. */
    sources: z.array(SourceCheck).max(20).default([]),
    /**
     * Everything the person did and everything the tool changed in the page, in order: codes with words under
     * `action.<code>` in `locales/`.
     */
    actions: z.array(z.string().max(200)).max(200),
    selfCheck: SelfCheck,
    /** Sealed to the locker's public half while it was locked or unlocked, or in a drop-box, which never opens. */
    lockerWas: z.enum(['locked', 'unlocked', 'drop-box']),
    /** Elements removed from the kept HTML, by name, with how many. */
    droppedFromHtml: z.record(z.string().max(60), z.int().nonnegative()),
    /** What this capture lacks: codes with words under `notRecorded.<code>` in `locales/`. */
    notRecorded: z.array(z.string().max(120)).max(60),
  }),
})
export type Item = z.infer<typeof Item>

export const IncidentType = z.enum(incidentTypes)
export type IncidentType = z.infer<typeof IncidentType>

/** What the person says about an item; changeable, logged, never mixed with the facts. */
export const Assessment = z.strictObject({
  itemId: randomId,
  at: utcTime,
  types: z.array(IncidentType),
  severity: z.enum(['low', 'medium', 'high']).nullable(),
  isImminent: z.boolean().nullable(),
  grounds: z.array(z.string().max(60)).max(20),
  isCoordinated: z.boolean().nullable(),
  note: z.string().max(20_000),
})
export type Assessment = z.infer<typeof Assessment>

/** An item opened from the locker: facts, their exact sealed bytes, and the salt of its commitment. */
export type OpenedItem = {
  item: Item
  /** Canonical bytes as sealed; hash these, never a re-serialisation. */
  itemBytes: Uint8Array<ArrayBuffer>
  /** 32 random bytes. */
  salt: Uint8Array<ArrayBuffer>
  parts: Part[]
  /** The newest assessment, or null while there is none. */
  assessment: Assessment | null
}

/** What a list row needs; opened from the sealed record, kept in memory only. */
export type ItemSummary = {
  id: string
  platform: string
  kind: string
  postId: string | null
  authorHandle: string | null
  authorName: string | null
  text: string | null
  permalink: string | null
  postedAt: string | null
  capturedAt: string
  method: 'pixels' | 'redrawn' | 'none'
  reader: Item['collection']['reader']
  group: Group | null
  recheck: Recheck | null
  /** Digests of original pictures that were kept, for finding copies. */
  pictures: { sha256: string; likeness: string | null }[]
  types: IncidentType[]
  note: string
  caseIds: string[]
  /** When it was put into the bin; null while it is not there. */
  binnedAt: string | null
}
