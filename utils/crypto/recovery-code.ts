import { type Bytes, randomBytes } from './bytes'

/*
 * A recovery code: 160 random bits in eight groups of five signs, four that carry 20 bits and one that checks them.
 * The signs are Crockford's base 32, so that no two look alike on paper. The check sign is a sum over GF(32) with
 * another weight for each place and another start for each group: it changes with any one sign, with any two that
 * change places and with groups that do, so that whoever types the code is told which group to look at again.
 */

const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const groupCount = 8
const groupLength = 5
const secretLength = 20

/** A fresh code as it is shown and printed, `XXXXX-XXXXX-…`, in capital letters and digits. */
export function generateRecoveryCode(): string {
  const secret = randomBytes(secretLength)
  const code = writeRecoveryCode(secret)
  secret.fill(0)
  return code
}

/** The code of 20 bytes. Throws a `RangeError` on any other number of them. */
export function writeRecoveryCode(secret: Bytes): string {
  if (secret.length !== secretLength) throw new RangeError('Not 160 bits')
  const values = toValues(secret)
  return Array.from({ length: groupCount }, (_, group) => {
    const data = values.slice(group * 4, group * 4 + 4)
    return [...data, checkOf(data, group)].map((value) => signs[value]).join('')
  }).join('-')
}

/** What was typed: the 160 bits, or the first group that cannot be right. */
export type ReadCode = { kind: 'code'; secret: Bytes } | { kind: 'typo'; group: number }

/**
 * Reads a code as people type it: in any case, with any spaces and hyphens, with I or L for 1 and O for 0.
 * `group` is counted from 1; groups that are missing or too many count as wrong. Zero `secret` after use.
 */
export function readRecoveryCode(text: string): ReadCode {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]+/gu, '')
  const typed = [...plain.replaceAll(/[IL]/g, '1').replaceAll('O', '0')]
  const values: number[] = []
  for (let group = 0; group < groupCount; group++) {
    const read = typed
      .slice(group * groupLength, (group + 1) * groupLength)
      .map((sign) => signs.indexOf(sign))
    const [data, check] = [read.slice(0, 4), read[4]]
    const isRight = read.length === groupLength && !read.includes(-1) && check === checkOf(data, group)
    if (!isRight) return { kind: 'typo', group: group + 1 }
    values.push(...data)
  }
  if (typed.length !== groupCount * groupLength) return { kind: 'typo', group: groupCount }
  return { kind: 'code', secret: fromValues(values) }
}

function checkOf(data: readonly number[], group: number): number {
  return data.reduce((sum, value, place) => sum ^ multiply(power(place + 1), value), power(group))
}

/** The product in GF(32) with x^5 + x^2 + 1. */
function multiply(one: number, other: number): number {
  let product = 0
  for (let bit = 4; bit >= 0; bit--) {
    product <<= 1
    if (product & 0b100000) product ^= 0b100101
    if ((one >> bit) & 1) product ^= other
  }
  return product
}

function power(exponent: number): number {
  let value = 1
  for (let step = 0; step < exponent; step++) value = multiply(value, 2)
  return value
}

/** Five bits at a time, the highest first. */
function toValues(bytes: Bytes): number[] {
  return Array.from({ length: (bytes.length * 8) / 5 }, (_, index) => {
    const bit = index * 5
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0)
    return (pair >> (11 - (bit & 7))) & 31
  })
}

function fromValues(values: readonly number[]): Bytes {
  const bytes = new Uint8Array((values.length * 5) / 8)
  for (const [index, value] of values.entries()) {
    for (let bit = 0; bit < 5; bit++) {
      const at = index * 5 + bit
      if ((value >> (4 - bit)) & 1) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (0x80 >> (at & 7))
    }
  }
  return bytes
}
