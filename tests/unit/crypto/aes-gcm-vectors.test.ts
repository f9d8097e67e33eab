import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import { concatBytes, fromHex, fromUtf8, randomBytes, toHex, toUtf8 } from '../../../utils/crypto/bytes'
import { deriveKey, importKey, openBox } from '../../../utils/crypto/wrap'
import { source, tests } from './wycheproof-aes-gcm.json'

/** The additional data as the text of a context; null when it is none, for contexts are texts. */
function contextOf(aad: string): string | null {
  try {
    const context = fromUtf8(fromHex(aad))
    return toHex(toUtf8(context)) === aad ? context : null
  } catch {
    return null
  }
}

describe('AES-256-GCM', () => {
  it('is tried on vectors of both kinds', () => {
    expect(source).toContain('Wycheproof')
    expect(tests.filter(({ result }) => result === 'valid').length).toBeGreaterThan(30)
    expect(tests.filter(({ result }) => result === 'invalid').length).toBeGreaterThan(25)
    expect(tests.filter(({ aad }) => contextOf(aad) !== null).length).toBeGreaterThan(40)
  })

  it.each(tests.map((test) => [test.tcId, test] as const))('does right by test %i', async (_, test) => {
    const key = await importKey(fromHex(test.key))
    const sealed = concatBytes(fromHex(test.ct), fromHex(test.tag))
    const params = { name: 'AES-GCM', iv: fromHex(test.iv), additionalData: fromHex(test.aad) }
    const opened = crypto.subtle.decrypt(params, key, sealed)
    if (test.result === 'valid') {
      expect(toHex(new Uint8Array(await opened))).toBe(test.msg)
      expect(toHex(new Uint8Array(await crypto.subtle.encrypt(params, key, fromHex(test.msg))))).toBe(
        toHex(sealed),
      )
    } else await expect(opened).rejects.toThrow()
    const context = contextOf(test.aad)
    if (context === null) return
    const box = await openBox(key, context, concatBytes(fromHex(test.iv), sealed))
    expect(box && toHex(box)).toBe(test.result === 'valid' ? test.msg : null)
  })
})

describe('HKDF-SHA-256', () => {
  // RFC 5869, appendix A: test cases 1 to 3.
  const sequence = (from: number, to: number) =>
    Uint8Array.from({ length: to - from }, (_, index) => from + index)
  it.each([
    {
      secret: fromHex('0b'.repeat(22)),
      salt: sequence(0, 13),
      info: sequence(0xf0, 0xfa),
      key: '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    },
    {
      secret: sequence(0, 80),
      salt: sequence(0x60, 0xb0),
      info: sequence(0xb0, 0x100),
      key:
        'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09' +
        'da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
    },
    {
      secret: fromHex('0b'.repeat(22)),
      salt: new Uint8Array(0),
      info: new Uint8Array(0),
      key: '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
    },
  ])('gives the key of test case %#', async ({ secret, salt, info, key }) => {
    const imported = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
    const params = { name: 'HKDF', hash: 'SHA-256', salt, info }
    const bits = await crypto.subtle.deriveBits(params, imported, key.length * 4)
    expect(toHex(new Uint8Array(bits))).toBe(key)
    expect(toHex(hkdf(sha256, secret, salt, info, key.length / 2))).toBe(key)
  })

  it('agrees with a second implementation for keys as the locker derives them', async () => {
    for (const info of ['', 'lkr/v1/kek', 'ما لا يُفتح إلا هنا']) {
      const [secret, salt] = [randomBytes(32), randomBytes(32)]
      const key = await deriveKey({ secret, salt, info })
      expect(toHex(key)).toBe(toHex(hkdf(sha256, secret, salt, toUtf8(info), 32)))
    }
  })
})
