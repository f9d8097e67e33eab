import * as z from 'zod'

// Zod otherwise probes `new Function`, which the extension's content security policy refuses and reports.
z.config({ jitless: true })

/** A sentence, a name, an address: bounded, because everything from a page is hostile until parsed. */
export const shortText = z.string().max(2_000)
/** The words of a post. The longest X article is under 100,000 characters. */
export const longText = z.string().max(200_000)
/** An absolute `http` or `https` address. Never `javascript:`, `data:` or `file:`. */
export const webAddress = z
  .string()
  .max(8_000)
  .regex(/^https?:\/\/[^\s]+$/)
/** A moment in UTC, as `Date.prototype.toISOString` writes it. */
export const utcTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
/** SHA-256 as 64 lower-case hexadecimal digits. */
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
/** A random 128-bit id as 32 lower-case hexadecimal digits. */
export const randomId = z.string().regex(/^[0-9a-f]{32}$/)

export { z }
