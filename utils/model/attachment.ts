import { z } from './schema'

/** Kinds of pictures that a copy can be made as. */
export const copyTypes = ['image/png', 'image/jpeg'] as const
export type CopyType = (typeof copyTypes)[number]

/** What a form takes of files; each null where no limit is stated. */
export const AttachmentLimits = z.strictObject({
  /** Files with one submission. */
  maxCount: z.int().positive().nullable(),
  /** The largest single file, in bytes. */
  maxBytesEach: z.int().positive().nullable(),
  /** All files of one submission, in bytes. */
  maxBytesTogether: z.int().positive().nullable(),
  /** Media types, as `image/png`. */
  types: z
    .array(z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/))
    .min(1)
    .nullable(),
})
export type AttachmentLimits = z.infer<typeof AttachmentLimits>

/** A picture of an item that goes along within the limits of a form: as it is where it fits, else as a copy. */
export type PlannedAttachment = {
  /** Number of the submission it goes with, from 1. */
  submission: number
  /** Number of the post within that submission, from 1, as the text of the report numbers it. */
  post: number
  itemId: string
  /** Name of the item's part, which stays whole in the item's folder. */
  part: string
  mediaType: string
  sha256: string
  bytes: number
  width: number
  height: number
  /** The most bytes the file may have; null where only the kind of file is limited. */
  mostBytes: number | null
}

/** Which pictures go along, in the order of the report. */
export type AttachmentPlan = {
  limits: AttachmentLimits
  /** `stated`: by the receiver; `by-hand`: told by the person, who has its form before her. */
  from: 'stated' | 'by-hand'
  pictures: PlannedAttachment[]
  /** Pictures for which the limit of count has no room; they stay in the bundle. */
  left: number
}

/** A file that was made for the form, or that could not be; `file` is its name in the folder of attachments. */
export type MadeAttachment = PlannedAttachment & {
  made: {
    file: string
    mediaType: string
    sha256: string
    bytes: number
    width: number
    height: number
    isCopy: boolean
  } | null
}
