import { fromHex, fromUtf8 } from '../crypto/bytes'
import { sha256, startSha256 } from '../crypto/digest'
import { Identity } from '../custody/identity'
import { Assessment, Item, type OpenedItem } from '../model/item'
import { tagNames } from './bag'
import { readJsonFile } from './check-items'
import { BundleCase, casePath, isReservedName, itemFiles, itemPath } from './contents'
import { isEarlierName } from './earlier-files'
import type { BundleFiles, CheckedFile, Watch } from './files'
import { jsonLimits, readCanonicalJson } from './json'
import { proofNames } from './proof-files'
import type { Verification } from './verification'
import { verifyFiles } from './verify'

type Bytes = Uint8Array<ArrayBuffer>

/** A bundle that was checked, whatever came of it, and that can be read on. */
export type CheckedBundle = {
  verification: Verification
  /** When it says that it was made; null where that cannot be read. */
  madeAt: string | null
  /** The key that signed it, in hexadecimal, and the name of its log; null unless the signature is good. */
  signer: { publicKey: string; log: string } | null
  /** Something in it is covered: what is left cannot be held against what was captured. */
  isRedacted: boolean
  itemIds: readonly string[]
  /** What proves it: the files of `proof/`, and the lists that they are about. Null when they pass 32 MiB. */
  readProofs(): Promise<{ name: string; bytes: Bytes }[] | null>
  /** One item with all its parts; null when any of it is missing or not what its facts say. */
  readItem(id: string): Promise<OpenedItem | null>
}

const proofsLimit = 32 * 1024 * 1024
const chunk = 4 * 1024 * 1024
const redactedName = /^data\/items\/[0-9a-f]{32}\/redacted\.json$/

/**
 * Checks a bundle and gives what reads its items, one at a time; `files` null where it is no bundle at all. Rejects as
 * `verifyBundle` does.
 */
export async function checkBundle(
  content: Blob | Bytes,
  watch: Watch = {},
): Promise<{ verification: Verification; bundle: CheckedBundle | null }> {
  const { verification, files } = await verifyFiles(content, watch)
  if (!files) return { verification, bundle: null }
  const bundle: CheckedBundle = {
    verification,
    madeAt: await readMadeAt(files),
    signer: verification.proof ? await readSigner(files) : null,
    isRedacted: files.list.some(({ name }) => redactedName.test(name)),
    itemIds: [...new Set(verification.items.map(({ id }) => id))],
    readProofs: () => readProofs(files),
    readItem: (id) => readItem(files, id),
  }
  return { verification, bundle }
}

/** SHA-256 of a whole file, read piece by piece. Rejects with the reason of `signal` once that is aborted. */
export async function digestFile(file: Blob, signal?: AbortSignal): Promise<string> {
  const running = await startSha256()
  for (let at = 0; at < file.size; at += chunk) {
    signal?.throwIfAborted()
    running.update(new Uint8Array(await file.slice(at, at + chunk).arrayBuffer()))
  }
  return running.finish()
}

async function readMadeAt(files: BundleFiles): Promise<string | null> {
  const json = await readJsonFile(files, casePath)
  const parsed = json.ok ? BundleCase.safeParse(json.value) : null
  return parsed?.success ? parsed.data.madeAt : null
}

async function readSigner(files: BundleFiles): Promise<CheckedBundle['signer']> {
  const json = await readJsonFile(files, proofNames.identity)
  const parsed = json.ok ? Identity.safeParse(json.value) : null
  const publicKey = parsed?.success ? parsed.data.keys.at(-1)?.publicKey : undefined
  return parsed?.success && publicKey !== undefined ? { publicKey, log: parsed.data.origin } : null
}

async function readProofs(files: BundleFiles): Promise<{ name: string; bytes: Bytes }[] | null> {
  const lists: readonly string[] = Object.values(tagNames)
  const wanted = files.list.filter(
    ({ name }) => name.startsWith('proof/') || isEarlierName(name) || lists.includes(name),
  )
  if (wanted.reduce((sum, { size }) => sum + size, 0) > proofsLimit) return null
  const read: { name: string; bytes: Bytes }[] = []
  for (const file of wanted) {
    const bytes = await readSame(files, file)
    if (bytes) read.push({ name: file.name, bytes })
  }
  return read
}

/** What was checked, read again; null when the file on the disk is another by now. */
async function readSame(files: BundleFiles, file: CheckedFile): Promise<Bytes | null> {
  const bytes = await files.source.read(file.start, file.start + file.size)
  return (await sha256(bytes)) === file.sha256 ? bytes : null
}

async function readFile(files: BundleFiles, path: string, limit: number): Promise<Bytes | null> {
  const file = files.find(path)
  return file && file.size <= limit ? readSame(files, file) : null
}

async function readItem(files: BundleFiles, id: string): Promise<OpenedItem | null> {
  const itemBytes = await readFile(files, itemPath(id, itemFiles.facts), jsonLimits.bytes)
  const salt = await readSalt(files, id)
  const item = itemBytes && readFacts(itemBytes, id)
  if (!itemBytes || !item || !salt) return null
  const parts: OpenedItem['parts'] = []
  for (const record of item.parts) {
    const file = files.find(itemPath(id, record.name))
    const isMeant = file?.size === record.bytes && file.sha256 === record.sha256
    const bytes = file && isMeant && !isReservedName(record.name) ? await readSame(files, file) : null
    if (!bytes) return null
    parts.push({ record, bytes })
  }
  return { item, itemBytes, salt, parts, assessment: await readAssessment(files, id) }
}

function readFacts(bytes: Bytes, id: string): Item | null {
  const json = readCanonicalJson(bytes)
  const parsed = json.ok ? Item.safeParse(json.value) : null
  return parsed?.success && parsed.data.id === id ? parsed.data : null
}

async function readSalt(files: BundleFiles, id: string): Promise<Bytes | null> {
  const bytes = await readFile(files, itemPath(id, itemFiles.salt), 65)
  try {
    const [, digits] = /^([0-9a-f]{64})\n$/.exec(fromUtf8(bytes ?? new Uint8Array())) ?? []
    return digits === undefined ? null : fromHex(digits)
  } catch {
    return null
  }
}

/** What is said of the item may be wrong, or missing, without the item being so. */
async function readAssessment(files: BundleFiles, id: string): Promise<Assessment | null> {
  const json = await readJsonFile(files, itemPath(id, itemFiles.assessment))
  const parsed = json.ok ? Assessment.safeParse(json.value) : null
  return parsed?.success && parsed.data.itemId === id ? parsed.data : null
}
