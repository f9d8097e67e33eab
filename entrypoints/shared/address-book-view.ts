import { signal } from '@preact/signals'
import type { ChooseRecipientsProps } from '../../components/recipients/ChooseRecipients'
import type { NewContact, ShownContact, ShownKey } from '../../components/recipients/contacts'
import { randomIdHex } from '../../utils/crypto/bytes'
import { areMixed, isRecipient } from '../../utils/crypto/recipients'
import { deleteContact, keepContact, listContacts } from '../../utils/locker/address-book'
import type { Contact } from '../../utils/model/contact'
import type { Outcome } from '../../utils/model/problem'
import { keyWords } from './drop-box'
import { createKeyEntry, type KeyEntry } from './key-entry'
import type { Session } from './session'

/** State and actions of the address book: read when a screen needs it, the same for all screens of a page. */
export type AddressBookView = ReturnType<typeof createAddressBook>

/** What choosing recipients of one file needs to know and do. */
export type RecipientsChoice = {
  recipients: () => readonly string[]
  entry: KeyEntry
  choose: (recipients: string[]) => void
}

/** Whether a file can be encrypted to these, and nothing that was typed would be left out. */
export function canEncryptTo({ recipients, entry }: RecipientsChoice): boolean {
  const chosen = recipients()
  return chosen.length > 0 && chosen.every(isRecipient) && !areMixed(chosen) && !entry.isOpen()
}

/** The address book of the locker that is open. */
export function createAddressBook(session: Session) {
  const contacts = signal<readonly Contact[]>([])
  const damaged = signal(0)
  const words = signal<ReadonlyMap<string, string>>(new Map())
  /** Keys that were read in the settings and belong to nobody yet. */
  const found = signal<readonly string[]>([])
  const entry = createKeyEntry((recipients) => {
    found.value = recipients
    void learn(recipients)
  })

  async function learn(recipients: readonly string[]): Promise<void> {
    const unknown = recipients.filter((recipient) => !words.value.has(recipient))
    if (unknown.length === 0) return
    const learnt = await Promise.all(unknown.map(async (one) => [one, await keyWords(one)] as const))
    words.value = new Map([...words.value, ...learnt])
  }

  const wordsOf = (recipient: string): string => words.value.get(recipient) ?? ''
  const show = (recipient: string): ShownKey => ({ recipient, words: wordsOf(recipient) })

  async function read(): Promise<void> {
    if (session.locker.value.kind !== 'open') return
    const listed = await listContacts(session.locker.value.locker)
    await learn(listed.contacts.flatMap(({ keys }) => keys.map(({ recipient }) => recipient)))
    damaged.value = listed.damaged.length
    contacts.value = listed.contacts
  }

  async function write(work: (contact: Contact) => Contact, id: string): Promise<void> {
    const before = contacts.value.find((contact) => contact.id === id)
    if (!before) return
    const next = { ...work(before), changedAt: new Date().toISOString() }
    await session.attempt((open) => keepContact(open, next))
    await read()
  }

  /** Puts somebody in. What could not be kept stays where it was, and the page says why. */
  async function add({ name, note, keys }: NewContact): Promise<void> {
    const now = new Date().toISOString()
    const kept = keys.map(({ recipient, isCompared }) => ({
      recipient,
      comparedAt: isCompared ? now : null,
    }))
    const contact = { id: randomIdHex(), name, note, addedAt: now, changedAt: now, keys: kept }
    const done = await session.attempt((open): Promise<Outcome<unknown>> => keepContact(open, contact))
    if (done !== null) found.value = []
    await read()
  }

  async function remove(id: string): Promise<void> {
    await session.attempt(() => deleteContact(id))
    await read()
  }

  const shownContacts = (): readonly ShownContact[] =>
    contacts.value.map(({ id, name, note, keys }) => ({
      id,
      name,
      note,
      keys: keys.map(({ recipient, comparedAt }) => ({ ...show(recipient), comparedAt })),
    }))

  return {
    damaged,
    entry,
    contacts: shownContacts,
    found: (): readonly ShownKey[] => found.value.map(show),
    read,
    /** Reads it anew for the settings, with an empty field. */
    open: async () => {
      found.value = []
      entry.clear()
      await read()
    },
    add,
    forget: () => {
      found.value = []
    },
    change: (id: string, { name, note }: { name: string; note: string }) =>
      write((contact) => ({ ...contact, name, note }), id),
    compare: (id: string, key: { recipient: string; isCompared: boolean }) =>
      write((contact) => {
        const comparedAt = key.isCompared ? new Date().toISOString() : null
        const keys = contact.keys.map((one) =>
          one.recipient === key.recipient ? { ...one, comparedAt } : one,
        )
        return { ...contact, keys }
      }, id),
    remove,
    /** A choice of recipients that is kept where `recipients` and `choose` say. */
    choice: ({ recipients, choose }: Omit<RecipientsChoice, 'entry'>): RecipientsChoice => {
      const chosen = createKeyEntry((more) => {
        void learn(more)
        choose([...new Set([...recipients(), ...more])])
      })
      return { recipients, choose, entry: chosen }
    },
    /** As a component takes it. */
    props: ({ recipients, entry: chosen, choose }: RecipientsChoice): ChooseRecipientsProps => {
      void learn(recipients())
      return {
        contacts: shownContacts(),
        recipients: recipients(),
        areMixed: areMixed(recipients()),
        entry: chosen.state.value,
        wordsOf,
        onChoose: choose,
        onText: chosen.write,
        onFile: (file) => void chosen.readFile(file),
        onKeep: (contact) => void add(contact),
      }
    },
  }
}
