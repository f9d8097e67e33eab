import { sha256 } from '../crypto/digest'
import type { AttachmentLimits, MadeAttachment, PlannedAttachment } from '../model/attachment'
import type { OpenedItem } from '../model/item'
import { problemError } from '../model/problem-error'
import type { RedactedFacts } from '../model/redaction'
import type { Report } from '../model/report'
import { attachmentData, attachmentSheet } from '../reports/attachment-sheet'
import type { Words } from '../words/translate'
import { attachmentFolder, attachmentName } from './contents'
import { type CopyPicture, fitPicture } from './fit-picture'
import { asOpened, isRedactedItem, type RedactedItem } from './redact-item'

type Bytes = Uint8Array<ArrayBuffer>

/** How the pictures of a report are opened once more, as they leave, and copied. */
export type AttachmentSource = {
  open: (itemId: string) => Promise<OpenedItem | RedactedItem>
  copy: CopyPicture
}

type File = { path: string; content: Bytes; digest: string }

type Options = {
  report: Report
  source: AttachmentSource | undefined
  /** The redacted copies of the bundle, and pictures that are in memory still. */
  redacted: ReadonlyMap<string, RedactedFacts>
  held: ReadonlyMap<string, Bytes>
}

type Original = { planned: PlannedAttachment; bytes: Bytes }

async function readPart({ source, held }: Options, { itemId, part }: PlannedAttachment): Promise<Bytes> {
  const known = held.get(itemId)
  if (known) return known
  if (!source) throw new Error('nothing opens the pictures of this report')
  const given = await source.open(itemId)
  const { parts } = isRedactedItem(given) ? asOpened(given) : given
  return parts.find(({ record }) => record.name === part)?.bytes ?? new Uint8Array()
}

/**
 * The picture as it lies in the item's folder. Null for that of a redacted copy which cannot be had once more in the
 * same bytes. Throws `damaged-record` when that of a whole item is another one.
 */
async function openPicture(options: Options, planned: PlannedAttachment): Promise<Original | null> {
  const facts = options.redacted.get(planned.itemId)
  const record = facts?.item.parts.find(({ name }) => name === planned.part)
  const bytes = await readPart(options, planned)
  const digest = await sha256(bytes)
  if (digest === (record?.sha256 ?? planned.sha256))
    return { bytes, planned: { ...planned, sha256: digest, bytes: bytes.length } }
  if (facts) return null
  throw problemError('damaged-record', planned.itemId)
}

/** Null where the picture cannot be read by the browser: then it stays in its item's folder alone. */
async function tryToFit({ bytes, planned }: Original, limits: AttachmentLimits, copy: CopyPicture) {
  try {
    return await fitPicture(bytes, { planned, limits, copy })
  } catch {
    return null
  }
}

/**
 * The pictures of a report's plan within the limits of the form, one after another; what became of each is added to
 * `made`. Throws `damaged-record` when an item's picture is not the planned one.
 */
export async function* attachmentFiles(options: Options, made: MadeAttachment[]): AsyncGenerator<File> {
  const { attachments: plan, channelId } = options.report
  if (plan === null || plan.pictures.length === 0) return
  if (!options.source) throw new Error('nothing opens the pictures of this report')
  let number = 0
  for (const wanted of plan.pictures) {
    const original = await openPicture(options, wanted)
    const planned = original?.planned ?? wanted
    const fitted = original && (await tryToFit(original, plan.limits, options.source.copy))
    const file = fitted && attachmentName(number + 1, fitted.mediaType)
    if (!fitted || !file) {
      made.push({ ...planned, made: null })
      continue
    }
    number += 1
    const { bytes, ...facts } = fitted
    const digest = await sha256(bytes)
    made.push({ ...planned, made: { ...facts, file, sha256: digest, bytes: bytes.length } })
    yield { path: `${attachmentFolder(channelId)}${file}`, content: bytes, digest }
  }
}

/** The report with what was made of its pictures: a sheet that lists them, and the same as data. */
export function withAttachments(report: Report, made: readonly MadeAttachment[], words: Words): Report {
  const { attachments: plan, channelId, sheets, submission } = report
  if (plan === null || made.length === 0) return report
  const sheet = attachmentSheet({ plan, made, folder: attachmentFolder(channelId) }, words)
  return {
    ...report,
    sheets: [...sheets, sheet],
    submission: { ...submission, attachments: attachmentData(made) },
  }
}
