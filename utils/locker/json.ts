import { type Bytes, fromUtf8 } from '../crypto/bytes'
import type { z } from '../model/schema'

/** The value of JSON in UTF-8 that fits the schema; null when it does not fit, or is none. */
export function readJson<T>(bytes: Bytes, schema: z.ZodType<T>): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(fromUtf8(bytes)))
    return parsed.success ? parsed.data : null
  } catch {
    // Neither UTF-8 nor JSON: written by something else.
    return null
  }
}
