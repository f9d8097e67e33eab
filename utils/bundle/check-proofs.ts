import { type Bytes, fromHex, fromUtf8 } from '../crypto/bytes'
import { type Checkpoint, openCheckpoint } from '../custody/checkpoint'
import { commitmentOf } from '../custody/entry'
import { Identity, isUnbroken } from '../custody/identity'
import { hashLeaf, isIncluded } from '../custody/merkle'
import { type Fingerprints, fingerprintsOf } from '../custody/proofs'
import { Envelope, openStatement } from '../custody/statement'
import { readTlogProof } from '../custody/tlog-proof'
import { tagNames } from './bag'
import { type CheckedAnchors, checkAnchors } from './check-anchors'
import { checkExcerpt, type LogContext } from './check-excerpt'
import { readJsonFile } from './check-items'
import { itemFiles, itemPath } from './contents'
import type { BundleFiles } from './files'
import { jsonLimits } from './json'
import { captureProofPath, itemOfProof, proofNames, statedFiles } from './proof-files'
import {
  allOrPass,
  fails,
  isAbsent,
  passes,
  type Reason,
  type Statement,
  type Verification,
} from './verification'

/** What was found out about the proofs of a bundle; `proof` is null when nothing signed can be said. */
export type CheckedProofs = Pick<Verification, 'proof'> & { statements: Statement[] }

/** A note or proof is short: the checkpoint and at most 64 hashes. */
const noteLimit = 128 * 1024

/** Whether a bundle carries proofs at all: any file of `proof/` makes all the others due. */
export function hasProofs(files: BundleFiles): boolean {
  return files.list.some(({ name }) => name.startsWith('proof/'))
}

/** An item to be proved; `of` is the commitment that a redacted copy names, null for a whole item. */
export type ToProve = { id: string; of: string | null }

/** What is not there without proofs, each said once. */
function withoutProofs(items: readonly ToProve[]): Statement[] {
  const tied = items.some(({ of }) => of !== null) ? (['redacted-tied'] as const) : []
  const ids = ['signed-by', 'logged', ...tied, 'custody-consistent'] as const
  const absent = ids.map((id) => isAbsent(id, null, 'no-proofs'))
  return [...absent, isAbsent('time-anchored', null, 'no-anchors')]
}

/** The statements that rest on signature and custody log, for the items of these folders in their order. */
export async function checkProofs(files: BundleFiles, items: readonly ToProve[]): Promise<CheckedProofs> {
  if (!hasProofs(files)) return { proof: null, statements: withoutProofs(items) }
  const identity = await readIdentity(files)
  const signed = identity.value
    ? await checkSigned(files, identity.value)
    : { checkpoint: null, failures: identity.failures }
  const note = await readText(files, proofNames.checkpoint)
  // Of a redacted copy the excerpt tells nothing.
  const itemIds = items.filter(({ of }) => of === null).map(({ id }) => id)
  const context = { files, itemIds, note: note ?? '', checkpoint: signed.checkpoint }
  const logged = await checkLogged(context, items)
  const custody = await checkExcerpt({ ...context, identity: identity.value })
  const { value } = identity
  const anchored = await checkAnchors({ files, identity: value, checkpoint: signed.checkpoint })
  const { checkpoint } = signed
  const isGood = signed.failures.length === 0 && value !== null && checkpoint !== null && note !== null
  return {
    proof: isGood
      ? describeProof(
          await fingerprintsOf({ identity: value, checkpoint: note }),
          checkpoint,
          logged,
          anchored,
        )
      : null,
    statements: [
      ...allOrPass('signed-by', signed.failures),
      ...logged.statements,
      ...allOrPass('custody-consistent', custody),
      ...anchored.statements,
    ],
  }
}

function describeProof(
  fingerprints: Fingerprints,
  checkpoint: Checkpoint,
  logged: Logged,
  { anchors }: CheckedAnchors,
): NonNullable<Verification['proof']> {
  return { ...fingerprints, size: checkpoint.size, places: logged.places, anchors }
}

/** Who signed, by `proof/identity.json`, or what is wrong with it. */
export async function readIdentity(
  files: BundleFiles,
): Promise<{ value: Identity | null; failures: Statement[] }> {
  const refuse = (reason: Parameters<typeof fails>[2]) => ({
    value: null,
    failures: [fails('signed-by', proofNames.identity, reason)],
  })
  const json = await readJsonFile(files, proofNames.identity)
  if (!json.ok) return refuse(json.reason)
  const parsed = Identity.safeParse(json.value)
  if (!parsed.success) return refuse('schema')
  return (await isUnbroken(parsed.data)) ? { value: parsed.data, failures: [] } : refuse('keys-broken')
}

type Signed = { checkpoint: Checkpoint | null; failures: Statement[] }

async function checkSigned(files: BundleFiles, identity: Identity): Promise<Signed> {
  const key = fromHex(identity.keys.at(-1)?.publicKey ?? '')
  const failures = await checkStatement(files, key)
  const note = await readText(files, proofNames.checkpoint)
  if (note === null)
    return { checkpoint: null, failures: [...failures, missing(files, proofNames.checkpoint)] }
  const checkpoint = await openCheckpoint(note, key)
  if (checkpoint?.origin === identity.origin) return { checkpoint, failures }
  failures.push(fails('signed-by', proofNames.checkpoint, 'signature-wrong'))
  return { checkpoint: null, failures }
}

async function checkStatement(files: BundleFiles, key: Uint8Array<ArrayBuffer>): Promise<Statement[]> {
  const path = proofNames.statement
  const json = await readJsonFile(files, path)
  if (!json.ok) return [fails('signed-by', path, json.reason)]
  const envelope = Envelope.safeParse(json.value)
  if (!envelope.success) return [fails('signed-by', path, 'schema')]
  const statement = await openStatement(envelope.data, key)
  if (statement === null) return [fails('signed-by', path, 'signature-wrong')]
  const named = [...statement.subject, ...statement.predicate.files]
  const expected = [tagNames.manifest, ...statedFiles]
  if (named.map(({ name }) => name).join() !== expected.join()) return [fails('signed-by', path, 'schema')]
  return named
    .filter(({ name, digest }) => files.find(name)?.sha256 !== digest.sha256)
    .map(({ name }) => fails('signed-by', name, 'digest-not-signed'))
}

function missing(files: BundleFiles, path: string): Statement {
  return fails('signed-by', path, files.find(path) ? 'line-malformed' : 'file-missing')
}

type Logged = { statements: Statement[]; places: Record<string, number> }

async function checkLogged(context: LogContext, items: readonly ToProve[]): Promise<Logged> {
  const logged: Logged = { statements: [], places: {} }
  for (const item of items) {
    const { id, of } = item
    const claim = of === null ? 'logged' : 'redacted-tied'
    const found = await checkPlace(context, item, Object.values(logged.places))
    if (typeof found === 'number') {
      logged.places[id] = found
      logged.statements.push(passes(claim, `data/items/${id}`))
    } else logged.statements.push(fails(claim, found.path, found.reason))
  }
  const known = new Set(items.map(({ id }) => id))
  for (const { name } of context.files.list) {
    const id = itemOfProof(name)
    if (id !== null && !known.has(id)) logged.statements.push(fails('logged', name, 'unknown-file'))
  }
  return logged
}

/** As `checkCapture`; a place that an item before it has is none: each is one capture of one item. */
export async function checkPlace(
  context: LogContext,
  item: ToProve,
  taken: readonly number[],
): Promise<number | { path: string; reason: Reason }> {
  const found = await checkCapture(context, item)
  const isTaken = typeof found === 'number' && taken.includes(found)
  return isTaken ? { path: captureProofPath(item.id), reason: 'proof-twice' } : found
}

/** The place of an item's capture in the log, or why it cannot be said, and of which file. */
async function checkCapture(
  { files, note, checkpoint }: LogContext,
  { id, of }: ToProve,
): Promise<number | { path: string; reason: Reason }> {
  const path = captureProofPath(id)
  if (!files.find(path)) return { path, reason: 'file-missing' }
  const text = await readText(files, path)
  const proof = text === null ? null : readTlogProof(text)
  if (proof === null) return { path, reason: 'line-malformed' }
  if (proof.checkpoint !== note) return { path, reason: 'checkpoint-differs' }
  if (checkpoint === null) return { path: proofNames.checkpoint, reason: 'signature-wrong' }
  const commitment = of === null ? await commitmentIn(files, id) : readDigest(of)
  if (commitment === null) return { path, reason: 'not-in-log' }
  const { size, root } = checkpoint
  const leaf = await hashLeaf(commitment)
  const isThere = await isIncluded({ leaf, index: proof.index, size, proof: proof.proof, root })
  return isThere ? proof.index : { path, reason: 'not-in-log' }
}

/** What the leaf of a whole item commits to; null when facts or salt are not there. */
export async function commitmentIn(files: BundleFiles, id: string): Promise<Bytes | null> {
  const facts = await files.readWhole(itemPath(id, itemFiles.facts), jsonLimits.bytes)
  const salt = await readText(files, itemPath(id, itemFiles.salt))
  if (!facts || !/^[0-9a-f]{64}\n$/.test(salt ?? '')) return null
  return commitmentOf(fromHex((salt ?? '').trim()), facts)
}

/** Null when the facts of the copy could not be read. */
function readDigest(hex: string): Bytes | null {
  return /^[0-9a-f]{64}$/.test(hex) ? fromHex(hex) : null
}

/** The text of `proof/checkpoint`; null where it is none. */
export function readNote(files: BundleFiles): Promise<string | null> {
  return readText(files, proofNames.checkpoint)
}

async function readText(files: BundleFiles, path: string): Promise<string | null> {
  const bytes = await files.readWhole(path, noteLimit)
  try {
    return bytes && fromUtf8(bytes)
  } catch {
    return null
  }
}
