import { isRecipient } from '../crypto/recipients'
import { Contact } from '../model/contact'
import type { Outcome } from '../model/problem'
import type { OpenLocker } from './keyring'
import { deleteRow, keepRow, readRows } from './rows'

/** Nothing but public keys is kept: a secret one in a record that came from elsewhere makes it a damaged one. */
const ContactRow = Contact.refine(({ keys }) => keys.every(({ recipient }) => isRecipient(recipient)))

/** Everybody in the address book by name, and the ids of damaged rows. */
export async function listContacts(open: OpenLocker): Promise<{ contacts: Contact[]; damaged: string[] }> {
  const contacts: Contact[] = []
  const damaged: string[] = []
  for (const { id, kind, value } of (await readRows(open)).rows) {
    if (kind !== 'contact') continue
    const parsed = ContactRow.safeParse(value)
    if (parsed.success && parsed.data.id === id) contacts.push(parsed.data)
    else damaged.push(id)
  }
  const order = ({ name, id }: Contact) => `${name.toLocaleLowerCase('en')} ${id}`
  contacts.sort((one, other) => (order(one) < order(other) ? -1 : 1))
  return { contacts, damaged }
}

/**
 * Stores somebody in place of the one with the same id. The caller sets `changedAt`. Problems: `disk-full`,
 * `storage-unavailable`. Throws on one that is not well formed, or with a key that is no public one.
 */
export async function keepContact(open: OpenLocker, contact: Contact): Promise<Outcome<{ id: string }>> {
  return keepRow({ to: open, id: contact.id, kind: 'contact', value: ContactRow.parse(contact) })
}

/** Removes somebody. Not yet erased from the disk. Problems: `storage-unavailable`. */
export function deleteContact(id: string): Promise<Outcome<{ id: string }>> {
  return deleteRow(id)
}
