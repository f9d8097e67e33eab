/** Bytes that own their memory, as WebCrypto, Blob and IndexedDB want them. */
export type Bytes = Uint8Array<ArrayBuffer>

/** The parts one after another, in fresh memory. */
export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** Lower-case hexadecimal, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

/** The bytes of a hexadecimal text. Throws on an odd number of digits or on any other sign. */
export function fromHex(text: string): Bytes {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) throw new Error('Not hexadecimal')
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(i * 2, i * 2 + 2), 16)
  return bytes
}

// `String.fromCharCode` takes its bytes as arguments, and engines limit how many there may be.
const chunk = 0x2000

/** Base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += chunk) {
    binary += String.fromCharCode(...bytes.subarray(i, i + chunk))
  }
  return btoa(binary)
}

/** The bytes of a base64 text. Throws on a text that is none. */
export function fromBase64(text: string): Bytes {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

/** The text as UTF-8. A lone surrogate becomes U+FFFD, as everywhere on the web. */
export function toUtf8(text: string): Bytes {
  return new TextEncoder().encode(text)
}

/** The text of UTF-8 bytes, a byte order mark kept. Throws a `TypeError` on bytes that are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}

/** `length` bytes from the browser's cryptographic source. */
export function randomBytes(length: number): Bytes {
  const bytes = new Uint8Array(length)
  // One call gives at most 65,536 bytes.
  for (let i = 0; i < length; i += 65_536) crypto.getRandomValues(bytes.subarray(i, i + 65_536))
  return bytes
}

/** A random 128-bit id as 32 lower-case hexadecimal digits. */
export function randomIdHex(): string {
  return toHex(randomBytes(16))
}

/** Whether both hold the same bytes; the time taken depends on the length alone. */
export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  let difference = 0
  for (let i = 0; i < one.length; i++) difference |= (one[i] ?? 0) ^ (other[i] ?? 0)
  return difference === 0
}
