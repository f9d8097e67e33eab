import { fromHex, toHex, toUtf8 } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { commitmentOf, type ExcerptLine } from '../custody/entry'
import type { BundleProofs } from '../custody/proofs'
import { describeBundle, signStatement } from '../custody/statement'
import type { Assessment } from '../model/item'
import { problemError } from '../model/problem-error'
import { anchorPaths, isAnchorName, writeAnchorFiles } from './anchor-files'
import { type ManifestLine, tagNames } from './bag'
import { writeCanonicalJson } from './json'

type Bytes = Uint8Array<ArrayBuffer>
type File = { path: string; content: Bytes }

/** The files of `proof/` that a bundle has or has not together, and the largest excerpt, in bytes. */
export const proofNames = {
  identity: 'proof/identity.json',
  checkpoint: 'proof/checkpoint',
  custody: 'proof/custody.jsonl',
  statement: 'proof/statement.dsse.json',
} as const
export const excerptLimit = 16 * 1024 * 1024

const captureShape = /^proof\/items\/([0-9a-f]{32})\.tlog-proof$/

/** Where the proof of an item's capture lies. */
export function captureProofPath(itemId: string): string {
  return `proof/items/${itemId}.tlog-proof`
}

/** The item whose capture a file proves; null for other files. */
export function itemOfProof(path: string): string | null {
  return captureShape.exec(path)?.[1] ?? null
}

/** Whether a file may lie in `proof/`. */
export function isProofName(path: string): boolean {
  return itemOfProof(path) !== null || isAnchorName(path) || Object.values<string>(proofNames).includes(path)
}

/** The files of `proof/` in the order of the container; of the `names` there, those of anchors. */
export function proofPaths(itemIds: readonly string[], names: readonly string[]): string[] {
  const { identity, checkpoint, custody, statement } = proofNames
  return [identity, checkpoint, ...itemIds.map(captureProofPath), custody, ...anchorPaths(names), statement]
}

/** The files besides the manifest that the statement names, in this order. */
export const statedFiles = [
  tagNames.readme,
  tagNames.info,
  proofNames.identity,
  proofNames.checkpoint,
  proofNames.custody,
] as const

/**
 * The proof files that come before the statement. Throws `cannot-sign` when an item is not among the captures, and
 * `bundle-too-large` when the excerpt passes its limit.
 */
export async function writeProofFiles(
  proofs: BundleProofs,
  of: {
    itemIds: readonly string[]
    assessments: ReadonlyMap<string, Assessment>
    /** Of these nothing but the capture is told: later entries could be matched with what was covered. */
    redacted: ReadonlyMap<string, unknown>
  },
): Promise<File[]> {
  const captures = of.itemIds.map((id) => {
    const proof = proofs.captures.get(id)
    if (proof === undefined) throw problemError('cannot-sign', id)
    return { path: captureProofPath(id), content: toUtf8(proof) }
  })
  return [
    { path: proofNames.identity, content: writeCanonicalJson(proofs.identity) },
    { path: proofNames.checkpoint, content: toUtf8(proofs.checkpoint) },
    ...captures,
    { path: proofNames.custody, content: await writeExcerpt(proofs.excerpt, of) },
    ...writeAnchorFiles(proofs.anchors),
  ]
}

/**
 * What an excerpt of a log says in a bundle with these assessments: nothing of redacted copies. Throws
 * `bundle-too-large` when it passes its limit.
 */
export async function writeExcerpt(
  excerpt: readonly ExcerptLine[],
  of: { assessments: ReadonlyMap<string, Assessment>; redacted: ReadonlyMap<string, unknown> },
): Promise<Bytes> {
  const digests = new Map([...of.assessments].map(([id, value]) => [id, writeCanonicalJson(value)]))
  const lines: string[] = []
  for (const line of excerpt) {
    if (of.redacted.has(line.entry.item ?? '')) continue
    lines.push(`${textOf(await withOpening(line, digests))}\n`)
  }
  const written = toUtf8(lines.join(''))
  if (written.length > excerptLimit) throw problemError('bundle-too-large')
  return written
}

/** The signed statement about the manifest and the files of `statedFiles`. Throws `cannot-sign`. */
export async function writeStatement(
  proofs: BundleProofs,
  about: { tags: readonly ManifestLine[]; madeAt: string },
): Promise<File> {
  const digestOf = (path: string): ManifestLine => {
    const found = about.tags.find((tag) => tag.path === path)
    if (!found) throw problemError('cannot-sign', path)
    return found
  }
  const statement = describeBundle({
    manifest: digestOf(tagNames.manifest),
    files: statedFiles.map(digestOf),
    madeAt: about.madeAt,
  })
  try {
    const envelope = await signStatement(statement, proofs.key)
    return { path: proofNames.statement, content: writeCanonicalJson(envelope) }
  } catch {
    throw problemError('cannot-sign')
  }
}

function textOf(line: ExcerptLine): string {
  return new TextDecoder().decode(canonicalBytes(line))
}

/** The opening only of the assessment that is in the bundle: earlier ones are not to be guessed from their digest. */
async function withOpening(line: ExcerptLine, assessments: ReadonlyMap<string, Bytes>): Promise<ExcerptLine> {
  const bytes = assessments.get(line.entry.item ?? '')
  if (line.opening === null || !bytes) return { ...line, opening: null }
  const digest = toHex(await commitmentOf(fromHex(line.opening), bytes))
  return digest === line.entry.detail.digest ? line : { ...line, opening: null }
}
