import { fromHex, fromUtf8 } from '../crypto/bytes'
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
import { allOrPass, fails, isAbsent, passes, type Statement, type Verification } from './verification'

/** What was found out about the proofs of a bundle; `proof` is null when nothing signed can be said. */
export type CheckedProofs = Pick<Verification, 'proof'> & { statements: Statement[] }

/** A note or proof is short: the checkpoint and at most 64 hashes. */
const noteLimit = 128 * 1024

/** Whether a bundle carries proofs at all: any file of `proof/` makes all the others due. */
export function hasProofs(files: BundleFiles): boolean {
  return files.list.some(({ name }) => name.startsWith('proof/'))
}

/** The statements that rest on signature and custody log, for the items of these folders in their order. */
export async function checkProofs(files: BundleFiles, itemIds: readonly string[]): Promise<CheckedProofs> {
  if (!hasProofs(files)) {
    const ids = ['signed-by', 'logged', 'custody-consistent'] as const
    const absent = ids.map((id) => isAbsent(id, null, 'no-proofs'))
    return { proof: null, statements: [...absent, isAbsent('time-anchored', null, 'no-anchors')] }
  }
  const identity = await readIdentity(files)
  const signed = identity.value
    ? await checkSigned(files, identity.value)
    : { checkpoint: null, failures: identity.failures }
  const note = await readText(files, proofNames.checkpoint)
  const context = { files, itemIds, note: note ?? '', checkpoint: signed.checkpoint }
  const logged = await checkLogged(context)
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

async function readIdentity(files: BundleFiles): Promise<{ value: Identity | null; failures: Statement[] }> {
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

async function checkLogged(context: LogContext): Promise<Logged> {
  const { files, itemIds } = context
  const logged: Logged = { statements: [], places: {} }
  for (const id of itemIds) {
    const found = await checkCapture(context, id)
    if (typeof found === 'number') {
      logged.places[id] = found
      logged.statements.push(passes('logged', `data/items/${id}`))
    } else logged.statements.push(found)
  }
  const known = new Set(itemIds)
  for (const { name } of files.list) {
    const id = itemOfProof(name)
    if (id !== null && !known.has(id)) logged.statements.push(fails('logged', name, 'unknown-file'))
  }
  return logged
}

/** The place of an item's capture in the log, or why it cannot be said. */
async function checkCapture(
  { files, note, checkpoint }: LogContext,
  id: string,
): Promise<number | Statement> {
  const path = captureProofPath(id)
  if (!files.find(path)) return fails('logged', path, 'file-missing')
  const text = await readText(files, path)
  const proof = text === null ? null : readTlogProof(text)
  if (proof === null) return fails('logged', path, 'line-malformed')
  if (proof.checkpoint !== note) return fails('logged', path, 'checkpoint-differs')
  if (checkpoint === null) return fails('logged', proofNames.checkpoint, 'signature-wrong')
  const facts = await files.readWhole(itemPath(id, itemFiles.facts), jsonLimits.bytes)
  const salt = await readText(files, itemPath(id, itemFiles.salt))
  if (!facts || !/^[0-9a-f]{64}\n$/.test(salt ?? '')) return fails('logged', path, 'not-in-log')
  const leaf = await hashLeaf(await commitmentOf(fromHex((salt ?? '').trim()), facts))
  const { size, root } = checkpoint
  const isThere = await isIncluded({ leaf, index: proof.index, size, proof: proof.proof, root })
  return isThere ? proof.index : fails('logged', path, 'not-in-log')
}

async function readText(files: BundleFiles, path: string): Promise<string | null> {
  const bytes = await files.readWhole(path, noteLimit)
  try {
    return bytes && fromUtf8(bytes)
  } catch {
    return null
  }
}
