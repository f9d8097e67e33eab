import { equalBytes, fromUtf8 } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { problemError } from '../model/problem-error'
import type { Reason } from './verification'

type Bytes = Uint8Array<ArrayBuffer>

/** The largest JSON file of a bundle, its depth, and its signs `{ [ , :` outside texts. */
export const jsonLimits = { bytes: 8 * 1024 * 1024, depth: 16, signs: 300_000 } as const

const signs = { quote: 0x22, backslash: 0x5c, comma: 0x2c, colon: 0x3a } as const
const opens = new Set([0x7b, 0x5b])
const closes = new Set([0x7d, 0x5d])

/**
 * Whether parsing these bytes stays small: a few megabytes of `[[[[…` or `{},{},…` would otherwise become
 * hundreds of megabytes of objects.
 */
function isModest(bytes: Uint8Array): boolean {
  let depth = 0
  let count = 0
  let isInText = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (isInText) {
      if (byte === signs.backslash) i++
      else if (byte === signs.quote) isInText = false
      continue
    }
    if (byte === signs.quote) isInText = true
    else if (opens.has(byte)) depth++
    else if (closes.has(byte)) depth--
    if (byte === signs.comma || byte === signs.colon || opens.has(byte)) count++
    if (depth > jsonLimits.depth || count > jsonLimits.signs) return false
  }
  return true
}

export type JsonResult = { ok: true; value: unknown } | { ok: false; reason: Reason }

/** Whether every number is a whole one that any program reads alike. The depth has been checked before. */
function hasWholeNumbers(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.values(value).every(hasWholeNumbers)
}

function isCanonical(value: unknown, bytes: Bytes): boolean {
  try {
    return equalBytes(canonicalBytes(value), bytes)
  } catch {
    return false
  }
}

/**
 * The value of a JSON file that must be canonical (RFC 8785): small, shallow, valid UTF-8, whole numbers only,
 * and exactly the bytes that its value has in canonical form, so no key twice, no space, no other order. Never
 * throws.
 */
export function readCanonicalJson(bytes: Bytes): JsonResult {
  if (bytes.length > jsonLimits.bytes) return { ok: false, reason: 'file-too-large' }
  if (!isModest(bytes)) return { ok: false, reason: 'json-too-deep' }
  let value: unknown
  try {
    value = JSON.parse(fromUtf8(bytes))
  } catch {
    return { ok: false, reason: 'json-broken' }
  }
  return hasWholeNumbers(value) && isCanonical(value, bytes)
    ? { ok: true, value }
    : { ok: false, reason: 'not-canonical' }
}

/** Half of a surrogate pair, which a person can paste but UTF-8 cannot hold, becomes U+FFFD. */
function mend(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(mend)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key.toWellFormed(), mend(inside)]))
}

/**
 * The bytes of a JSON file of the bundle. Throws `bundle-too-large` where they would pass `jsonLimits`, and an
 * error on what the verifier could not read again, such as a fraction.
 */
export function writeCanonicalJson(value: unknown): Bytes {
  const bytes = canonicalBytes(mend(value))
  const again = readCanonicalJson(bytes)
  if (again.ok) return bytes
  if (again.reason === 'file-too-large') throw problemError('bundle-too-large')
  throw new TypeError(`not a value for a bundle: ${again.reason}`)
}
