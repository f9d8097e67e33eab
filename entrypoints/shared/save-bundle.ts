import { type ExportDraft, fullFileName } from '../../components/export/steps'
import { problemError } from '../../utils/bundle/problems'
import { type SavedFile, saveFile } from '../../utils/bundle/save'
import { writeBundle } from '../../utils/bundle/write'
import { encryptStream } from '../../utils/crypto/recipients'
import { keepEntry } from '../../utils/locker/custody'
import { openItem } from '../../utils/locker/items'
import type { OpenLocker } from '../../utils/locker/keyring'
import { proveItems } from '../../utils/locker/prove-items'
import type { Case } from '../../utils/model/case'
import type { OpenedItem } from '../../utils/model/item'
import { fail, type Outcome, succeed } from '../../utils/model/problem'
import type { Report } from '../../utils/model/report'
import { wordsFor } from '../../utils/words/translate'
import { readSources } from './sources'

/** Opened items for writing a report, without the bytes of their files; the first problem when one is damaged. */
export async function readForReport(
  open: OpenLocker,
  ids: readonly string[],
): Promise<Outcome<OpenedItem[]>> {
  const items: OpenedItem[] = []
  for (const id of ids) {
    const opened = await openItem(open, id)
    if (!opened.ok) return opened
    const parts = opened.value.parts.map(({ record }) => ({ record, bytes: new Uint8Array() }))
    items.push({ ...opened.value, parts })
  }
  return succeed(items)
}

async function* openEach(open: OpenLocker, ids: readonly string[]): AsyncGenerator<OpenedItem> {
  for (const id of ids) {
    const opened = await openItem(open, id)
    if (!opened.ok) throw problemError(opened.problem.code, opened.problem.detail)
    yield opened.value
  }
}

type BundleStream = ReadableStream<Uint8Array<ArrayBuffer>>

async function protect(bundle: BundleStream, draft: ExportDraft, passphrase: string): Promise<BundleStream> {
  const { protection, recipients } = draft
  if (protection === 'none') return bundle
  const encrypted = await (protection === 'recipients'
    ? encryptStream(bundle, { kind: 'recipients', recipients })
    : encryptStream(bundle, { kind: 'passphrase', passphrase }))
  // The age library's types do not say that its buffers are never shared ones.
  return encrypted as BundleStream
}

type SaveOptions = {
  open: OpenLocker
  case: Case
  itemIds: readonly string[]
  report: Report
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
    items: openEach(open, itemIds),
    ...(draft.hasArchive && { archived: openEach(open, itemIds) }),
    report,
    words: wordsFor(draft.language),
    madeAt,
    proofs: proofs.value,
    sources: await readSources(open),
    tool: { name: 'Witnessmark', version },
    onProgress,
    signal,
  })
  const stream = await protect(bundle, draft, options.passphrase)
  const saved = await saveFile({ name: fullFileName(draft), stream })
  if (!saved.ok) return saved
  const detail = { file: saved.value.sha256 }
  const kept = await keepEntry(open, { kind: 'exported', itemIds, at: madeAt, detail })
  return kept.ok ? saved : fail('export-not-logged')
}
