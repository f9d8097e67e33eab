import 'fake-indexeddb/auto'
import { signal } from '@preact/signals'
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { beforeEach, describe, expect, it } from 'vitest'
import { canEncryptTo, createAddressBook } from '../../../entrypoints/shared/address-book-view'
import { keyWords } from '../../../entrypoints/shared/drop-box'
import type { Session } from '../../../entrypoints/shared/session'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { expectValue, makeLocker, startFresh } from '../locker/locker-under-test'

const [one, two, strong] = await Promise.all(
  [await generateX25519Identity(), await generateX25519Identity(), await generateHybridIdentity()].map(
    (identity) => identityToRecipient(identity),
  ),
)
if (!one || !two || !strong) throw new Error('no keys')

let book: ReturnType<typeof createAddressBook>
let session: Session

beforeEach(async () => {
  await startFresh()
  const open = await makeLocker()
  const attempt = async <T>(work: (locker: OpenLocker) => Promise<Parameters<typeof expectValue<T>>[0]>) =>
    expectValue(await work(open))
  session = { locker: signal({ kind: 'open', locker: open }), attempt } as unknown as Session
  book = createAddressBook(session)
})

describe('the address book', () => {
  it('shows the words by which a drop-box shows the same key, and when they were compared', async () => {
    await book.open()
    book.entry.write(`${one}\n${two}`)
    expect(book.found().map(({ recipient }) => recipient)).toEqual([one, two])
    await book.add({
      name: 'Lantern Helpline',
      note: '',
      keys: [
        { recipient: one, isCompared: true },
        { recipient: two, isCompared: false },
      ],
    })
    expect(book.found()).toEqual([])
    const [contact] = book.contacts()
    expect(contact?.keys.map(({ words }) => words)).toEqual([await keyWords(one), await keyWords(two)])
    expect(contact?.keys.map(({ comparedAt }) => comparedAt !== null)).toEqual([true, false])
    const id = contact?.id ?? ''
    await book.compare(id, { recipient: two, isCompared: true })
    await book.compare(id, { recipient: one, isCompared: false })
    await book.change(id, { name: 'Lantern', note: 'at night' })
    const again = createAddressBook(session)
    await again.read()
    const [kept] = again.contacts()
    expect(kept).toMatchObject({ name: 'Lantern', note: 'at night' })
    expect(kept?.keys.map(({ comparedAt }) => comparedAt !== null)).toEqual([false, true])
    await again.remove(id)
    expect(again.contacts()).toEqual([])
  })
})

describe('recipients of one file', () => {
  it('are what can be encrypted to: some, of one strength, and nothing typed left out', () => {
    let recipients: string[] = []
    const choice = book.choice({
      recipients: () => recipients,
      choose: (chosen) => {
        recipients = chosen
      },
    })
    expect(canEncryptTo(choice)).toBe(false)
    choice.entry.write(one)
    choice.entry.write(`${one} ${two}`)
    expect(recipients).toEqual([one, two])
    expect(canEncryptTo(choice)).toBe(true)
    choice.entry.write('age1half')
    expect(canEncryptTo(choice)).toBe(false)
    choice.entry.write('')
    choice.choose([one, strong])
    expect(book.props(choice).areMixed).toBe(true)
    expect(canEncryptTo(choice)).toBe(false)
  })
})
