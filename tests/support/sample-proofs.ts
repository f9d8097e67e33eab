import { createHash } from 'node:crypto'
import { type Bytes, fromHex, toHex } from '../../utils/crypto/bytes'
import { canonicalBytes } from '../../utils/crypto/canonical-json'
import { openSigningKey, type SigningKey } from '../../utils/crypto/sign'
import { signCheckpoint } from '../../utils/custody/checkpoint'
import type { EarlierProof } from '../../utils/custody/earlier'
import {
  commitmentOf,
  type Entry,
  type ExcerptLine,
  entryBytes,
  type SaltedEntry,
} from '../../utils/custody/entry'
import { describeKey, keyIn, originOf } from '../../utils/custody/identity'
import { growTree, hashLeaf } from '../../utils/custody/merkle'
import type { BundleProofs } from '../../utils/custody/proofs'
import { writeTlogProof } from '../../utils/custody/tlog-proof'
import type { OpenedItem } from '../../utils/model/item'

// RFC 8032, section 7.1, test 1.
const pair = {
  seed: fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'),
  publicKey: fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'),
}
// The same section, test 2.
const otherPair = {
  seed: fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'),
  publicKey: fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'),
}
const at = '2024-05-15T09:00:00.000Z'

function digestOf(text: string): Bytes {
  return Uint8Array.from(createHash('sha256').update(text).digest())
}

/** An entry that is the same in every run. */
export function sampleEntry(entry: Omit<Entry, 'v' | 'at'>, opening: Bytes | null = null): SaltedEntry {
  const salt = toHex(digestOf(`salt ${JSON.stringify(entry)}`))
  return { entry: { v: 1, at, ...entry }, salt, opening: opening && toHex(opening) }
}

type Leaf = { commitment: Bytes; item?: string; custody?: SaltedEntry }

async function leafFor(custody: SaltedEntry): Promise<Leaf> {
  return { custody, commitment: await commitmentOf(fromHex(custody.salt), entryBytes(custody.entry)) }
}

async function leavesOf(opened: OpenedItem): Promise<Leaf[]> {
  const { item, itemBytes, salt, assessment } = opened
  const leaves = [
    { item: item.id, commitment: await commitmentOf(salt, itemBytes) },
    await leafFor(sampleEntry({ kind: 'ingested', item: item.id, detail: {} })),
  ]
  if (!assessment) return leaves
  const opening = digestOf(`opening ${item.id}`)
  const digest = toHex(await commitmentOf(opening, canonicalBytes(assessment)))
  const entry = sampleEntry({ kind: 'assessed', item: item.id, detail: { digest } }, opening)
  return [...leaves, await leafFor(entry)]
}

type LogOptions = {
  others?: readonly Bytes[]
  more?: readonly SaltedEntry[]
  pair?: typeof pair
  key?: SigningKey
  /** What the checkpoint calls the log, where that is not its name. */
  named?: string
}

async function growLog(items: readonly OpenedItem[], options: LogOptions) {
  const key = options.key ?? (await openSigningKey(options.pair ?? pair))
  const first = sampleEntry({ kind: 'key', item: null, detail: await describeKey(key.publicKey) })
  const others = (options.others ?? [digestOf('another item')]).map((commitment): Leaf => ({ commitment }))
  const leaves: Leaf[] = [
    await leafFor(first),
    ...others,
    ...(await Promise.all(items.map(leavesOf))).flat(),
    ...(await Promise.all((options.more ?? []).map(leafFor))),
  ]
  const tree = await growTree(await Promise.all(leaves.map(({ commitment }) => hashLeaf(commitment))))
  return { key, first, leaves, tree, origin: await originOf(key.publicKey) }
}

/** The proofs of these items in a log that holds other leaves, too; the same for the same input. */
export async function sampleProofs(
  items: readonly OpenedItem[],
  options: LogOptions = {},
): Promise<BundleProofs> {
  const { key, first, leaves, tree, origin } = await growLog(items, options)
  const named = options.named ?? origin
  const checkpoint = await signCheckpoint({ origin: named, size: tree.size, root: tree.root }, key)
  const captures = new Map<string, string>()
  const excerpt: ExcerptLine[] = []
  for (const [index, { item, custody }] of leaves.entries()) {
    const proof = tree.proveInclusion(index)
    if (item) captures.set(item, writeTlogProof({ index, proof, checkpoint }))
    if (custody) excerpt.push({ ...custody, index, proof: proof.map(toHex) })
  }
  const known = keyIn(first.entry)
  if (!known) throw new Error('No key')
  return { identity: { version: 1, origin, keys: [known] }, checkpoint, key, captures, excerpt, anchors: [] }
}

/** A head that the log of `sampleProofs`, or with `isEarlier` of `sampleEarlier`, had at this size, signed then. */
export async function sampleHead(
  items: readonly OpenedItem[],
  { size, isEarlier }: { size: number; isEarlier: boolean },
): Promise<{ checkpoint: string; consistency: Bytes[] }> {
  const { key, tree, origin } = await growLog(items, isEarlier ? { pair: otherPair } : {})
  const checkpoint = await signCheckpoint({ origin, size, root: tree.rootAt(size) }, key)
  return { checkpoint, consistency: tree.proveConsistency(size) }
}

/** What the log of another locker proves of these items, by id. */
export async function sampleEarlier(
  items: readonly OpenedItem[],
  options: LogOptions = {},
): Promise<Map<string, EarlierProof[]>> {
  const { identity, checkpoint, captures, excerpt } = await sampleProofs(items, {
    pair: otherPair,
    ...options,
  })
  return new Map(
    items.map(({ item: { id } }) => {
      const lines = excerpt.filter(({ entry }) => entry.item === id || entry.kind === 'key')
      return [id, [{ identity, checkpoint, capture: captures.get(id) ?? '', lines }]]
    }),
  )
}
