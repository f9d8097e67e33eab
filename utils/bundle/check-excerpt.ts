import { type Bytes, fromHex, toHex } from '../crypto/bytes'
import type { Checkpoint } from '../custody/checkpoint'
import { commitmentOf, type Entry, ExcerptLine, entryBytes } from '../custody/entry'
import { type Identity, keyIn } from '../custody/identity'
import { hashLeaf, isIncluded } from '../custody/merkle'
import { itemFiles, itemPath } from './contents'
import type { BundleFiles } from './files'
import { jsonLimits, readCanonicalJson } from './json'
import { excerptLimit, proofNames } from './proof-files'
import { fails, type Reason, type Statement } from './verification'

/** What the checks of the log share. `checkpoint` is null when it was not signed. */
export type LogContext = {
  files: BundleFiles
  itemIds: readonly string[]
  note: string
  checkpoint: Checkpoint | null
}

type Excerpt = LogContext & { identity: Identity | null }

const id = 'custody-consistent'

/**
 * Whether every line of the excerpt is an entry about an item of this bundle or about a key, in the order of the
 * log and in the log; whether the keys are those of the identity; and whether what a line says of an assessment is
 * the one in the bundle. The failures only.
 */
export async function checkExcerpt(excerpt: Excerpt): Promise<Statement[]> {
  const { files, checkpoint, identity } = excerpt
  const refuse = (reason: Reason) => [fails(id, proofNames.custody, reason)]
  const found = files.find(proofNames.custody)
  if (!found) return refuse('file-missing')
  if (found.size > excerptLimit) return refuse('file-too-large')
  if (checkpoint === null || identity === null) return refuse('not-signed')
  const bytes = await files.readWhole(proofNames.custody, excerptLimit)
  const lines = bytes && readLines(bytes)
  if (!lines) return refuse('line-malformed')
  const reason = await reasonAgainst(lines, { ...excerpt, checkpoint, identity })
  return reason === null ? await checkAssessments(files, lines) : refuse(reason)
}

/** Each line ends with a line feed and is canonical JSON of its own. Null when one is not. */
function readLines(bytes: Bytes): ExcerptLine[] | null {
  const lines: ExcerptLine[] = []
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start)
    if (end < 0) return null
    const json = readCanonicalJson(bytes.slice(start, end))
    const parsed = json.ok ? ExcerptLine.safeParse(json.value) : null
    if (!parsed?.success) return null
    lines.push(parsed.data)
    start = end + 1
  }
  return lines
}

async function reasonAgainst(
  lines: readonly ExcerptLine[],
  context: Excerpt & { checkpoint: Checkpoint; identity: Identity },
): Promise<Reason | null> {
  const items = new Set(context.itemIds)
  const { size, root } = context.checkpoint
  let before = -1
  for (const line of lines) {
    const { entry, index } = line
    if (index <= before) return 'order-differs'
    before = index
    const isOwn = entry.item === null ? entry.kind === 'key' : items.has(entry.item)
    if (!isOwn) return 'entry-foreign'
    const leaf = await hashLeaf(await commitmentOf(fromHex(line.salt), entryBytes(entry)))
    const isThere = await isIncluded({ leaf, index, size, proof: line.proof.map(fromHex), root })
    if (!isThere) return 'not-in-log'
  }
  const keys = lines.flatMap(({ entry }) => keyIn(entry) ?? [])
  return JSON.stringify(keys) === JSON.stringify(context.identity.keys) ? null : 'keys-differ'
}

/** Both stand for an assessment as a whole: a note is part of it. */
function isSaying({ kind }: Entry): boolean {
  return kind === 'assessed' || kind === 'noted'
}

/** A line that has an opening is about the assessment in the bundle, which only the right bytes fit. */
async function checkAssessments(files: BundleFiles, lines: readonly ExcerptLine[]): Promise<Statement[]> {
  const failures: Statement[] = []
  for (const { entry, opening } of lines) {
    if (opening === null) continue
    const path = itemPath(entry.item ?? '', itemFiles.assessment)
    const bytes = await files.readWhole(path, jsonLimits.bytes)
    const digest = bytes && toHex(await commitmentOf(fromHex(opening), bytes))
    if (!isSaying(entry) || digest !== entry.detail.digest) failures.push(fails(id, path, 'digest-differs'))
  }
  return failures
}
