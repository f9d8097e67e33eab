import { type Bytes, concatBytes, equalBytes, fromBase64, toBase64, toUtf8 } from '../crypto/bytes'
import { sha256Bytes } from '../crypto/digest'
import { isSigned, type SigningKey } from '../crypto/sign'
import { hashLength } from './merkle'

/*
 * C2SP signed-note and tlog-checkpoint, with Ed25519 signatures (type 0x01):
 * https://c2sp.org/signed-note@v1.0.0 and https://c2sp.org/tlog-checkpoint@v1.0.0
 */

/** The head of a log: its name, how many entries it has, and the root over them. */
export type Checkpoint = { origin: string; size: number; root: Bytes }

const ed25519Type = 1
const keyIdLength = 4
/** Beyond what any honest note has: 16 signatures must be accepted, of at most 5 kB each. */
const longestNote = 100_000
const mostSignatures = 64

/** The 4 bytes that name a key beside its name in a signature line. */
export async function keyIdOf(name: string, publicKey: Bytes): Promise<Bytes> {
  const named = concatBytes(toUtf8(`${name}\n`), Uint8Array.of(ed25519Type), publicKey)
  return (await sha256Bytes(named)).slice(0, keyIdLength)
}

/**
 * A text signed by one key, as a note. Throws when the text does not end with a line feed or holds other control
 * characters, or when the name holds a space or a plus.
 */
export async function signNote(note: { text: string; name: string; key: SigningKey }): Promise<string> {
  const { text, name, key } = note
  if (!isNoteText(text) || !/^[^\s+]+$/u.test(name)) throw new RangeError('Not a text or name of a note')
  const id = await keyIdOf(name, key.publicKey)
  const signature = await key.sign(toUtf8(text))
  return `${text}\n— ${name} ${toBase64(concatBytes(id, signature))}\n`
}

/**
 * The text of a note that this key signed. Null when it did not, or when it is no note; signatures of other keys
 * are passed over.
 */
export async function openNote(note: string, by: { name: string; publicKey: Bytes }): Promise<string | null> {
  const parts = splitNote(note)
  if (parts === null) return null
  const id = await keyIdOf(by.name, by.publicKey)
  let isGood = false
  for (const { name, bytes } of parts.signatures) {
    if (name !== by.name || !equalBytes(bytes.subarray(0, keyIdLength), id)) continue
    const claim = {
      publicKey: by.publicKey,
      message: toUtf8(parts.text),
      signature: bytes.slice(keyIdLength),
    }
    if (!(await isSigned(claim))) return null
    isGood = true
  }
  return isGood ? parts.text : null
}

type Signature = { name: string; bytes: Bytes }

/** Text and signature lines, which the last empty line divides. Null when it is not of that form. */
function splitNote(note: string): { text: string; signatures: Signature[] } | null {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || note.length > longestNote || !note.endsWith('\n')) return null
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2, -1).split('\n')
  if (!isNoteText(text) || lines.length > mostSignatures) return null
  const signatures: Signature[] = []
  for (const line of lines) {
    const [, name, base64] = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? []
    const bytes = base64 === undefined ? null : readBase64(base64)
    if (name === undefined || !bytes || bytes.length <= keyIdLength) return null
    signatures.push({ name, bytes })
  }
  return { text, signatures }
}

function isNoteText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the specification forbids exactly these
  return text.endsWith('\n') && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text)
}

/** The three lines of a checkpoint, without signatures. */
export function writeHead(checkpoint: Checkpoint): string {
  const { origin, size, root } = checkpoint
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/** What the three lines of a checkpoint say. Null when they are others, or more. */
export function readHead(text: string): Checkpoint | null {
  const [, origin, digits, base64] = /^([^\n]{1,200})\n(0|[1-9]\d{0,15})\n([^\n]{44})\n$/.exec(text) ?? []
  const root = base64 === undefined ? null : readBase64(base64)
  const size = Number(digits)
  if (origin === undefined || root?.length !== hashLength || !Number.isSafeInteger(size)) return null
  return { origin, size, root }
}

/** What a signed checkpoint says, whoever signed it. Null when it does not have that form. */
export function readCheckpointHead(note: string): Checkpoint | null {
  return readHead(note.slice(0, note.indexOf('\n\n') + 1))
}

/** A checkpoint, signed: three lines, an empty one, and the signature under the log's own name. */
export function signCheckpoint(checkpoint: Checkpoint, key: SigningKey): Promise<string> {
  return signNote({ text: writeHead(checkpoint), name: checkpoint.origin, key })
}

/** The checkpoint in a note that this key signed under the checkpoint's own origin; null otherwise. */
export async function openCheckpoint(note: string, publicKey: Bytes): Promise<Checkpoint | null> {
  const name = note.slice(0, Math.max(0, note.indexOf('\n')))
  const text = await openNote(note, { name, publicKey })
  return text === null ? null : readHead(text)
}

/** What a base64 text holds; null when it is none, or not the one way to write it. */
export function readBase64(text: string): Bytes | null {
  try {
    const bytes = fromBase64(text)
    return toBase64(bytes) === text ? bytes : null
  } catch {
    return null
  }
}
