import { type Bytes, toHex } from './bytes'
import { sha256Bytes } from './digest'
import { readWords } from './words/read-words'

const wordCount = 8
const usedBytes = 16

/**
 * Eight words of the EFF large list that stand for these bytes, to be read out and compared: 103 bits of their
 * SHA-256. Its first 16 bytes are a big-endian number, whose remainder by 7,776 is the first word's place in the
 * list (from 0), the remainder of the quotient the second's, and so on.
 */
export async function fingerprintWords(bytes: Bytes): Promise<string> {
  const words = readWords()
  const base = BigInt(words.length)
  const digest = await sha256Bytes(bytes)
  let rest = BigInt(`0x${toHex(digest.subarray(0, usedBytes))}`)
  const chosen: string[] = []
  for (let i = 0; i < wordCount; i++) {
    chosen.push(words[Number(rest % base)] ?? '')
    rest /= base
  }
  return chosen.join(' ')
}

/** Sixteen hexadecimal digits in groups of four that stand for these bytes: 64 bits of their SHA-256. */
export async function shortFingerprint(bytes: Bytes): Promise<string> {
  const digits = toHex((await sha256Bytes(bytes)).subarray(0, 8))
  return (digits.match(/.{4}/g) ?? []).join(' ')
}
