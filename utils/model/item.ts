import { incidentTypes } from './incident-types'

import { PlatformId, PostReading } from './post'
import { randomId, sha256Hex, shortText, utcTime, webAddress, z } from './schema'

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
  /** `pixels`: what the browser painted. `redrawn`: drawn again from the page, not what was on the screen. */
  method: z.enum(['pixels', 'redrawn', 'dom']),
  /** Names of the parts this one was cut or assembled from. */
  derivedFrom: z.array(z.string().max(60)),
})
export type PartRecord = z.infer<typeof PartRecord>

/** A part with its bytes, as it exists in memory only. */
export type Part = { record: PartRecord; bytes: Uint8Array<ArrayBuffer> }

export const PageRecord = z.strictObject({
  address: webAddress,
  canonical: webAddress.nullable(),
  title: shortText,
  language: shortText.nullable(),
})
export type PageRecord = z.infer<typeof PageRecord>

const Size = z.strictObject({ width: z.int().nonnegative(), height: z.int().nonnegative() })

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
  }),
  page: PageRecord,
  post: PostReading,
  /** The quoted post and the chain above, as the page shows them. */
  context: z.array(PostReading).max(50),
  parts: z.array(PartRecord).max(200),
  collection: z.strictObject({
    tool: z.strictObject({ name: z.string().max(60), version: z.string().max(30) }),
    /** `generic` when no adapter could read the page; then `reason` says why. */
    reader: z.strictObject({
      platform: PlatformId,
      version: z.int(),
      reason: z.string().max(300).nullable(),
    }),
    browser: shortText,
    system: z.string().max(60),
    viewport: Size,
    /** Device pixels per CSS pixel, as a decimal string. */
    pixelRatio: z.string().regex(/^\d+(\.\d+)?$/),
    method: z.enum(['pixels', 'redrawn', 'none']),
    /**
     * Everything the person did and everything the tool changed in the page, in order: codes with words under
     * `action.<code>` in `locales/`.
     */
    actions: z.array(z.string().max(200)).max(200),
    selfCheck: SelfCheck,
    /** Sealed to the locker's public half while it was locked, or while it was unlocked. */
    lockerWas: z.enum(['locked', 'unlocked']),
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
  authorHandle: string | null
  authorName: string | null
  text: string | null
  permalink: string | null
  postedAt: string | null
  capturedAt: string
  method: 'pixels' | 'redrawn' | 'none'
  types: IncidentType[]
  note: string
  caseIds: string[]
}

export { incidentTypes }
