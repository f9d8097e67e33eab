import { argon2id as argon2idOracle } from '@noble/hashes/argon2.js'
import { argon2id } from 'hash-wasm'
import { describe, expect, it } from 'vitest'
import { toHex, toUtf8 } from '../../../utils/crypto/bytes'
import { sha256 } from '../../../utils/crypto/digest'
import {
  costLimits,
  defaultCost,
  deriveSlotKey,
  generatePassphrase,
  passphraseBytes,
  strengthOf,
} from '../../../utils/crypto/passphrase'
import { readWords } from '../../../utils/crypto/words/read-words'

const salt = new Uint8Array(16).fill(7)

describe('word list', () => {
  it('is the EFF large list, word for word', async () => {
    const words = readWords()
    expect(words).toHaveLength(7_776)
    expect(new Set(words).size).toBe(7_776)
    const rolls = (index: number) =>
      [...index.toString(6).padStart(5, '0')].map((digit) => Number(digit) + 1).join('')
    const published = words.map((word, index) => `${rolls(index)}\t${word}\n`).join('')
    // The digest of eff_large_wordlist.txt as the EFF publishes it.
    expect(await sha256(toUtf8(published))).toBe(
      'addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e',
    )
  })
})

describe('generatePassphrase', () => {
  it('gives six listed words, another six each time', () => {
    const phrases = Array.from({ length: 300 }, generatePassphrase)
    const words = new Set(readWords())
    for (const phrase of phrases) {
      expect(phrase.split(' ')).toHaveLength(6)
      for (const word of phrase.split(' ')) expect(words.has(word)).toBe(true)
    }
    expect(new Set(phrases).size).toBe(300)
  })

  it('draws from the whole list evenly', () => {
    const words = readWords()
    const place = new Map(words.map((word, index) => [word, index]))
    const counts = new Array<number>(8).fill(0)
    for (let i = 0; i < 4_000; i++) {
      for (const word of generatePassphrase().split(' ')) {
        const eighth = Math.floor(((place.get(word) ?? 0) * 8) / words.length)
        counts[eighth] = (counts[eighth] ?? 0) + 1
      }
    }
    // 3,000 expected in each eighth; six standard deviations are 307.
    for (const count of counts) expect(Math.abs(count - 3_000)).toBeLessThan(310)
  })
})

describe('strengthOf', () => {
  it('counts 77.5 bits for six generated words', () => {
    expect(strengthOf('stubble wiring muck disparate yo-yo late')).toEqual({ bits: 77.5, isEnough: true })
  })

  it.each([
    'aaaaaaaaaaaaaaaaaaaa',
    'abcdefghijklmnopqrst',
    '1234567890123456',
    'password123456',
    'Passw0rd2024!',
    'qwertyuiop1234',
    'correct horse battery staple',
    'hunter2hunter2hunter2',
    'stubble stubble stubble stubble stubble stubble',
    'MyDogIsCalledRex2019',
    'short9!Kx',
  ])('refuses %s', (passphrase) => {
    expect(strengthOf(passphrase).isEnough).toBe(false)
  })

  it.each([
    'we feed the tired heron behind the mill',
    'نحن نكتب الحقيقة كل يوم',
    '9f8aB!k2Lx#qZ7',
    'stubble wiring muck disparate',
  ])('accepts %s', (passphrase) => {
    expect(strengthOf(passphrase).isEnough).toBe(true)
  })

  it('refuses eleven characters however random', () => {
    expect(strengthOf('9#Bk!2Lx#qZ').isEnough).toBe(false)
  })
})

describe('passphraseBytes', () => {
  it('gives the same for other forms of the same passphrase', () => {
    const bytes = toHex(passphraseBytes('caf\u00e9 \ufb01ve'))
    expect(toHex(passphraseBytes('  cafe\u0301\u00a0\t five\n'))).toBe(bytes)
  })

  it('tells upper case from lower case', () => {
    expect(toHex(passphraseBytes('Heron'))).not.toBe(toHex(passphraseBytes('heron')))
  })
})

describe('deriveSlotKey', () => {
  it('costs 128 MiB and three passes unless told otherwise', () => {
    expect(defaultCost).toEqual({ memoryKib: 131_072, passes: 3, lanes: 1 })
    expect(costLimits).toEqual({ leastMemoryKib: 65_536, mostMemoryKib: 1_048_576, mostPasses: 10 })
  })

  it.each([
    { memoryKib: 8, passes: 1, lanes: 1 },
    { memoryKib: 64, passes: 3, lanes: 1 },
    { memoryKib: 256, passes: 2, lanes: 4 },
  ])('agrees with a second implementation at %o', async (cost) => {
    const key = await deriveSlotKey('we feed the tired heron', { ...cost, salt })
    const oracle = argon2idOracle(toUtf8('we feed the tired heron'), salt, {
      m: cost.memoryKib,
      t: cost.passes,
      p: cost.lanes,
      dkLen: 32,
    })
    expect(toHex(key)).toBe(toHex(oracle))
  })

  it('rests on an Argon2id that gives the tag of RFC 9106 section 5.3', () => {
    // That vector has associated data, which hash-wasm does not take: the oracle of the test above stands it.
    const tag = argon2idOracle(new Uint8Array(32).fill(1), new Uint8Array(16).fill(2), {
      m: 32,
      t: 3,
      p: 4,
      key: new Uint8Array(8).fill(3),
      personalization: new Uint8Array(12).fill(4),
      dkLen: 32,
    })
    expect(toHex(tag)).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659')
  })

  it('gives the reference implementation’s key for its published example', async () => {
    // phc-winner-argon2, test.c: version 0x13, Argon2id, t=2, m=2^16, p=1.
    const key = await argon2id({
      password: 'password',
      salt: toUtf8('somesalt'),
      iterations: 2,
      memorySize: 65_536,
      parallelism: 1,
      hashLength: 32,
    })
    expect(key).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7')
  })
})
