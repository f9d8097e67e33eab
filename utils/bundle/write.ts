import { equalBytes, toHex, toUtf8 } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { sha256 } from '../crypto/digest'
import { type BundleProofs, type Fingerprints, fingerprintsOf } from '../custody/proofs'
import type { MadeAttachment } from '../model/attachment'
import type { Case } from '../model/case'
import type { CaptureSource } from '../model/corroboration'
import type { Assessment, OpenedItem, Part } from '../model/item'
import { problemError, throwIfCancelled } from '../model/problem-error'
import type { RedactedFacts } from '../model/redaction'
import type { Report } from '../model/report'
import { writeHtmlReport } from '../reports/html-report'
import { submissionFile } from '../reports/write-report'
import type { Words } from '../words/translate'
import { type OpenAgain, writeArchives } from './archives'
import { type AttachmentSource, attachmentFiles, withAttachments } from './attachment-files'
import { declaration, type ManifestLine, tagNames, writeBagInfo, writeManifest } from './bag'
import {
  BundleCase,
  casePath,
  describeCase,
  htmlReportPath,
  isReservedName,
  itemFiles,
  itemPath,
  submissionPaths,
} from './contents'
import { writeEarlierFiles } from './earlier-files'
import { jsonLimits, writeCanonicalJson } from './json'
import { type LightItem, startLightening } from './lighten'
import { writeProofFiles, writeStatement } from './proof-files'
import { type RedactedShare, writeReadme } from './readme'
import { asOpened, isRedactedItem, type RedactedItem } from './redact-item'
import { type ReadPicture, type StreamedFile, streamReport } from './report-entry'
import { startZip, type ZipWriter } from './zip'

type Bytes = Uint8Array<ArrayBuffer>

export type BundleItem = OpenedItem | RedactedItem

export type BundleOptions = {
  case: Case
  /**
   * In the order of the bundle. Opened one after another when this is a stream of them. Of a redacted one, nothing
   * but the redacted copy gets into any file; the case and the report have to be covered before, too.
   */
  items: AsyncIterable<BundleItem> | readonly BundleItem[]
  /** How many of the items are redacted copies, where they come as a stream; the README names their files. */
  redacted?: RedactedShare
  report: Report
  /** The words of the report's language. */
  words: Words
  /** Moment in UTC, as `toISOString` writes it. */
  madeAt: string
  tool: { name: string; version: string }
  /** Null only for bundles as they were before there were proofs. */
  proofs: BundleProofs | null
  /**
   * Opens the same items once more, where web archives go along for ReplayWeb.page: those come after the items and
   * hold words and pictures a second time. Each item is opened twice, once to measure.
   */
  archived?: OpenAgain
  /** Where the pictures of the report's attachments come from; needed where it has any. */
  attachments?: AttachmentSource
  /** Where items came from that were not captured under this locker; the report says so. */
  sources?: ReadonlyMap<string, CaptureSource>
  /** Items written so far, of how many. */
  onProgress?: (progress: { done: number; total: number }) => void
  signal?: AbortSignal
  /**
   * Reads a picture of a whole item once more, when the report is written. Without it pictures are held in memory
   * from then on, as those of redacted copies always are: they cannot be had once more in the same bytes.
   */
  readPicture?: ReadPicture
}

/** `digest` where it has been computed already. */
type HeldFile = { path: string; content: Bytes; digest?: string }
type File = HeldFile | ({ path: string } & StreamedFile)

/** The parts that facts list, in their order. Throws `damaged-record` when the parts are not those. */
async function* filesOfParts({ item, parts }: Pick<OpenedItem, 'item' | 'parts'>): AsyncGenerator<HeldFile> {
  if (parts.length !== item.parts.length) throw problemError('damaged-record', item.id)
  for (const record of item.parts) {
    const part: Part | undefined = parts.find((candidate) => candidate.record.name === record.name)
    const isSame = part?.bytes.length === record.bytes && (await sha256(part.bytes)) === record.sha256
    if (!part || !isSame || isReservedName(record.name)) throw problemError('damaged-record', item.id)
    yield { path: itemPath(item.id, record.name), content: part.bytes, digest: record.sha256 }
  }
}

/** The files of one item. Throws `damaged-record` when its parts are not those its facts list. */
async function* filesOfItem(opened: OpenedItem): AsyncGenerator<HeldFile> {
  const { item, itemBytes, salt, assessment } = opened
  const path = (file: string) => itemPath(item.id, file)
  const isWhole = equalBytes(canonicalBytes(item), itemBytes)
  if (!isWhole || salt.length !== 32) throw problemError('damaged-record', item.id)
  if (itemBytes.length > jsonLimits.bytes) throw problemError('bundle-too-large', item.id)
  yield { path: path(itemFiles.facts), content: itemBytes }
  yield { path: path(itemFiles.salt), content: toUtf8(`${toHex(salt)}\n`) }
  yield* filesOfParts(opened)
  if (assessment) yield { path: path(itemFiles.assessment), content: writeCanonicalJson(assessment) }
}

/** The files of a redacted copy: neither salt nor assessment. */
async function* filesOfRedacted({ facts, factsBytes, parts }: RedactedItem): AsyncGenerator<HeldFile> {
  const { item } = facts
  if (factsBytes.length > jsonLimits.bytes) throw problemError('bundle-too-large', item.id)
  yield { path: itemPath(item.id, itemFiles.redacted), content: factsBytes }
  yield* filesOfParts({ item, parts })
}

function checkOnce(seen: ReadonlySet<string>, id: string): void {
  if (seen.has(id)) throw new Error(`the item ${id} was given twice`)
}

/** What the files beside the payload need to know of what was written. */
type Written = {
  itemIds: string[]
  assessments: Map<string, Assessment>
  redacted: Map<string, RedactedFacts>
}

/** What the report shows: items without bytes, which pictures go into it, and those that are held. */
type Shown = { items: OpenedItem[]; pictures: Set<string>; held: Map<string, Bytes> }

function noteShown(light: LightItem, shown: Shown, options: { isHeld: boolean }): void {
  const { opened, picture } = light
  shown.items.push(opened)
  if (picture === null) return
  shown.pictures.add(opened.item.id)
  if (options.isHeld) shown.held.set(opened.item.id, picture.bytes)
}

async function reportFile(
  options: BundleOptions,
  shown: Shown,
  more: { fingerprints: Fingerprints | null; redacted: Written['redacted'] },
): Promise<File> {
  const { report, words, madeAt, tool, sources } = options
  const { items, pictures, held } = shown
  const file = { case: options.case, items, report, words, madeAt, tool, sources, pictures, ...more }
  const read: ReadPicture = async (place) => {
    throwIfCancelled(options.signal)
    const bytes = held.get(place.itemId) ?? (await options.readPicture?.(place))
    if (!bytes) throw new Error('a picture was neither held nor can be read')
    return bytes
  }
  return { path: htmlReportPath, ...(await streamReport(() => writeHtmlReport(file), read)) }
}

/** An item as the report needs it; what is written for it is noted. */
function noteItem(given: BundleItem, written: Written): OpenedItem {
  const opened = isRedactedItem(given) ? asOpened(given) : given
  const { id } = opened.item
  written.itemIds.push(id)
  if (isRedactedItem(given)) written.redacted.set(id, given.facts)
  if (opened.assessment) written.assessments.set(id, opened.assessment)
  return opened
}

async function* payloadFiles(
  options: BundleOptions,
  to: { written: Written; fingerprints: Fingerprints | null },
): AsyncGenerator<File> {
  const { report, madeAt, tool } = options
  const total = Array.isArray(options.items) ? options.items.length : options.case.itemIds.length
  const shown: Shown = { items: [], pictures: new Set(), held: new Map() }
  const ids = new Set<string>()
  const lighten = startLightening()
  options.onProgress?.({ done: 0, total })
  for await (const given of options.items) {
    const { id } = isRedactedItem(given) ? given.facts.item : given.item
    checkOnce(ids, id)
    ids.add(id)
    yield* isRedactedItem(given) ? filesOfRedacted(given) : filesOfItem(given)
    const isHeld = isRedactedItem(given) || !options.readPicture
    noteShown(lighten(noteItem(given, to.written)), shown, { isHeld })
    options.onProgress?.({ done: ids.size, total: Math.max(total, ids.size) })
  }
  const about = BundleCase.parse(
    describeCase({ case: options.case, itemIds: [...ids], report, madeAt, tool }),
  )
  yield { path: casePath, content: writeCanonicalJson(about) }
  const { fingerprints, written } = to
  yield await reportFile(options, shown, { fingerprints, redacted: written.redacted })
  const made: MadeAttachment[] = []
  yield* attachmentFiles(
    { report, source: options.attachments, redacted: written.redacted, held: shown.held },
    made,
  )
  const whole = withAttachments(report, made, options.words)
  const { text, data } = submissionPaths(report.channelId)
  yield { path: text, content: toUtf8(submissionFile(whole)) }
  yield { path: data, content: writeCanonicalJson(whole.submission) }
  // Archives hold the whole items, with what was covered.
  if (options.archived && to.written.redacted.size > 0) throw new Error('no archives beside redacted copies')
  if (options.archived)
    yield* writeArchives(
      shown.items.map(({ item }) => item),
      { ...options, open: options.archived },
    )
  const { earlier } = options.proofs ?? {}
  if (earlier) yield* await writeEarlierFiles(earlier, to.written)
}

/** The README comes first, before a stream of items tells what they are. */
function redactedShare({ items, redacted }: BundleOptions): RedactedShare {
  if (redacted) return redacted
  if (!Array.isArray(items)) return 'some'
  const count = items.filter(isRedactedItem).length
  if (count === 0) return 'none'
  return count === items.length ? 'all' : 'some'
}

/** Every file of the bundle in its fixed order: the manifests last, because they list what came before. */
async function* bundleFiles(options: BundleOptions): AsyncGenerator<File> {
  const tags: ManifestLine[] = []
  const payload: ManifestLine[] = []
  let payloadBytes = 0
  const { proofs } = options
  const written: Written = { itemIds: [], assessments: new Map(), redacted: new Map() }
  const fingerprints = proofs && (await fingerprintsOf(proofs))
  const note = async (file: HeldFile): Promise<HeldFile> => {
    tags.push({ path: file.path, sha256: await sha256(file.content) })
    return file
  }
  const tag = (path: string, text: string): Promise<HeldFile> => note({ path, content: toUtf8(text) })
  yield await tag(tagNames.declaration, declaration)
  yield await tag(
    tagNames.readme,
    writeReadme(options.words, { fingerprints, redacted: redactedShare(options) }),
  )
  for await (const file of payloadFiles(options, { written, fingerprints })) {
    yield file
    const [size, digest] =
      'content' in file
        ? [file.content.length, file.digest ?? (await sha256(file.content))]
        : [file.size, file.digest()]
    payload.push({ path: file.path, sha256: digest })
    payloadBytes += size
  }
  const oxum = { bytes: payloadBytes, files: payload.length }
  yield await tag(tagNames.info, writeBagInfo(options, oxum))
  yield await tag(tagNames.manifest, writeManifest(payload))
  if (proofs) {
    for (const file of await writeProofFiles(proofs, written)) yield await note(file)
    yield await note(await writeStatement(proofs, { tags, madeAt: options.madeAt }))
  }
  yield { path: tagNames.tagManifest, content: toUtf8(writeManifest(tags)) }
}

async function* entryPieces(zip: ZipWriter, file: File): AsyncGenerator<Bytes> {
  const isHeld = 'content' in file
  const header = isHeld ? null : zip.place({ name: file.path, size: file.size, crc: file.crc })
  const pieces = isHeld ? zip.entry(file.path, file.content) : header && [header]
  if (!pieces) throw problemError('bundle-too-large')
  yield* pieces
  if (!isHeld) yield* file.pieces()
}

async function* bundleBytes(options: BundleOptions): AsyncGenerator<Bytes> {
  const zip = startZip()
  throwIfCancelled(options.signal)
  for await (const file of bundleFiles(options)) {
    throwIfCancelled(options.signal)
    for await (const piece of entryPieces(zip, file)) {
      yield piece
      throwIfCancelled(options.signal)
    }
  }
  yield zip.end()
}

/**
 * The bundle as a stream, in the one form of `docs/bundle-format.md`: the same input gives the same bytes on any
 * machine, in any time zone. One item is in memory at a time, and of each its facts. The stream fails with an `AbortError` when cancelled, and with an error whose `cause` is a `Problem`:
 * `damaged-record` (`detail` is the item's id), `bundle-too-large`, or `cannot-sign`: no signature, no bundle.
 */
export function writeBundle(options: BundleOptions): ReadableStream<Bytes> {
  const pieces = bundleBytes(options)
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const next = await pieces.next()
        if (next.done) controller.close()
        else controller.enqueue(next.value)
      },
      async cancel() {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
