import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../../../utils/crypto/bytes'
import {
  generateRecoveryCode,
  readRecoveryCode,
  writeRecoveryCode,
} from '../../../utils/crypto/recovery-code'

const anySecret = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => Uint8Array.from(bytes))

function read(text: string): string {
  const code = readRecoveryCode(text)
  return code.kind === 'code' ? toHex(code.secret) : `group ${code.group}`
}

describe('a recovery code', () => {
  it('has eight groups of five signs that cannot be mistaken for each other, and 160 bits of its own', () => {
    const codes = new Set(Array.from({ length: 50 }, () => generateRecoveryCode()))
    expect(codes.size).toBe(50)
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}(-|$)){8}$/)
  })

  it('stands as written down once and for all', () => {
    const code = writeRecoveryCode(fromHex('000102030405060708090a0b0c0d0e0f10111213'))
    expect(code).toBe('000GC-40R4Y-0M306-E209R-185GQ-R38ED-1W81D-24GKC')
    expect(read(code)).toBe('000102030405060708090a0b0c0d0e0f10111213')
    expect(() => writeRecoveryCode(new Uint8Array(19))).toThrow(RangeError)
  })

  it('comes back however people type it', () => {
    fc.assert(
      fc.property(anySecret, (secret) => {
        const code = writeRecoveryCode(secret)
        expect(read(code)).toBe(toHex(secret))
        const loose = ` ${code.toLowerCase().replaceAll('-', ' – ')}\n`
        expect(read(loose)).toBe(toHex(secret))
        expect(read(code.replaceAll('1', 'l').replaceAll('0', 'O'))).toBe(toHex(secret))
        expect(read(code.replaceAll('1', 'i').replaceAll('-', ''))).toBe(toHex(secret))
      }),
    )
  })

  it('tells the group of any one sign that is wrong, or of two beside each other that changed places', () => {
    const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    fc.assert(
      fc.property(anySecret, fc.nat({ max: 39 }), fc.constantFrom(...signs, 'U', '?'), (secret, at, sign) => {
        const code = writeRecoveryCode(secret).replaceAll('-', '')
        const group = `group ${Math.floor(at / 5) + 1}`
        if (code[at] !== sign) expect(read(code.slice(0, at) + sign + code.slice(at + 1))).toBe(group)
        const isLastOfGroup = at % 5 === 4
        const [one = '', other = ''] = [code[at], code[at + 1]]
        if (!isLastOfGroup && one !== other)
          expect(read(code.slice(0, at) + other + one + code.slice(at + 2))).toBe(group)
      }),
      { numRuns: 1_000 },
    )
  })

  it('tells groups that changed places, are missing or too many', () => {
    const groups = writeRecoveryCode(fromHex('00'.repeat(20))).split('-')
    for (let one = 0; one < 8; one++) {
      for (let other = one + 1; other < 8; other++) {
        const turned = groups.with(one, groups[other] ?? '').with(other, groups[one] ?? '')
        expect(read(turned.join('-'))).toBe(`group ${one + 1}`)
      }
    }
    expect(read('')).toBe('group 1')
    expect(read(groups.slice(0, 7).join('-'))).toBe('group 8')
    expect(read([...groups, '00000'].join('-'))).toBe('group 8')
  })
})
