import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  concatBytes,
  equalBytes,
  fromBase64,
  fromHex,
  fromUtf8,
  randomBytes,
  randomIdHex,
  toBase64,
  toHex,
  toUtf8,
} from '../../../utils/crypto/bytes'

const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes))

describe('texts of bytes', () => {
  it('come back equal from hexadecimal and base64, as Node writes them', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'))
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
        expect(equalBytes(fromHex(toHex(bytes)), bytes)).toBe(true)
        expect(equalBytes(fromBase64(toBase64(bytes)), bytes)).toBe(true)
      }),
    )
  })

  it('take more than the arguments of one call', () => {
    const bytes = randomBytes(200_000)
    expect(equalBytes(fromBase64(toBase64(bytes)), bytes)).toBe(true)
  })

  it.each(['0', 'zz', '0x', ' 00'])('refuse %j as hexadecimal', (text) => {
    expect(() => fromHex(text)).toThrow()
  })

  it('come back equal from UTF-8, a byte order mark included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fromUtf8(toUtf8(`\ufeff${text}`))).toBe(`\ufeff${text}`)
      }),
    )
  })

  it('refuse what is not UTF-8', () => {
    expect(() => fromUtf8(Uint8Array.of(0xc3, 0x28))).toThrow(TypeError)
  })
})

describe('bytes', () => {
  it('stand one after another', () => {
    expect([...concatBytes(Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3))]).toEqual([1, 2, 3])
  })

  it('are equal only when every one is', () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, (one, other) => {
        expect(equalBytes(one, other)).toBe(Buffer.from(one).equals(Buffer.from(other)))
      }),
    )
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
  })

  it('are random over more than one call to the source', () => {
    const bytes = randomBytes(65_536 * 2 + 10)
    expect(bytes.subarray(65_536, 65_600).some((byte) => byte !== 0)).toBe(true)
    expect(bytes.subarray(-10).some((byte) => byte !== 0)).toBe(true)
    expect(randomIdHex()).toMatch(/^[0-9a-f]{32}$/)
    expect(randomIdHex()).not.toBe(randomIdHex())
  })
})
