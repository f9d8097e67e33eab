import { argon2id } from 'hash-wasm'
import { type Bytes, concatBytes, toUtf8 } from './bytes'
import { guessBits, plainForm } from './strength'
import { readWords } from './words/read-words'
import { keyLength } from './wrap'

/** What one derivation costs: memory in KiB, passes over it, lanes. */
export type PassphraseCost = { memoryKib: number; passes: number; lanes: number }

/** The cost with the random salt of one slot, 16 bytes. */
export type SlotParams = PassphraseCost & { salt: Bytes }

/**
 * 128 MiB and three passes, 0.6 s here: above both settings that RFC 9106 names for what it can afford in a
 * browser, for a locker is guessed at offline. WebAssembly has one thread, so more lanes would help only others.
 */
export const defaultCost: PassphraseCost = { memoryKib: 128 * 1_024, passes: 3, lanes: 1 }

/** Costs that a stored slot may ask for. Less would be weak, more would let a crafted slot hang the machine. */
export const costLimits = { leastMemoryKib: 64 * 1_024, mostMemoryKib: 1_024 * 1_024, mostPasses: 10 }

const wordCount = 6
const leastLength = 12
/** A year of ten thousand graphics cards at some 2,500 guesses a second each is about 2^50 guesses. */
const enoughBits = 50

/** Six words from the EFF large list, separated by spaces: 77.5 bits, from the browser's cryptographic source. */
export function generatePassphrase(): string {
  const words = readWords()
  return Array.from({ length: wordCount }, () => words[randomBelow(words.length)]).join(' ')
}

/**
 * The bytes of a passphrase. NFKC, so that another keyboard's form of a character gives the same; white space
 * at the ends is dropped and any run of it within is one space. Case and everything else count.
 */
export function passphraseBytes(passphrase: string): Bytes {
  return toUtf8(plainForm(passphrase))
}

/**
 * How hard a passphrase is to guess, as the base-2 logarithm of guesses (an estimate; limits at `guessBits`),
 * and whether it may guard a locker: at least 12 characters and 50 bits.
 */
export function strengthOf(passphrase: string): { bits: number; isEnough: boolean } {
  const plain = plainForm(passphrase)
  const bits = Math.round(guessBits(plain) * 10) / 10
  return { bits, isEnough: [...plain].length >= leastLength && bits >= enoughBits }
}

/**
 * The 32-byte key of a slot: Argon2id version 19 (RFC 9106). Takes its memory and its time where it is called.
 * Zero the result after use. Throws on costs that Argon2 does not know and
 * on an empty passphrase.
 */
export async function deriveSlotKey(passphrase: string, params: SlotParams): Promise<Bytes> {
  const password = passphraseBytes(passphrase)
  try {
    const key = await argon2id({
      password,
      salt: params.salt,
      memorySize: params.memoryKib,
      iterations: params.passes,
      parallelism: params.lanes,
      hashLength: keyLength,
      outputType: 'binary',
    })
    const owned = concatBytes(key)
    key.fill(0)
    return owned
  } finally {
    password.fill(0)
  }
}

/** A whole number below `limit` (at most 65,536), each equally likely: draws that would favour some are repeated. */
function randomBelow(limit: number): number {
  const fair = 65_536 - (65_536 % limit)
  const draw = new Uint16Array(1)
  for (;;) {
    const [value = fair] = crypto.getRandomValues(draw)
    if (value < fair) return value % limit
  }
}
