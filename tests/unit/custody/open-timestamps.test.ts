import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes, fromHex, toUtf8 } from '../../../utils/crypto/bytes'
import { sha256Bytes } from '../../../utils/crypto/digest'
import { attestationsFrom, readOpenTimestamps, stampedDigest } from '../../../utils/custody/open-timestamps'

/** The example in the readme of the JavaScript client: one calendar's promise. */
const promise = fromHex(
  '004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e89294010805c4f616a8e5310d19d938cfd769864d7f4ccdc2ca8b479b10af83564b097af9f010e754bf93806a7ebaa680ef7bd0114bf408f010b573e8850cfd9e63d1f043fbb6fc250e08f10457cfa5c4f0086fb1ac8d4e4eb0e70083dfe30d2ef90c8e2e2d68747470733a2f2f616c6963652e6274632e63616c656e6461722e6f70656e74696d657374616d70732e6f7267',
)
/** Made with the reference library in Python over `a manifest\n`: a promise, and a fork with a block and a promise. */
const forked = fromHex(
  '004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e89294010862ee4f8aa61d15d01a79450143b68b20e67a57a45c627c6b4d8fd2a7bec33c1cfff010000102030405060708090a0b0c0d0e0f080083dfe30d2ef90c8e222168747470733a2f2f612e706f6f6c2e6f70656e74696d657374616d70732e6f7267f108070707070707070708ff000588960d73d7190103b3ed370083dfe30d2ef90c8e222168747470733a2f2f622e706f6f6c2e6f70656e74696d657374616d70732e6f7267',
)
const manifest = toUtf8('a manifest\n')

describe('a proof of OpenTimestamps', () => {
  it('is read as the clients read it', async () => {
    const digest = stampedDigest(promise)
    expect(digest && (await attestationsFrom(promise, digest))).toEqual([
      { kind: 'pending', calendar: 'https://alice.btc.calendar.opentimestamps.org' },
    ])
    // What comes before the digest here is eight times seven; the root is shown backwards.
    const root = await sha256Bytes(concatBytes(fromHex('0707070707070707'), await sha256Bytes(manifest)))
    expect(await readOpenTimestamps(forked, manifest)).toEqual([
      { kind: 'pending', calendar: 'https://a.pool.opentimestamps.org' },
      { kind: 'bitcoin', height: 915_123, merkleRoot: Buffer.from(root).reverse().toString('hex') },
      { kind: 'pending', calendar: 'https://b.pool.opentimestamps.org' },
    ])
  })

  it('says nothing of other bytes', async () => {
    expect(await readOpenTimestamps(forked, toUtf8('another manifest\n'))).toBeNull()
    expect(stampedDigest(toUtf8('no proof'))).toBeNull()
  })

  it('is refused when it is cut off, goes on, or has an operation that nobody knows', async () => {
    for (let length = 0; length < forked.length; length++)
      expect(await readOpenTimestamps(forked.slice(0, length), manifest)).toBeNull()
    expect(await readOpenTimestamps(concatBytes(forked, fromHex('00')), manifest)).toBeNull()
    const keccak = forked.slice()
    // After the head: a fork, and sixteen bytes to append.
    expect(keccak[65 + 3 + 16]).toBe(0x08)
    keccak[65 + 3 + 16] = 0x67
    expect(await readOpenTimestamps(keccak, manifest)).toBeNull()
  })

  it('leads to a block only from what can be a Merkle root', async () => {
    const block = fromHex('000588960d73d7190103b3ed37')
    const proof = concatBytes(forked.slice(0, 65), fromHex('f00107'), block)
    expect(await readOpenTimestamps(proof, manifest)).toBeNull()
    expect(
      await readOpenTimestamps(concatBytes(proof.slice(0, 68), fromHex('08'), block), manifest),
    ).toHaveLength(1)
  })

  it('never hangs and never throws, whatever comes after the digest', async () => {
    const head = forked.slice(0, 65)
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (rest) => {
        const found = await readOpenTimestamps(concatBytes(head, rest), manifest)
        expect(found === null || Array.isArray(found)).toBe(true)
      }),
    )
    const deep = concatBytes(head, new Uint8Array(90_000).fill(0xf3))
    expect(await readOpenTimestamps(deep, manifest)).toBeNull()
    const forks = concatBytes(head, new Uint8Array(90_000).fill(0xff))
    expect(await readOpenTimestamps(forks, manifest)).toBeNull()
  })
})
