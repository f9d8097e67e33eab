import { createSHA256 } from 'hash-wasm'
import { type Bytes, concatBytes, equalBytes } from '../crypto/bytes'
import { sha256Bytes } from '../crypto/digest'

/*
 * The Merkle tree of RFC 6962 section 2.1 (the same in RFC 9162 section 2.1) over SHA-256. A leaf is hashed with a
 * zero byte before it, a node with a one: so no leaf can be passed off as a node.
 */

/** Length of every hash here. */
export const hashLength = 32

const leafMark = Uint8Array.of(0)
const nodeMark = Uint8Array.of(1)

let hasher: ReturnType<typeof createSHA256> | undefined

/** Joins two hashes, without waiting: a tree has as many joints as leaves. */
async function startJoining(): Promise<(left: Bytes, right: Bytes) => Bytes> {
  hasher ??= createSHA256()
  const running = await hasher
  return (left, right) =>
    Uint8Array.from(running.init().update(nodeMark).update(left).update(right).digest('binary'))
}

/** The hash of a leaf with this data. */
export function hashLeaf(data: Bytes): Promise<Bytes> {
  return sha256Bytes(concatBytes(leafMark, data))
}

/** A tree over hashed leaves, with the proofs that can be given of it. */
export type MerkleTree = {
  size: number
  root: Bytes
  /** The hashes from the leaf's sibling up to the root's child. Throws a `RangeError` for no leaf of the tree. */
  proveInclusion(index: number): Bytes[]
  /** That the tree of the first `size` leaves is a beginning of this one. Throws a `RangeError` for no such tree. */
  proveConsistency(size: number): Bytes[]
  /** The root of the first `size` leaves. Throws a `RangeError` when there are fewer. */
  rootAt(size: number): Bytes
}

/** The tree over these leaf hashes (`hashLeaf`), in this order. Each node is hashed once. */
export async function growTree(leaves: readonly Bytes[]): Promise<MerkleTree> {
  const join = await startJoining()
  const empty = await sha256Bytes(new Uint8Array())
  /** `full[k][j]`: the node over leaves j·2^k up to (j+1)·2^k. */
  const full: Bytes[][] = [[...leaves]]
  for (let below = full[0] ?? []; below.length > 1; ) {
    const level: Bytes[] = []
    for (let j = 0; j + 1 < below.length; j += 2) level.push(join(at(below, j), at(below, j + 1)))
    full.push(level)
    below = level
  }
  const hashOf = (start: number, end: number): Bytes => {
    const count = end - start
    if (count === 0) return empty
    const level = Math.log2(count)
    const known = Number.isInteger(level) && start % count === 0 ? full[level]?.[start / count] : undefined
    if (known) return known
    const middle = start + splitOf(count)
    return join(hashOf(start, middle), hashOf(middle, end))
  }
  const size = leaves.length
  const expectWithin = (value: number, least: number, most: number) => {
    if (!Number.isInteger(value) || value < least || value > most) throw new RangeError('Not in the tree')
  }
  return {
    size,
    root: hashOf(0, size),
    proveInclusion(index) {
      expectWithin(index, 0, size - 1)
      return pathTo(index, { start: 0, end: size, hashOf })
    },
    proveConsistency(first) {
      expectWithin(first, 0, size)
      return first === 0 || first === size ? [] : pathOf(first, { start: 0, end: size, hashOf })
    },
    rootAt(first) {
      expectWithin(first, 0, size)
      return hashOf(0, first)
    },
  }
}

type Span = { start: number; end: number; hashOf: (start: number, end: number) => Bytes }

/** PATH of RFC 6962 section 2.1.1. */
function pathTo(index: number, { start, end, hashOf }: Span): Bytes[] {
  if (end - start === 1) return []
  const middle = start + splitOf(end - start)
  return index < middle
    ? [...pathTo(index, { start, end: middle, hashOf }), hashOf(middle, end)]
    : [...pathTo(index, { start: middle, end, hashOf }), hashOf(start, middle)]
}

/** SUBPROOF of RFC 6962 section 2.1.2; a part that begins the tree is known to whoever checks. */
function pathOf(first: number, { start, end, hashOf }: Span): Bytes[] {
  if (first === end) return start === 0 ? [] : [hashOf(start, end)]
  const middle = start + splitOf(end - start)
  return first <= middle
    ? [...pathOf(first, { start, end: middle, hashOf }), hashOf(middle, end)]
    : [...pathOf(first, { start: middle, end, hashOf }), hashOf(start, middle)]
}

/** The largest power of two below `count`, which is at least 2. */
function splitOf(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}

function at(hashes: readonly Bytes[], index: number): Bytes {
  const hash = hashes[index]
  if (hash?.length !== hashLength) throw new RangeError('Not a hash')
  return hash
}

const isOdd = (value: number): boolean => value % 2 === 1
const half = (value: number): number => Math.floor(value / 2)
const areHashes = (hashes: readonly Bytes[]): boolean => hashes.every((hash) => hash.length === hashLength)

/** Whether `leaf` (a `hashLeaf`) is number `index` in the tree of this size and root: RFC 9162 section 2.1.3.2. */
export async function isIncluded(claim: {
  leaf: Bytes
  index: number
  size: number
  proof: readonly Bytes[]
  root: Bytes
}): Promise<boolean> {
  const { leaf, index, size, proof, root } = claim
  const isInTree = Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size
  if (!isInTree || !areHashes([leaf, root, ...proof])) return false
  const join = await startJoining()
  let [node, last, hash] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      hash = join(sibling, hash)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else hash = join(hash, sibling)
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && equalBytes(hash, root)
}

/** Whether one tree is a beginning of the other: RFC 9162 section 2.1.4.2. The empty tree begins every other. */
export async function isConsistent(claim: {
  first: { size: number; root: Bytes }
  second: { size: number; root: Bytes }
  proof: readonly Bytes[]
}): Promise<boolean> {
  const { first, second, proof } = claim
  const areSizes = Number.isSafeInteger(first.size) && Number.isSafeInteger(second.size) && first.size >= 0
  if (!areSizes || first.size > second.size || !areHashes([first.root, second.root, ...proof])) return false
  if (first.size === second.size) return proof.length === 0 && equalBytes(first.root, second.root)
  if (first.size === 0)
    return proof.length === 0 && equalBytes(first.root, await sha256Bytes(new Uint8Array()))
  return followConsistency(first, second, proof)
}

type Head = { size: number; root: Bytes }

async function followConsistency(first: Head, second: Head, proof: readonly Bytes[]): Promise<boolean> {
  const isPower = Number.isInteger(Math.log2(first.size)) && 2 ** Math.log2(first.size) === first.size
  const [begin, ...rest] = isPower ? [first.root, ...proof] : proof
  if (begin === undefined) return false
  const join = await startJoining()
  let [node, last] = [first.size - 1, second.size - 1]
  while (isOdd(node)) [node, last] = [half(node), half(last)]
  let [before, after] = [begin, begin]
  for (const sibling of rest) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      before = join(sibling, before)
      after = join(sibling, after)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else after = join(after, sibling)
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && equalBytes(before, first.root) && equalBytes(after, second.root)
}
