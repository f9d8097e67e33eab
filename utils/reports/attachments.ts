import type { AttachmentLimits, AttachmentPlan, PlannedAttachment } from '../model/attachment'
import type { Case } from '../model/case'
import type { Channel } from '../model/channel'
import type { OpenedItem, PartRecord } from '../model/item'
import { reportPicture } from './html-picture'

/** Whether pictures may go to this receiver at all: never with a notice about intimate images. */
export function takesPictures({ attachments, shape, warnings }: Channel): boolean {
  return attachments.accepts !== 'none' && shape !== 'ncii-notice' && !warnings.includes('never-send-image')
}

/** What the receiver itself states; null where it states nothing. */
export function statedLimits({ attachments }: Channel): AttachmentLimits | null {
  const { maxCount, maxBytesEach, maxBytesTogether, types } = attachments
  const limits = { maxCount, maxBytesEach, maxBytesTogether, types }
  return Object.values(limits).every((limit) => limit === null) ? null : limits
}

/** What a person read on the form before her goes before what is stated elsewhere; null where neither says anything. */
function attachmentLimits(
  channel: Channel,
  byHand: AttachmentLimits | null,
): Pick<AttachmentPlan, 'limits' | 'from'> | null {
  const stated = statedLimits(channel)
  if (byHand === null) return stated && { limits: stated, from: 'stated' }
  const limits = {
    maxCount: byHand.maxCount ?? stated?.maxCount ?? null,
    maxBytesEach: byHand.maxBytesEach ?? stated?.maxBytesEach ?? null,
    maxBytesTogether: byHand.maxBytesTogether ?? stated?.maxBytesTogether ?? null,
    types: byHand.types ?? stated?.types ?? null,
  }
  return { limits, from: 'by-hand' }
}

type Picture = { post: number; itemId: string; record: PartRecord; width: number; height: number }

/** The one picture of an item that the report shows, too; nothing where it has none. */
function pictureOf(opened: OpenedItem, index: number): Picture[] {
  const record = reportPicture(opened)?.record
  if (!record || record.width === null || record.height === null) return []
  return [{ post: index + 1, itemId: opened.item.id, record, width: record.width, height: record.height }]
}

/**
 * Equal shares of a limit that holds for all files together. Who needs less than its share leaves the rest to the
 * others. In the order given; whole bytes, never more than `together`.
 */
export function shareBytes(sizes: readonly number[], together: number): number[] {
  const shares = new Map<number, number>()
  let left = together
  const smallestFirst = sizes.map((size, at) => ({ size, at })).sort((a, b) => a.size - b.size || a.at - b.at)
  for (const [done, { size, at }] of smallestFirst.entries()) {
    const share = Math.min(size, Math.floor(left / (sizes.length - done)))
    shares.set(at, share)
    left -= share
  }
  return sizes.map((_, at) => shares.get(at) ?? 0)
}

function planSubmission(
  items: readonly OpenedItem[],
  submission: number,
  limits: AttachmentLimits,
): { pictures: PlannedAttachment[]; left: number } {
  const all = items.flatMap(pictureOf)
  const chosen = all.slice(0, limits.maxCount ?? all.length)
  const each = limits.maxBytesEach ?? Number.POSITIVE_INFINITY
  const sizes = chosen.map(({ record }) => Math.min(record.bytes, each))
  const together = limits.maxBytesTogether
  const shares = together === null ? chosen.map(() => each) : shareBytes(sizes, together)
  const pictures = chosen.map(({ post, itemId, record, width, height }, at) => {
    const most = Math.min(each, shares[at] ?? each)
    return {
      submission,
      post,
      itemId,
      part: record.name,
      mediaType: record.mediaType,
      sha256: record.sha256,
      bytes: record.bytes,
      width,
      height,
      mostBytes: Number.isFinite(most) ? most : null,
    }
  })
  return { pictures, left: all.length - chosen.length }
}

/**
 * Which pictures go along within a form's limits, a row of items for each submission, and how large each may be.
 * Pure: same input, same plan. Null where no picture belongs there or nothing limits them: then none is touched.
 */
export function planAttachments(options: {
  channel: Channel
  case: Case
  submissions: readonly (readonly OpenedItem[])[]
  byHand: AttachmentLimits | null
}): AttachmentPlan | null {
  const { channel, submissions, byHand } = options
  if (!takesPictures(channel) || options.case.isChildSexualAbuse === true) return null
  const found = attachmentLimits(channel, byHand)
  if (found === null) return null
  const planned = submissions.map((items, at) => planSubmission(items, at + 1, found.limits))
  return {
    ...found,
    pictures: planned.flatMap(({ pictures }) => pictures),
    left: planned.reduce((sum, { left }) => sum + left, 0),
  }
}
