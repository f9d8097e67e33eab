import 'fake-indexeddb/auto'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { channels } from '../../../utils/channels/index'
import { concatBytes } from '../../../utils/crypto/bytes'
import { deleteContact, keepContact, listContacts } from '../../../utils/locker/address-book'
import { writeBackup } from '../../../utils/locker/backup'
import { changePassphrase } from '../../../utils/locker/change-keys'
import { openDatabase } from '../../../utils/locker/database'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { restoreBackup } from '../../../utils/locker/restore'
import { keepRow } from '../../../utils/locker/rows'
import type { Contact } from '../../../utils/model/contact'
import { sampleId } from '../../support/sample-items'
import {
  cell,
  cheap,
  expectValue,
  makeLocker,
  passphrase,
  readWholeDatabase,
  startFresh,
} from './locker-under-test'
import { openEverything, type Residue, rememberWrites } from './residue'

const identity = await generateX25519Identity()
const recipient = await identityToRecipient(identity)
const now = '2026-11-20T10:00:00.000Z'
let open: OpenLocker
let residue: Residue
let stop: () => void

beforeEach(async () => {
  await startFresh()
  const writes = rememberWrites()
  residue = writes.residue
  stop = writes.stop
  open = await makeLocker()
})

afterEach(() => stop())

function contact(changes: Partial<Contact> = {}): Contact {
  return {
    id: sampleId('contact'),
    name: 'Lantern Helpline',
    note: 'Vera answers',
    addedAt: now,
    changedAt: now,
    keys: [{ recipient, comparedAt: null }],
    ...changes,
  }
}

async function backUp(): Promise<Uint8Array<ArrayBuffer>> {
  const to = { kind: 'passphrase', passphrase: 'we feed the tired heron', workFactor: 4 } as const
  const { stream } = expectValue(await writeBackup(open, { to, madeAt: new Date(now) }))
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return concatBytes(...pieces)
}

function restore(file: Uint8Array<ArrayBuffer>) {
  const key = { kind: 'passphrase', passphrase: 'we feed the tired heron' } as const
  return restoreBackup(open, { file: new Blob([file]).stream(), key })
}

describe('the address book', () => {
  it('is empty in a new locker: nobody is in it whom the person did not put there', async () => {
    expect(await listContacts(open)).toEqual({ contacts: [], damaged: [] })
    expect(JSON.stringify(channels)).not.toMatch(/age1[a-z0-9]{20}/)
  })

  it('keeps people as they were given, by name, and puts a change in place of what was', async () => {
    const later = contact({ id: sampleId('other'), name: 'almond' })
    expectValue(await keepContact(open, contact()))
    expectValue(await keepContact(open, later))
    expect((await listContacts(open)).contacts).toEqual([later, contact()])
    const compared = contact({ keys: [{ recipient, comparedAt: now }] })
    expectValue(await keepContact(open, compared))
    expect((await listContacts(open)).contacts).toEqual([later, compared])
  })

  it('keeps nothing readable on the disk', async () => {
    expectValue(await keepContact(open, contact()))
    const stored = JSON.stringify(await readWholeDatabase(), (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    )
    for (const secret of ['Lantern', 'Vera', recipient]) expect(stored).not.toContain(secret)
  })

  it('takes no secret key, and lists none that came otherwise', async () => {
    const wrong = contact({ keys: [{ recipient: identity, comparedAt: null }] })
    await expect(async () => keepContact(open, wrong)).rejects.toThrow()
    expectValue(await keepRow({ to: open, id: wrong.id, kind: 'contact', value: wrong }))
    expect(await listContacts(open)).toEqual({ contacts: [], damaged: [wrong.id] })
  })
})

describe('the address book in a backup', () => {
  it('comes back, and never takes the place of what is here', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(5), { maxLength: 6 }),
        fc.uniqueArray(fc.nat(5), { maxLength: 6 }),
        async (backed, here) => {
          await startFresh()
          open = await makeLocker()
          const there = backed.map((seed) => contact({ id: sampleId(seed), name: `Backed up ${seed}` }))
          for (const one of there) expectValue(await keepContact(open, one))
          const file = await backUp()
          await startFresh()
          open = await makeLocker()
          const own = here.map((seed) => contact({ id: sampleId(seed), name: `Here ${seed}` }))
          for (const one of own) expectValue(await keepContact(open, one))
          const both = there.filter(({ id }) => own.some((one) => one.id === id))
          expect(expectValue(await restore(file)).rows).toMatchObject({
            added: there.length - both.length,
            conflicts: expect.toSatisfy((ids: string[]) => ids.length === both.length),
          })
          const merged = (await listContacts(open)).contacts
          expect(merged.filter(({ name }) => name.startsWith('Here')).length).toBe(own.length)
          expect(new Set(merged.map(({ id }) => id))).toEqual(new Set([...there, ...own].map(({ id }) => id)))
        },
      ),
      { numRuns: 12 },
    )
  })
})

describe('somebody removed from the address book', () => {
  it('opens to nobody after the next epoch, whatever was ever written and with the passphrase', async () => {
    const [gone, stays] = [contact(), contact({ id: sampleId('stays'), name: 'Stays' })]
    expectValue(await keepContact(open, gone))
    expectValue(await keepContact(open, stays))
    expectValue(await deleteContact(gone.id))
    const another = 'ledge onward pupil thaw cobalt senior'
    const offers = [passphrase, another].map((words) => ({ kind: 'passphrase', passphrase: words }) as const)
    expect(await openEverything({ residue, file: cell.file, offers })).toContain(gone.id)
    expectValue(await changePassphrase({ by: { passphrase, cost: cheap }, passphrase: another }))
    const left = await openEverything({ residue, file: cell.file, offers })
    expect(left).not.toContain(gone.id)
    expect(left).toContain(stays.id)
    expect(await openDatabase().rows.get(gone.id)).toBeUndefined()
  })
})
