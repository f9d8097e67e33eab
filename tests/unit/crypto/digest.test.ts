import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toUtf8 } from '../../../utils/crypto/bytes'
import { sha256, startSha256 } from '../../../utils/crypto/digest'

it('gives the digest of FIPS 180-2, appendix B.1', async () => {
  expect(await sha256(toUtf8('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

it('gives the same digest however a stream is cut', async () => {
  const piece = fc.uint8Array({ maxLength: 200 })
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
      const running = await startSha256()
      for (const bytes of pieces) running.update(bytes)
      expect(running.finish()).toBe(createHash('sha256').update(Buffer.concat(pieces)).digest('hex'))
    }),
  )
})

it('keeps two streams apart', async () => {
  const [one, other] = [await startSha256(), await startSha256()]
  one.update(toUtf8('a'))
  other.update(toUtf8('x'))
  one.update(toUtf8('bc'))
  expect(one.finish()).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(other.finish()).toBe(await sha256(toUtf8('x')))
})
