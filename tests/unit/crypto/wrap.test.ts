import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalBytes, fromHex, randomBytes, toHex } from '../../../utils/crypto/bytes'
import { boxOverhead, deriveKey, importKey, openBox, sealBox } from '../../../utils/crypto/wrap'

describe('sealBox', () => {
  it('is undone by openBox with the same key and context, and by nothing else', async () => {
    const [key, other] = await Promise.all([importKey(randomBytes(32)), importKey(randomBytes(32))])
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), fc.string(), async (source, context) => {
        const plaintext = Uint8Array.from(source)
        const box = await sealBox(key, context, plaintext)
        expect(box.length).toBe(plaintext.length + boxOverhead)
        expect(equalBytes((await openBox(key, context, box)) ?? randomBytes(1), plaintext)).toBe(true)
        expect(await openBox(other, context, box)).toBeNull()
        expect(await openBox(key, `${context}.`, box)).toBeNull()
        expect(await openBox(key, context, box.slice(0, -1))).toBeNull()
      }),
    )
  })

  it('refuses every flip of one bit', async () => {
    const key = await importKey(randomBytes(32))
    const box = await sealBox(key, 'here', randomBytes(40))
    for (let bit = 0; bit < box.length * 8; bit++) {
      const flipped = box.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(await openBox(key, 'here', flipped)).toBeNull()
    }
  })

  it('never gives the same bytes twice', async () => {
    const key = await importKey(randomBytes(32))
    const boxes = await Promise.all(Array.from({ length: 200 }, () => sealBox(key, 'c', new Uint8Array(4))))
    expect(new Set(boxes.map((box) => toHex(box.subarray(0, 12)))).size).toBe(200)
  })

  it('works with a key that cannot be read back', async () => {
    const key = await importKey(randomBytes(32))
    expect(key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  })
})

describe('deriveKey', () => {
  it('is HKDF-SHA-256: RFC 5869, test case 3, and one of its form with salt', async () => {
    const key = await deriveKey({ secret: fromHex('0b'.repeat(22)), salt: new Uint8Array(0), info: '' })
    expect(toHex(key)).toBe('8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d')
    const salted = { secret: randomBytes(32), salt: randomBytes(32), info: 'a' }
    expect(toHex(await deriveKey(salted))).not.toBe(toHex(await deriveKey({ ...salted, info: 'b' })))
    expect(toHex(await deriveKey(salted))).not.toBe(
      toHex(await deriveKey({ ...salted, salt: randomBytes(32) })),
    )
  })
})
