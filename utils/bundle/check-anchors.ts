import { fromUtf8, toUtf8 } from '../crypto/bytes'
import type { Checkpoint } from '../custody/checkpoint'
import { openByAny, readConsistency } from '../custody/earlier-anchors'
import type { Identity } from '../custody/identity'
import { isConsistent } from '../custody/merkle'
import { readOpenTimestamps } from '../custody/open-timestamps'
import { checkTimeStamp } from '../custody/time-stamp'
import { type AnchorFiles, anchorsIn } from './anchor-files'
import type { BundleFiles } from './files'
import { type AnchorSeen, fails, isAbsent, passes, type Reason, type Statement } from './verification'

const id = 'time-anchored'
/** As of `proof/checkpoint`. */
const noteLimit = 128 * 1024
const answerLimit = 100_000

export type CheckedAnchors = { statements: Statement[]; anchors: AnchorSeen[] }

/** What the anchors are held against; `checkpoint` is null when it was not signed. */
type Log = { files: BundleFiles; identity: Identity | null; checkpoint: Checkpoint | null }

async function readSmall(files: BundleFiles, path: string, limit: number) {
  return files.find(path) ? files.readWhole(path, limit) : null
}

async function readText(files: BundleFiles, path: string): Promise<string | null> {
  const bytes = await readSmall(files, path, noteLimit)
  try {
    return bytes && fromUtf8(bytes)
  } catch {
    return null
  }
}

type Stamped = { note: string; head: Checkpoint }

/** The stamped checkpoint, when the log that was signed grew from it; else which file is wrong, and why. */
async function openStamped(
  { files, identity, checkpoint }: Log,
  anchor: AnchorFiles,
): Promise<Stamped | { path: string; reason: Reason }> {
  if (identity === null || checkpoint === null) return { path: anchor.checkpoint, reason: 'not-signed' }
  const note = await readText(files, anchor.checkpoint)
  if (note === null) return { path: anchor.checkpoint, reason: 'file-missing' }
  const head = await openByAny(note, identity)
  if (head === null) return { path: anchor.checkpoint, reason: 'signature-wrong' }
  const text = await readText(files, anchor.consistency)
  const proof = text === null ? null : readConsistency(text)
  if (proof === null)
    return { path: anchor.consistency, reason: text === null ? 'file-missing' : 'line-malformed' }
  const isGrown = await isConsistent({ first: head, second: checkpoint, proof })
  return isGrown ? { note, head } : { path: anchor.consistency, reason: 'checkpoint-differs' }
}

async function checkAnswer(
  files: BundleFiles,
  { path, form }: AnchorFiles['answers'][number],
  { note, head }: Stamped,
): Promise<CheckedAnchors> {
  const answer = await readSmall(files, path, answerLimit)
  if (!answer) return { statements: [fails(id, path, 'file-too-large')], anchors: [] }
  const { size } = head
  if (form === 'rfc3161') {
    const check = await checkTimeStamp(answer, toUtf8(note))
    if (!check.ok) return { statements: [fails(id, path, check.reason)], anchors: [] }
    return { statements: [passes(id, path)], anchors: [{ path, size, stamp: check.stamp, blocks: [] }] }
  }
  const ends = await readOpenTimestamps(answer, toUtf8(note))
  if (ends === null) return { statements: [fails(id, path, 'stamp-of-other')], anchors: [] }
  const blocks = ends.flatMap((end) => (end.kind === 'bitcoin' ? [end] : []))
  // The path alone proves no time: the block's header is not in the bundle, and a promise is none.
  const reason = blocks.length > 0 ? 'block-not-compared' : 'stamp-pending'
  return { statements: [isAbsent(id, path, reason)], anchors: [{ path, size, stamp: null, blocks }] }
}

/**
 * What others say of when the log existed: each answer by itself, over a checkpoint that this log's keys signed and
 * from which the signed log grew. Absent when there is none.
 */
export async function checkAnchors(log: Log): Promise<CheckedAnchors> {
  const found = anchorsIn(log.files.list.map(({ name }) => name))
  if (found.length === 0) return { statements: [isAbsent(id, null, 'no-anchors')], anchors: [] }
  const all: CheckedAnchors = { statements: [], anchors: [] }
  for (const anchor of found) {
    const stamped = await openStamped(log, anchor)
    if ('reason' in stamped) {
      all.statements.push(fails(id, stamped.path, stamped.reason))
      continue
    }
    if (anchor.answers.length === 0) all.statements.push(fails(id, anchor.checkpoint, 'file-missing'))
    for (const answer of anchor.answers) {
      const checked = await checkAnswer(log.files, answer, stamped)
      all.statements.push(...checked.statements)
      all.anchors.push(...checked.anchors)
    }
  }
  return all
}
