/** A public key as it is shown: `words` stand for it, and are empty while they are worked out. */
export type ShownKey = { recipient: string; words: string }

/** Somebody in the address book; `comparedAt` is null while nobody compared the words with the owner. */
export type ShownContact = {
  id: string
  name: string
  note: string
  keys: readonly (ShownKey & { comparedAt: string | null })[]
}

/** Somebody to be put into the address book. */
export type NewContact = {
  name: string
  note: string
  keys: readonly { recipient: string; isCompared: boolean }[]
}

/** Why nothing of a text or file was taken. */
export type EntryRefusal = 'secret' | 'too-long' | 'unreadable' | 'no-keys'

/** The field for keys. `round` changes when it is emptied: the field is another one then, with nothing to undo. */
export type KeyEntryState = {
  text: string
  round: number
  refusal: EntryRefusal | null
  /** Lines, from 1, that are no public key. */
  troubles: readonly { line: number; why: 'plugin-key' | 'ssh-key' | 'no-key' }[]
}

/** From so many people on there is a field to search them. */
export const searchedFrom = 8

function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/** Those whose name or note holds every word that is searched for, whatever its case and marks; all for no word. */
export function findContacts(contacts: readonly ShownContact[], search: string): readonly ShownContact[] {
  const words = plain(search).split(/\s+/).filter(Boolean)
  if (words.length === 0) return contacts
  return contacts.filter(({ name, note }) => {
    const text = plain(`${name} ${note}`)
    return words.every((word) => text.includes(word))
  })
}

/** The chosen keys of nobody in the address book, in their order. */
export function strangers(recipients: readonly string[], contacts: readonly ShownContact[]): string[] {
  const known = new Set(contacts.flatMap(({ keys }) => keys.map(({ recipient }) => recipient)))
  return recipients.filter((recipient) => !known.has(recipient))
}

/** In whose name a key stands in the address book; null when it is not there. */
export function ownerOf(recipient: string, contacts: readonly ShownContact[]): string | null {
  return contacts.find(({ keys }) => keys.some((key) => key.recipient === recipient))?.name ?? null
}
