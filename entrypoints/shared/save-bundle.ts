import { type ExportDraft, fullFileName } from '../../components/export/steps'
import { copyPicture } from '../../utils/bundle/copy-picture'
import { paintAreas } from '../../utils/bundle/paint-areas'
import { asOpened, isRedactedItem, redactItem } from '../../utils/bundle/redact-item'
import type { ReadPicture } from '../../utils/bundle/report-entry'
import { type SavedFile, saveFile } from '../../utils/bundle/save'
import { type BundleItem, writeBundle } from '../../utils/bundle/write'
import { encryptStream } from '../../utils/crypto/recipients'
import { keepEntry } from '../../utils/locker/custody'
import { openItem, openPart } from '../../utils/locker/items'
import type { OpenLocker } from '../../utils/locker/keyring'
import { proveItems } from '../../utils/locker/prove-items'
import type { Case } from '../../utils/model/case'
import type { OpenedItem } from '../../utils/model/item'
import { fail, type Outcome, succeed } from '../../utils/model/problem'
import { catchProblem, problemError } from '../../utils/model/problem-error'
import type { Redaction } from '../../utils/model/redaction'
import type { Report } from '../../utils/model/report'
import { wordsFor } from '../../utils/words/translate'
import { readSources } from './sources'

/** What is covered in each item that leaves; null when the whole items leave. */
export type Covering = ((itemId: string) => Redaction) | null

/**
 * Opened items for writing a report, without the bytes of their files; the first problem when one is damaged. With
 * `covering` they are the redacted copies exactly as they will leave.
 */
export async function readForReport(
  open: OpenLocker,
  ids: readonly string[],
  covering: Covering = null,
): Promise<Outcome<OpenedItem[]>> {
  const items: OpenedItem[] = []
  for (const id of ids) {
    const opened = await openItem(open, id)
    if (!opened.ok) return opened
    const given = await coverOne(opened.value, covering)
    const shown = isRedactedItem(given) ? asOpened(given) : given
    const parts = shown.parts.map(({ record }) => ({ record, bytes: new Uint8Array() }))
    items.push({ ...shown, parts })
  }
  return succeed(items)
}

async function coverOne(opened: OpenedItem, covering: Covering): Promise<BundleItem> {
  return covering ? redactItem(opened, covering(opened.item.id), paintAreas) : opened
}

async function* openWhole(open: OpenLocker, ids: readonly string[]): AsyncGenerator<OpenedItem> {
  for (const id of ids) yield expectItem(open, id)
}

/** Rejects with an error that carries the problem when the item cannot be opened. */
async function expectItem(open: OpenLocker, id: string): Promise<OpenedItem> {
  const opened = await openItem(open, id)
  if (!opened.ok) throw problemError(opened.problem.code, opened.problem.detail)
  return opened.value
}

async function* openEach(
  open: OpenLocker,
  ids: readonly string[],
  covering: Covering,
): AsyncGenerator<BundleItem> {
  for await (const opened of openWhole(open, ids)) yield await coverOne(opened, covering)
}

function readAgain(open: OpenLocker): ReadPicture {
  return async ({ itemId, part }) => {
    const opened = await openPart(open, itemId, part.name)
    if (!opened.ok) throw problemError(opened.problem.code, itemId)
    return opened.value.bytes
  }
}

type BundleStream = ReadableStream<Uint8Array<ArrayBuffer>>

async function protect(
  bundle: BundleStream,
  draft: ExportDraft,
  passphrase: string,
): Promise<Outcome<BundleStream>> {
  const { protection, recipients } = draft
  if (protection === 'none') return succeed(bundle)
  return catchProblem(async () => {
    const encrypted = await (protection === 'recipients'
      ? encryptStream(bundle, { kind: 'recipients', recipients })
      : encryptStream(bundle, { kind: 'passphrase', passphrase }))
    // The age library's types do not say that its buffers are never shared ones.
    return succeed(encrypted as BundleStream)
  })
}

/** What is saved, how, and who follows it. */
export type SaveOptions = {
  open: OpenLocker
  case: Case
  itemIds: readonly string[]
  report: Report
  /** With it, `case` and `report` are covered already. */
  covering: Covering
  draft: ExportDraft
  passphrase: string
  version: string
  signal: AbortSignal
  onProgress: (progress: { done: number; total: number }) => void
}

/**
 * Writes the bundle, signed and with the proofs of its items, protects it as chosen, saves it as a file, and notes in
 * the custody log that it was saved. Without a signature nothing is saved.
 */
export async function saveBundle(options: SaveOptions): Promise<Outcome<SavedFile>> {
  const { open, itemIds, report, draft, version, signal, onProgress } = options
  const proofs = await proveItems(open, itemIds)
  if (!proofs.ok) return proofs
  const madeAt = new Date().toISOString()
  const bundle = writeBundle({
    case: { ...options.case, itemIds: [...itemIds] },
    items: openEach(open, itemIds, options.covering),
    redacted: options.covering === null ? 'none' : 'all',
    // An archive is made of the whole items: with redacted copies none goes along.
    ...(draft.hasArchive &&
      options.covering === null && {
        archived: (ids: readonly string[]) => openWhole(open, ids),
      }),
    report,
    attachments: {
      open: async (id) => coverOne(await expectItem(open, id), options.covering),
      copy: copyPicture,
    },
    words: wordsFor(draft.language),
    madeAt,
    proofs: proofs.value,
    sources: await readSources(open),
    tool: { name: 'Witnessmark', version },
    readPicture: readAgain(open),
    onProgress,
    signal,
  })
  const stream = await protect(bundle, draft, options.passphrase)
  if (!stream.ok) return stream
  const saved = await saveFile({ name: fullFileName(draft), stream: stream.value })
  if (!saved.ok) return saved
  const detail = { file: saved.value.sha256 }
  const kept = await keepEntry(open, { kind: 'exported', itemIds, at: madeAt, detail })
  return kept.ok ? saved : fail('export-not-logged')
}
