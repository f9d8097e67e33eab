import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bytes, fromHex, toHex, toUtf8 } from '../../../utils/crypto/bytes'
import { growTree, hashLeaf, isConsistent, isIncluded } from '../../../utils/custody/merkle'

// The vectors of Certificate Transparency's own tests (google/certificate-transparency, merkle_tree_test).
const leafData = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const inclusion = [
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
] as const
const consistency = [
  [
    2,
    8,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
] as const

const most = 200

function leavesOf(count: number): Promise<Bytes[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => hashLeaf(toUtf8(`leaf ${index}`))))
}

function turn(bytes: Bytes, bit: number): Bytes {
  const turned = bytes.slice()
  const at = bit % (turned.length * 8)
  turned[at >> 3] = (turned[at >> 3] ?? 0) ^ (1 << (at & 7))
  return turned
}

describe('the published vectors', () => {
  it('give these roots', async () => {
    const leaves = await Promise.all(leafData.map((data) => hashLeaf(fromHex(data))))
    for (const [size, root] of roots.entries()) {
      expect(toHex((await growTree(leaves.slice(0, size))).root)).toBe(root)
      expect(toHex((await growTree(leaves)).rootAt(size))).toBe(root)
    }
  })

  it('give these proofs', async () => {
    const leaves = await Promise.all(leafData.map((data) => hashLeaf(fromHex(data))))
    const tree = await growTree(leaves)
    for (const [index, size, proof] of inclusion) {
      expect(size).toBe(tree.size)
      expect(tree.proveInclusion(index).map(toHex)).toEqual(proof)
    }
    for (const [first, , proof] of consistency) expect(tree.proveConsistency(first).map(toHex)).toEqual(proof)
  })
})

describe('inclusion', () => {
  it('is proved for every leaf of every tree up to 200, by a proof no longer than needed', async () => {
    const all = await leavesOf(most)
    for (let size = 1; size <= most; size++) {
      const tree = await growTree(all.slice(0, size))
      for (let index = 0; index < size; index++) {
        const proof = tree.proveInclusion(index)
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)))
        const claim = { leaf: all[index] ?? new Uint8Array(), index, size, proof, root: tree.root }
        if (!(await isIncluded(claim))) expect.fail(`${index} of ${size}`)
      }
    }
  }, 60_000)

  it('is refused for anything changed', async () => {
    const all = await leavesOf(most)
    const change = fc.constantFrom('leaf', 'root', 'proof', 'index', 'size', 'drop', 'add', 'swap' as const)
    const numbers = { size: fc.integer({ min: 1, max: most }), pick: fc.nat(), bit: fc.nat(10_000), change }
    await fc.assert(
      fc.asyncProperty(fc.record(numbers), async ({ size, pick, bit, change: how }) => {
        const index = pick % size
        const tree = await growTree(all.slice(0, size))
        const proof = tree.proveInclusion(index)
        const leaf = all[index] ?? new Uint8Array()
        const claim = { leaf, index, size, proof, root: tree.root }
        const other = pick % Math.max(1, proof.length)
        const swapped = [...proof.slice(1, 2), ...proof.slice(0, 1), ...proof.slice(2)]
        const changed = {
          leaf: { ...claim, leaf: turn(leaf, bit) },
          root: { ...claim, root: turn(tree.root, bit) },
          proof: { ...claim, proof: proof.map((hash, at) => (at === other ? turn(hash, bit) : hash)) },
          index: { ...claim, index: (index + 1 + (bit % Math.max(1, size - 1))) % size },
          size: { ...claim, size: 2 * size + 1 },
          drop: { ...claim, proof: proof.slice(1) },
          add: { ...claim, proof: [...proof, leaf] },
          swap: { ...claim, proof: swapped },
        }[how]
        const isOther = how === 'add' || (size > 1 && !(how === 'swap' && proof.length < 2))
        fc.pre(isOther || how === 'leaf' || how === 'root')
        fc.pre(how !== 'index' || changed.index !== index)
        expect(await isIncluded(changed)).toBe(false)
      }),
      { numRuns: 400 },
    )
  })

  it('is never proved of what is no leaf number, and refuses what is no hash', async () => {
    const leaves = await leavesOf(3)
    const tree = await growTree(leaves)
    expect(() => tree.proveInclusion(3)).toThrow(RangeError)
    expect(() => tree.proveInclusion(0.5)).toThrow(RangeError)
    const claim = {
      leaf: leaves[0] ?? new Uint8Array(),
      size: 3,
      proof: tree.proveInclusion(0),
      root: tree.root,
    }
    for (const index of [-1, 3, 0.5, Number.NaN, 2 ** 53])
      expect(await isIncluded({ ...claim, index })).toBe(false)
    expect(await isIncluded({ ...claim, index: 0, leaf: new Uint8Array(31) })).toBe(false)
    expect(await isIncluded({ ...claim, index: 0 })).toBe(true)
  })
})

describe('consistency', () => {
  it('is proved of every beginning of every tree up to 200', async () => {
    const all = await leavesOf(most)
    const whole = await growTree(all)
    for (let size = 0; size <= most; size++) {
      const tree = await growTree(all.slice(0, size))
      const second = { size, root: tree.root }
      for (let first = 0; first <= size; first++) {
        const proof = tree.proveConsistency(first)
        const claim = { first: { size: first, root: whole.rootAt(first) }, second, proof }
        if (!(await isConsistent(claim))) expect.fail(`${first} of ${size}`)
      }
    }
  }, 120_000)

  it('is refused of a log in which anything was written anew, left out or put between', async () => {
    const all = await leavesOf(most)
    const numbers = {
      second: fc.integer({ min: 2, max: most - 1 }),
      pick: fc.nat(),
      at: fc.nat(),
      bit: fc.nat(10_000),
    }
    const how = fc.constantFrom('change', 'remove', 'insert' as const)
    await fc.assert(
      fc.asyncProperty(fc.record({ ...numbers, how }), async ({ second, pick, at, bit, how: kind }) => {
        const first = 1 + (pick % second)
        const place = at % first
        const before = await growTree(all.slice(0, first))
        const spare = all[most - 1] ?? new Uint8Array()
        const list = all.slice(0, second)
        if (kind === 'change') list[place] = turn(list[place] ?? spare, bit)
        if (kind === 'remove') list.splice(place, 1)
        if (kind === 'insert') list.splice(place, 0, spare)
        const rewritten = await growTree(list)
        fc.pre(rewritten.size >= first)
        const proof = rewritten.proveConsistency(first)
        const claim = { first: { size: first, root: before.root }, proof }
        expect(await isConsistent({ ...claim, second: { size: rewritten.size, root: rewritten.root } })).toBe(
          false,
        )
      }),
      { numRuns: 300 },
    )
  })

  it('is refused for a proof with anything changed', async () => {
    const all = await leavesOf(70)
    const tree = await growTree(all)
    for (let first = 1; first < 70; first++) {
      const proof = tree.proveConsistency(first)
      const claim = {
        first: { size: first, root: tree.rootAt(first) },
        second: { size: 70, root: tree.root },
        proof,
      }
      expect(await isConsistent({ ...claim, proof: proof.slice(1) })).toBe(false)
      expect(await isConsistent({ ...claim, proof: [...proof, tree.root] })).toBe(false)
      for (const at of proof.keys()) {
        const changed = proof.map((hash, index) => (index === at ? turn(hash, first * 7) : hash))
        expect(await isConsistent({ ...claim, proof: changed })).toBe(false)
      }
    }
  })

  it('of a log with itself needs no proof, and takes none', async () => {
    const { root, size } = await growTree(await leavesOf(5))
    const same = { first: { size, root }, second: { size, root } }
    expect(await isConsistent({ ...same, proof: [] })).toBe(true)
    expect(await isConsistent({ ...same, proof: [root] })).toBe(false)
  })

  it('is refused for a log that is said to be longer than it is', async () => {
    const tree = await growTree(await leavesOf(20))
    for (let first = 1; first < 20; first++) {
      const claim = { first: { size: first, root: tree.rootAt(first) }, proof: tree.proveConsistency(first) }
      expect(await isConsistent({ ...claim, second: { size: 20, root: tree.root } })).toBe(true)
      for (const size of [84, 1_044])
        expect(await isConsistent({ ...claim, second: { size, root: tree.root } })).toBe(false)
    }
  })
})
