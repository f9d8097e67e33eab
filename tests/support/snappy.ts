/** Reads a little-endian base-128 number at `at`. Null when it runs past the end or over 32 bits. */
export function readVarint(bytes: Uint8Array, at: number): { value: number; next: number } | null {
  let value = 0
  for (let shift = 0, next = at; shift < 35; shift += 7) {
    const byte = bytes[next]
    if (byte === undefined) return null
    next += 1
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return { value, next }
  }
  return null
}

function readLittle(bytes: Uint8Array, at: number, length: number): number {
  let value = 0
  for (let index = length - 1; index >= 0; index--) value = value * 256 + (bytes[at + index] ?? 0)
  return value
}

/** Length of a literal and where it begins; longer ones have their length in the bytes after the tag. */
function readLiteral(bytes: Uint8Array, at: number, tag: number): { length: number; from: number } {
  const short = tag >> 2
  const extra = Math.max(0, short - 59)
  const length = (extra === 0 ? short : readLittle(bytes, at + 1, extra)) + 1
  return { length, from: at + 1 + extra }
}

/** Length and distance of a copy, and where the next element begins, for the three kinds of copies. */
function readCopy(
  bytes: Uint8Array,
  at: number,
  tag: number,
): { length: number; back: number; next: number } {
  const kind = tag & 3
  if (kind === 1) {
    const back = ((tag >> 5) << 8) | (bytes[at + 1] ?? 0)
    return { length: ((tag >> 2) & 7) + 4, back, next: at + 2 }
  }
  const width = kind === 2 ? 2 : 4
  return { length: (tag >> 2) + 1, back: readLittle(bytes, at + 1, width), next: at + 1 + width }
}

const mostBytes = 64 * 1024 * 1024

/**
 * What these bytes were before Snappy made them smaller, in its raw format without frames (format_description.txt
 * of google/snappy). Null when they are not in that format.
 */
export function unsnap(bytes: Uint8Array): Buffer | null {
  const head = readVarint(bytes, 0)
  if (head === null || head.value > mostBytes) return null
  const out = Buffer.alloc(head.value)
  let written = 0
  for (let at = head.next; at < bytes.length; ) {
    const tag = bytes[at] ?? 0
    if ((tag & 3) === 0) {
      const { length, from } = readLiteral(bytes, at, tag)
      if (from + length > bytes.length || written + length > out.length) return null
      out.set(bytes.subarray(from, from + length), written)
      written += length
      at = from + length
      continue
    }
    const { length, back, next } = readCopy(bytes, at, tag)
    if (next > bytes.length || back === 0 || back > written || written + length > out.length) return null
    // Byte by byte: a copy may reach into what it writes.
    for (let index = 0; index < length; index++) out[written + index] = out[written + index - back] ?? 0
    written += length
    at = next
  }
  return written === out.length ? out : null
}
