import 'fake-indexeddb/auto'
import { signal } from '@preact/signals'
import { beforeEach, describe, expect, it } from 'vitest'
import { createAddressBook } from '../../../entrypoints/shared/address-book-view'
import type { CoverView } from '../../../entrypoints/shared/cover-view'
import { createExportItems } from '../../../entrypoints/shared/export-items'
import { createExportSaving } from '../../../entrypoints/shared/export-saving'
import { createExportView } from '../../../entrypoints/shared/export-view'
import { newCase } from '../../../entrypoints/shared/new-records'
import type { SaveOptions } from '../../../entrypoints/shared/save-bundle'
import type { Session } from '../../../entrypoints/shared/session'
import { listItems } from '../../../utils/locker/items'
import type { OpenLocker } from '../../../utils/locker/keyring'
import type { Case } from '../../../utils/model/case'
import type { OpenedItem } from '../../../utils/model/item'
import { fail, type Outcome, succeed } from '../../../utils/model/problem'
import { wordsFor } from '../../../utils/words/translate'
import { capture, makeLocker, startFresh } from '../locker/locker-under-test'

/** An answer that comes when the test says so. */
function waiting<T>() {
  const { promise, resolve } = Promise.withResolvers<T>()
  return { promise, resolve }
}

type Made = { caseId: string | null; title: string; itemIds: readonly string[] }

let session: Session
let itemId: string
let askedToMake: Made[]
let letMake: () => void

beforeEach(async () => {
  await startFresh()
  const open = await makeLocker()
  const { item } = await capture()
  itemId = item.id
  const { items } = await listItems(open)
  const contents = signal({ isRead: true, items, damaged: 0, cases: [] as Case[], filings: [], others: [] })
  const made = waiting<void>()
  letMake = made.resolve
  askedToMake = []
  session = {
    locker: signal({ kind: 'open', locker: open }),
    words: signal(wordsFor('en')),
    contents,
    problem: signal(null),
    saveNow: () => undefined,
    changeCase: () => undefined,
    attempt: async <T>(work: (locker: OpenLocker) => Promise<Outcome<T>>) => {
      const outcome = await work(open)
      return outcome.ok ? outcome.value : null
    },
    addToCase: async (choice: Made) => {
      askedToMake.push(choice)
      await made.promise
      const value = { ...newCase({ title: choice.title }), itemIds: [...choice.itemIds] }
      contents.value = { ...contents.value, cases: [...contents.value.cases, value] }
      return value
    },
  } as unknown as Session
})

async function startOfItems() {
  const view = createExportView(session, createAddressBook(session))
  await view.start('page', { caseId: null, itemIds: [itemId] })
  return view
}

describe('an export of ticked items', () => {
  it('makes one case of them, however often "Continue" is pressed', async () => {
    const view = await startOfItems()
    const pressed = [view.next(), view.next()]
    letMake()
    await Promise.all(pressed)
    expect(askedToMake).toEqual([{ caseId: null, title: expect.any(String), itemIds: [itemId] }])
    expect(view.draft.value).toMatchObject({ step: 'for-whom', itemIds: [] })
    expect(view.draft.value?.caseId).toBe(session.contents.value.cases[0]?.id)
  })

  it('stays away when it is left while the case is made, and put aside when it is put aside', async () => {
    const left = await startOfItems()
    const goingOn = left.next()
    left.leave()
    letMake()
    await goingOn
    expect(left.draft.value).toBeNull()
    const later = await startOfItems()
    const pressed = later.next()
    later.pause()
    await pressed
    expect(later.draft.value).toMatchObject({ isPaused: true, itemIds: [] })
  })
})

const file = { path: '/files-1.zip.age', sha256: 'ab'.repeat(32) }
const toSave = (fileName: string) =>
  ({ itemIds: ['one', 'two'], draft: { fileName, protection: 'passphrase' } }) as unknown as SaveOptions

/** A writer that waits, and what it was asked for. */
function startWriter() {
  const asked: (SaveOptions & { end: (saved: Outcome<typeof file>) => void })[] = []
  const saving = createExportSaving((options) => {
    const { promise, resolve } = waiting<Outcome<typeof file>>()
    asked.push({ ...options, end: resolve })
    return promise
  })
  return { asked, saving }
}

describe('saving an export', () => {
  it('tells how far it is, and which file it was', async () => {
    const { asked, saving } = startWriter()
    const run = saving.run(toSave('files-1'))
    expect(saving.state.value).toEqual({ kind: 'saving', done: 0, of: 2 })
    asked[0]?.onProgress({ done: 1, total: 2 })
    expect(saving.state.value).toEqual({ kind: 'saving', done: 1, of: 2 })
    asked[0]?.end(succeed(file))
    expect(await run).toEqual({ ...file, name: 'files-1.zip.age' })
    expect(saving.file()).toEqual({ ...file, name: 'files-1.zip.age' })
  })

  it('is done once, however often it is asked for meanwhile, and again afterwards', async () => {
    const { asked, saving } = startWriter()
    const first = saving.run(toSave('files-1'))
    expect(await saving.run(toSave('files-1'))).toBeNull()
    expect(asked).toHaveLength(1)
    asked[0]?.end(fail('save-failed'))
    await first
    expect(saving.state.value).toMatchObject({ kind: 'failed', problem: { code: 'save-failed' } })
    void saving.run(toSave('files-1'))
    expect(asked).toHaveLength(2)
  })

  it('tells nothing of an export that was left: neither its file nor that it was stopped', async () => {
    for (const ending of [succeed(file), fail('cancelled'), fail('disk-full')]) {
      const { asked, saving } = startWriter()
      const left = saving.run(toSave('files-1'))
      saving.close()
      expect(asked[0]?.signal.aborted).toBe(true)
      const next = saving.run(toSave('files-2'))
      asked[0]?.onProgress({ done: 2, total: 2 })
      asked[0]?.end(ending)
      expect(await left).toBeNull()
      expect(saving.state.value).toEqual({ kind: 'saving', done: 0, of: 2 })
      asked[1]?.end(succeed(file))
      expect(await next).toMatchObject({ name: 'files-2.zip.age' })
    }
  })

  it('goes back to choosing when it is stopped', async () => {
    const { asked, saving } = startWriter()
    const run = saving.run(toSave('files-1'))
    saving.cancel()
    expect(asked[0]?.signal.aborted).toBe(true)
    asked[0]?.end(fail('cancelled'))
    expect(await run).toBe('cancelled')
    expect(saving.state.value).toBeNull()
  })
})

describe('the opened items of an export', () => {
  /** Readings that end when the test says so. */
  function startReading() {
    const reads: ((items: OpenedItem[] | null) => void)[] = []
    const attempt = () => {
      const { promise, resolve } = waiting<OpenedItem[] | null>()
      reads.push(resolve)
      return promise
    }
    const asked = { attempt, problem: signal(null) } as unknown as Session
    return { reads, items: createExportItems(asked, {} as unknown as CoverView) }
  }
  const named = (id: string) => [{ item: { id } }] as unknown as OpenedItem[]

  it('are those that were asked for last, also of the same items covered anew', async () => {
    const { reads, items } = startReading()
    const first = items.read(['one'], { isCovered: true })
    const second = items.read(['one'], { isCovered: true })
    reads[1]?.(named('covered again'))
    await second
    reads[0]?.(named('covered before'))
    await first
    expect(items.opened.value).toEqual({ items: named('covered again'), isCovered: true })
    expect(items.whole()).toEqual([])
  })

  it('are gone when it was left, though they are opened later', async () => {
    const { reads, items } = startReading()
    const read = items.read(['one'], { isCovered: false })
    items.close()
    reads[0]?.(named('one'))
    await read
    expect(items.opened.value).toBeNull()
  })
})
