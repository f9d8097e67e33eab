import 'fake-indexeddb/auto'
import { signal } from '@preact/signals'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDatasetView } from '../../../entrypoints/locker/dataset-view'
import { createAddressBook } from '../../../entrypoints/shared/address-book-view'
import type { Session } from '../../../entrypoints/shared/session'
import { keepAssessment } from '../../../utils/locker/assessments'
import { keepCase, listCases } from '../../../utils/locker/cases'
import { listItems } from '../../../utils/locker/items'
import type { OpenLocker } from '../../../utils/locker/keyring'
import type { Outcome } from '../../../utils/model/problem'
import { sampleAssessment, sampleCase } from '../../support/sample-items'
import { capture, expectValue, makeLocker, startFresh } from '../locker/locker-under-test'

const alive = new Set<OpenLocker>()
afterEach(() => alive.clear())

const author = (handle: string) => ({ handle, name: null, profile: `https://x.com/${handle}`, id: null })

/** As much of the session as a dataset needs. */
async function openSession(open: OpenLocker): Promise<Session> {
  const [{ items }, { cases }] = await Promise.all([listItems(open), listCases(open)])
  const attempt = async <T>(work: (locker: OpenLocker) => Promise<Outcome<T>>) => {
    // What waits to be kept when a test ends belongs to no locker of the next.
    if (!alive.has(open)) return null
    const outcome = await work(open)
    return outcome.ok ? outcome.value : null
  }
  return {
    locker: signal({ kind: 'open', locker: open }),
    contents: signal({ isRead: true, items, damaged: 0, cases }),
    attempt,
  } as unknown as Session
}

async function prepare(): Promise<{ open: OpenLocker; session: Session }> {
  await startFresh()
  const open = await makeLocker()
  alive.add(open)
  const opened = []
  for (const [index, handle] of ['sourplum', 'gristlethorn', 'mopewick'].entries()) {
    const one = await capture({
      seed: handle,
      post: { author: author(handle), postId: `99${index}1112223334`, text: `Nadira Veleno, ask ${handle}` },
    })
    expectValue(await keepAssessment({ assessment: sampleAssessment(one.item.id), ...open }))
    opened.push(one)
  }
  expectValue(await keepCase(open, sampleCase(opened)))
  return { open, session: await openSession(open) }
}

const low = { actors: 3, targets: 1, types: 1, cell: 3 }
const reason = 'Three invented accounts, for a test of nothing but the export.'

let open: OpenLocker
let session: Session

const viewOf = (from: Session) => createDatasetView(from, createAddressBook(from))
beforeEach(async () => {
  ;({ open, session } = await prepare())
})

async function start() {
  const view = viewOf(session)
  await view.open()
  view.choose({ purpose: 'To count', recipient: 'An institute', tier: 'T1' })
  await view.move(1)
  return view
}

describe('the guided export', () => {
  it('says what the choices come to, and what is missing', async () => {
    const view = await start()
    expect(view.draft.value?.step).toBe('scope')
    expect(view.plan.value?.counts).toMatchObject({ found: 3, released: 0, suppressed: 3 })
    view.choose({ thresholds: low })
    expect(view.problems.value).toEqual(['reason'])
    view.choose({ reason })
    expect(view.problems.value).toEqual([])
    expect(view.plan.value?.counts).toMatchObject({ released: 3, suppressed: 0 })
    const [first] = view.book.value?.entries ?? []
    view.choose({ excludedItems: [first?.id ?? ''] })
    expect(view.plan.value?.counts).toMatchObject({ released: 0, excludedItems: 1, suppressed: 2 })
    view.choose({ excludedItems: [], tier: 'T2' })
    expect(view.problems.value).toEqual(['protection'])
  })

  it('leads through the review, blocks what names somebody, and lets go what is mended', async () => {
    const view = await start()
    view.choose({ thresholds: low, reason })
    await view.move(1)
    await view.move(1)
    expect(view.draft.value?.step).toBe('review')
    const row = view.review.value.row
    expect(row?.redacted).toBe('[name], ask [name]')
    await view.decide('It was s\u043eurplum')
    await view.decide(view.review.value.row?.redacted ?? '')
    await view.decide(null)
    expect(view.review.value).toMatchObject({ read: 3, at: 3, row: null })
    await view.move(1)
    expect(view.work.value).toMatchObject({
      kind: 'checked',
      result: { rows: 3, hits: [{ kind: 'handle', column: 'text', itemId: row?.itemId }] },
    })
    await view.go('review')
    await view.showRow(0)
    await view.decide('It was [name]')
    await view.go('check')
    expect(view.work.value).toMatchObject({ kind: 'checked', result: { rows: 3, hits: [] } })
    // What was checked is another dataset after any change.
    view.choose({ purpose: 'For Nadira Veleno' })
    expect(view.work.value).toEqual({ kind: 'none' })
    await view.check()
    expect(view.work.value).toMatchObject({ result: { hits: [{ kind: 'target', column: 'purpose' }] } })
  })

  it('keeps the review sealed in the locker, and goes on where it was left', async () => {
    const view = await start()
    view.choose({ thresholds: low, reason })
    view.list('Riverside\nLantern')
    await view.go('review')
    await view.decide('Nothing')
    view.close()
    let again = viewOf(await openSession(open))
    await expect
      .poll(async () => {
        again = viewOf(await openSession(open))
        await again.open()
        return again.draft.value?.decisions.length
      })
      .toBe(1)
    expect(again.draft.value).toMatchObject({ step: 'review', names: ['Riverside', 'Lantern'] })
    await expect.poll(() => again.review.value.at).toBe(1)
    again.close()
  })

  it('stops when it is left', async () => {
    const view = await start()
    const reading = view.check()
    view.cancel()
    await reading
    expect(view.work.value.kind).toBe('none')
  })
})
