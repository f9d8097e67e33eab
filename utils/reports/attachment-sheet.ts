import type { AttachmentLimits, AttachmentPlan, MadeAttachment } from '../model/attachment'
import type { ReportSheet } from '../model/report'
import type { Words } from '../words/translate'
import { inline } from './foreign-text'

const bytesInMb = 1_000_000

function inMb(bytes: number, words: Words): string {
  return new Intl.NumberFormat(words.language, { maximumFractionDigits: 2 }).format(bytes / bytesInMb)
}

/** Names of kinds of files as people know them, as “JPEG”. */
function typeName(mediaType: string): string {
  return (mediaType.split('/')[1] ?? mediaType).toUpperCase()
}

/** The limits of a form, a sentence each. */
export function describeLimits(limits: AttachmentLimits, words: Words): string[] {
  const { maxBytesEach, maxBytesTogether, maxCount, types } = limits
  return [
    ...(maxBytesEach === null ? [] : [words.t('attachments.each', { size: inMb(maxBytesEach, words) })]),
    ...(maxBytesTogether === null
      ? []
      : [words.t('attachments.together', { size: inMb(maxBytesTogether, words) })]),
    ...(maxCount === null ? [] : [words.t('attachments.count', { count: maxCount })]),
    ...(types === null
      ? []
      : [words.t('attachments.types', { types: types.map(typeName).join(words.t('report.list-comma')) })]),
  ]
}

function scaleText({ width, made }: MadeAttachment, words: Words): string {
  const scale = made === null ? 1 : made.width / width
  return new Intl.NumberFormat(words.language, { style: 'percent', maximumFractionDigits: 1 }).format(scale)
}

function entry(attachment: MadeAttachment, words: Words, { ofSeveral }: { ofSeveral: boolean }): string {
  const { made, post, itemId, part, sha256, width, height, submission } = attachment
  const name = words.t('report.item-name', { number: post })
  const where = ofSeveral ? words.t('attachments.belongs', { post: name, submission }) : name
  const original = [`data/items/${itemId}/${part}`, `${width} × ${height}`, `SHA-256 ${sha256}`]
  if (made === null) return [where, words.t('attachments.tooSmall'), ...original].join('\n   ')
  const how = made.isCopy
    ? words.t('attachments.copy', { scale: scaleText(attachment, words), type: typeName(made.mediaType) })
    : words.t('attachments.same')
  const copied = made.isCopy ? [`${made.width} × ${made.height}`, `SHA-256 ${made.sha256}`] : []
  return [
    `${made.file}: ${where}`,
    inline(how, words),
    ...copied,
    words.t('attachments.original'),
    ...original,
  ].join('\n   ')
}

/** The page that says of each file which it is: whole or a copy, of which item, and at what scale. */
export function attachmentSheet(
  { plan, made, folder }: { plan: AttachmentPlan; made: readonly MadeAttachment[]; folder: string },
  words: Words,
): ReportSheet {
  const ofSeveral = made.some(({ submission }) => submission > 1)
  const left = plan.left === 0 ? [] : [words.t('attachments.left', { count: plan.left })]
  return {
    id: 'attachments',
    title: words.t('report.sheet.attachments'),
    text: [
      words.t('attachments.note', { folder }),
      [
        words.t(plan.from === 'stated' ? 'attachments.stated' : 'attachments.byHand'),
        ...describeLimits(plan.limits, words),
      ].join('\n'),
      ...made.map((one) => entry(one, words, { ofSeveral })),
      ...left,
    ].join('\n\n'),
  }
}

/** The same as data, for `submission.json`. */
export function attachmentData(made: readonly MadeAttachment[]): Record<string, unknown>[] {
  return made.map(({ made: file, submission, post, itemId, part, sha256, width, height }) => ({
    submission,
    post,
    original: { item: itemId, part, sha256, width, height },
    file: file && {
      name: file.file,
      mediaType: file.mediaType,
      sha256: file.sha256,
      bytes: file.bytes,
      width: file.width,
      height: file.height,
      isCopy: file.isCopy,
    },
  }))
}
