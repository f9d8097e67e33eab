/**
 * The names a container may hold: up to six parts of letters, digits, dot, hyphen and underscore, each
 * beginning with a letter or digit and not ending with a dot. So no absolute path, no `..`, no backslash, no
 * drive letter, no hidden file.
 */
const nameShape = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,99})(?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,5}$/
const endsInDot = /\.(?:\/|$)/
/** Names that mean a device on Windows, with any ending. */
const deviceName = /(?:^|\/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.[^/]*)?(?:\/|$)/i

/** Whether a file may be unpacked under this name on any system. */
export function isAllowedName(name: string): boolean {
  return nameShape.test(name) && !endsInDot.test(name) && !deviceName.test(name)
}

/**
 * A hostile name in a form that is safe to print: whatever is outside printable ASCII as `\xNN`, cut after
 * 80 bytes.
 */
export function showName(bytes: Uint8Array): string {
  let shown = ''
  for (const byte of bytes.subarray(0, 80)) {
    const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x5c
    shown += isPlain ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`
  }
  return bytes.length > 80 ? `${shown}…` : shown
}
