import { type Bytes, fromHex, fromUtf8 } from '../crypto/bytes'
import { z } from '../model/schema'
import { openCheckpoint, readCheckpointHead } from './checkpoint'
import { commitmentOf, ExcerptLine, entryBytes } from './entry'
import { Identity, isUnbroken, keyIn } from './identity'
import { hashLeaf, isIncluded } from './merkle'
import { readTlogProof } from './tlog-proof'

/*
 * What another log than the one that is growing now proves of an item: that of the locker that captured it, or that of
 * this locker before it was restored from a backup.
 */

/** Of one item: who signed, the signed checkpoint, the proof of the capture, and the entries about the item and the keys. */
export const EarlierProof = z.strictObject({
  identity: Identity,
  checkpoint: z.string().max(100_000),
  capture: z.string().max(110_000),
  lines: z.array(ExcerptLine).max(20_000),
})
export type EarlierProof = z.infer<typeof EarlierProof>

/** How long the log was at its checkpoint; 0 where that is none. */
export function sizeOfEarlier({ checkpoint }: EarlierProof): number {
  return readCheckpointHead(checkpoint)?.size ?? 0
}

/** Those of the proofs that fit an item in every part. */
export async function thatHold(
  proofs: readonly EarlierProof[],
  { id, itemBytes, salt }: { id: string; itemBytes: Bytes; salt: Bytes },
): Promise<EarlierProof[]> {
  if (proofs.length === 0) return []
  const commitment = await commitmentOf(salt, itemBytes)
  const fits = await Promise.all(proofs.map((proof) => holdsFor(proof, { id, commitment })))
  return proofs.filter((_, at) => fits[at])
}

/** Whether a proof fits an item, of which `commitment` is the salted digest of its facts, in every part. */
export async function holdsFor(
  proof: EarlierProof,
  item: { id: string; commitment: Bytes },
): Promise<boolean> {
  const { identity, checkpoint } = proof
  const key = identity.keys.at(-1)?.publicKey
  const capture = readTlogProof(proof.capture)
  if (key === undefined || capture?.checkpoint !== checkpoint || !(await isUnbroken(identity))) return false
  const head = await openCheckpoint(checkpoint, fromHex(key))
  if (head?.origin !== identity.origin) return false
  const leaf = await hashLeaf(item.commitment)
  if (!(await isIncluded({ leaf, ...capture, size: head.size, root: head.root }))) return false
  return areInLog(proof, item.id, head)
}

async function areInLog(
  { identity, lines }: EarlierProof,
  itemId: string,
  { size, root }: { size: number; root: Bytes },
): Promise<boolean> {
  let before = -1
  for (const { entry, salt, index, proof } of lines) {
    const isOwn = entry.item === null ? entry.kind === 'key' : entry.item === itemId
    if (!isOwn || index <= before) return false
    before = index
    const leaf = await hashLeaf(await commitmentOf(fromHex(salt), entryBytes(entry)))
    if (!(await isIncluded({ leaf, index, size, proof: proof.map(fromHex), root }))) return false
  }
  const keys = lines.flatMap(({ entry }) => keyIn(entry) ?? [])
  return JSON.stringify(keys) === JSON.stringify(identity.keys)
}

/** Of several proofs of one item, the one of each log that says the most; none of the log `own`. */
export function latestOfEach(proofs: readonly EarlierProof[], own: string | null): EarlierProof[] {
  const latest = new Map<string, EarlierProof>()
  for (const proof of proofs) {
    const { origin } = proof.identity
    const known = latest.get(origin)
    if (origin !== own && (!known || sizeOfEarlier(known) < sizeOfEarlier(proof))) latest.set(origin, proof)
  }
  return [...latest.values()]
}

type File = { name: string; bytes: Bytes }
const folders = /^(proof|data\/earlier\/[1-9]\d{0,2})\/identity\.json$/

/** What the proof files of a bundle prove of one item of it: of its own log, and of earlier ones that came with it. */
export function earlierIn(files: readonly File[], itemId: string): EarlierProof[] {
  const texts = new Map(files.map(({ name, bytes }) => [name, bytes]))
  const bases = files.flatMap(({ name }) => folders.exec(name)?.[1] ?? [])
  return bases.flatMap((base) => readOne((name) => textIn(texts.get(`${base}/${name}`)), itemId) ?? [])
}

function readOne(read: (name: string) => string | null, itemId: string): EarlierProof | null {
  const [identity, checkpoint] = [read('identity.json'), read('checkpoint')]
  const [capture, custody] = [read(`items/${itemId}.tlog-proof`), read('custody.jsonl')]
  if (identity === null || checkpoint === null || capture === null || custody === null) return null
  try {
    const lines = custody
      .split('\n')
      .slice(0, -1)
      .map((line) => ExcerptLine.parse(JSON.parse(line)))
      .filter(({ entry }) => entry.item === itemId || entry.kind === 'key')
    return EarlierProof.parse({ identity: JSON.parse(identity), checkpoint, capture, lines })
  } catch {
    // Not as the format has it: such a bundle was brought in all the same, and proves nothing here.
    return null
  }
}

function textIn(bytes: Bytes | undefined): string | null {
  try {
    return bytes === undefined ? null : fromUtf8(bytes)
  } catch {
    return null
  }
}
