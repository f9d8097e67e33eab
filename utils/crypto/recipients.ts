import {
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
} from 'age-encryption'
import { problemError } from '../model/problem-error'

/** Who can open what leaves: whoever knows a passphrase, or the holders of keys. */
export type EncryptTo =
  | { kind: 'passphrase'; passphrase: string; workFactor?: number }
  | { kind: 'recipients'; recipients: readonly string[] }

/** Whether the text is the public key of an age recipient (`age1…`, `age1pq1…`), white space around it aside. */
export function isRecipient(text: string): boolean {
  try {
    new Encrypter().addRecipient(text.trim())
    return true
  } catch {
    return false
  }
}

/** Whether a recipient is safe against a future quantum computer. */
function isPostQuantum(recipient: string): boolean {
  return /^age1(tag)?pq1/.test(recipient.trim())
}

/** Whether some recipients are post-quantum and some are not, which age refuses. */
export function areMixed(recipients: readonly string[]): boolean {
  const strong = recipients.filter(isPostQuantum).length
  return strong > 0 && strong < recipients.length
}

/**
 * The source as an age file (age-encryption.org/v1), encrypted piece by piece while it is read. `workFactor` is
 * scrypt's, as a power of two, 18 when absent. Throws when no recipient is named or one is not valid
 * (`isRecipient`), or when post-quantum recipients (`age1pq1…`) are mixed with others: age forbids it, for the
 * file would be no safer than its weakest recipient. Throws an error whose `cause` is the problem `key-unusable` when
 * one is written rightly and nothing can be sealed to it. Afterwards the stream fails only when the source does.
 */
export async function encryptStream(
  source: ReadableStream<Uint8Array>,
  to: EncryptTo,
): Promise<ReadableStream<Uint8Array>> {
  const encrypter = new Encrypter()
  if (to.kind === 'passphrase') {
    if (to.passphrase === '') throw new Error('No passphrase')
    encrypter.setPassphrase(to.passphrase)
    if (to.workFactor !== undefined) encrypter.setScryptWorkFactor(to.workFactor)
  } else {
    if (to.recipients.length === 0) throw new Error('No recipient')
    const recipients = to.recipients.map((recipient) => recipient.trim())
    if (areMixed(recipients)) throw new Error('Recipients of mixed strength')
    for (const recipient of recipients) encrypter.addRecipient(recipient)
  }
  return encrypter.encrypt(source).catch(() => {
    throw problemError('key-unusable')
  })
}

/** What opens an age file: its passphrase, or the private halves of some of its recipients (`AGE-SECRET-KEY-…`). */
export type DecryptWith =
  | { kind: 'passphrase'; passphrase: string }
  | { kind: 'identities'; identities: readonly string[] }

/**
 * The content of an age file, decrypted piece by piece while it is read; every piece was authenticated. Null when
 * none of the keys is for this file. Throws when it is no age file or its header is damaged; the stream fails when
 * anything after the header is, or the end is missing. Refuses passphrase files that ask for more than 1 GiB.
 */
export async function decryptStream(
  source: ReadableStream<Uint8Array>,
  key: DecryptWith,
): Promise<ReadableStream<Uint8Array> | null> {
  const decrypter = new Decrypter()
  if (key.kind === 'passphrase') decrypter.addPassphrase(key.passphrase)
  else for (const identity of key.identities) decrypter.addIdentity(identity.trim())
  try {
    return await decrypter.decrypt(source)
  } catch (error) {
    // age has no kinds of errors, only this text; a test holds it.
    if (error instanceof Error && error.message.startsWith('no identity matched')) return null
    throw error
  }
}

/** Whether the text is the private half of an age recipient. */
export function isIdentity(text: string): boolean {
  try {
    new Decrypter().addIdentity(text.trim())
    return true
  } catch {
    return false
  }
}

/**
 * A pair of keys that may stand beside these recipients without making the file weaker or mixed. For whoever
 * writes a file to others and wants to open it once, to see that it is whole: keep the identity in memory only.
 */
export async function makeWitness(
  recipients: readonly string[],
): Promise<{ identity: string; recipient: string }> {
  const identity = await (recipients.some(isPostQuantum)
    ? generateHybridIdentity()
    : generateX25519Identity())
  return { identity, recipient: await identityToRecipient(identity) }
}
