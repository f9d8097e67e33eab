import { isRecipient } from './recipients'

/**
 * Why something is no recipient: the key of a plugin that the age library here does not know (`age1yubikey1…`), an
 * SSH key, or nothing that is a key at all.
 */
type LineTrouble = 'plugin-key' | 'ssh-key' | 'no-key'

/** What was found in a list of recipients. Of a text that holds a secret key nothing is given on, not even in part. */
export type RecipientList =
  | { kind: 'secret' | 'too-long' }
  | {
      kind: 'read'
      /** The public keys, each once, in their order. */
      recipients: string[]
      /** The lines, from 1, on which something is no public key. */
      troubles: { line: number; why: LineTrouble }[]
    }

/** A list is at most so many UTF-16 units: more than thirty of the longest keys, or a thousand of the usual ones. */
export const longestList = 64 * 1024

/** Private halves of age and its plugins, and of SSH, also with line breaks inside. */
const secretShape = /age-(?:secret-key|plugin)-|-----begin[a-z0-9 ]*privatekey/i

/** A human-readable part with a name between `age` and the last `1`: a plugin's. */
const pluginShape = /^age1[a-z0-9-]+1[ac-hj-np-z02-9]+$/
const ownShape = /^age1(?:pq|tag|tagpq)1/
const sshShape = /^(?:ssh-|ecdsa-sha2-|sk-)/

/**
 * Whether a text holds a private half: an age secret key, the identity of a plugin, or a private key as SSH writes it.
 * Such a text is to be shown and kept nowhere.
 */
export function holdsSecret(text: string): boolean {
  return secretShape.test(text.replaceAll(/\s/g, ''))
}

/** A QR code holds a key in capital letters, and age takes it so; mixed case is no key. */
function plainCase(word: string): string {
  return word === word.toUpperCase() ? word.toLowerCase() : word
}

function whyNot(word: string): LineTrouble {
  return pluginShape.test(word) && !ownShape.test(word) ? 'plugin-key' : 'no-key'
}

// Most words are none, and what is thrown for each of them takes its time.
function isKey(word: string): boolean {
  return word.startsWith('age1') && isRecipient(word)
}

function readLine(line: string): { recipients: string[]; why: LineTrouble | null } {
  if (line === '' || line.startsWith('#')) return { recipients: [], why: null }
  if (sshShape.test(line)) return { recipients: [], why: 'ssh-key' }
  const words = line.split(/[\s,;]+/).flatMap((word) => (word === '' ? [] : plainCase(word)))
  const wrong = words.find((word) => !isKey(word))
  return { recipients: words.filter(isKey), why: wrong === undefined ? null : whyNot(wrong) }
}

/**
 * Reads a list of age recipients as `age -R` takes it: one a line, lines that begin with `#` and empty ones aside.
 * Several on one line, with spaces, commas or semicolons between, are taken too, because people paste them so. Never
 * throws.
 */
export function readRecipientList(text: string): RecipientList {
  if (holdsSecret(text)) return { kind: 'secret' }
  if (text.length > longestList) return { kind: 'too-long' }
  const recipients = new Set<string>()
  const troubles: { line: number; why: LineTrouble }[] = []
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|[\n\r]/)
    .entries()) {
    const read = readLine(line.trim())
    for (const recipient of read.recipients) recipients.add(recipient)
    if (read.why !== null) troubles.push({ line: index + 1, why: read.why })
  }
  return { kind: 'read', recipients: [...recipients], troubles }
}
