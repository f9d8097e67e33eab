import { Encrypter } from 'age-encryption'

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
export function isPostQuantum(recipient: string): boolean {
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
 * file would be no safer than its weakest recipient. Afterwards the stream fails only when the source does.
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
  return encrypter.encrypt(source)
}
