import canonicalize from 'canonicalize'
import { type Bytes, toUtf8 } from './bytes'

/**
 * The value as canonical JSON (RFC 8785) in UTF-8: the same value always gives the same bytes. Throws on what
 * JSON cannot hold: nothing at all, NaN, infinities, circles, and text with a lone surrogate
 * (`String.prototype.toWellFormed` mends one).
 */
export function canonicalBytes(value: unknown): Bytes {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('This value has no JSON form')
  return toUtf8(text)
}
