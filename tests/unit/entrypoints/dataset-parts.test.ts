import { describe, expect, it } from 'vitest'
import type { ReviewRow } from '../../../components/dataset/steps'
import { createReview } from '../../../entrypoints/locker/dataset-review'
import { createDatasetWork, type OwnWatch } from '../../../entrypoints/locker/dataset-work'
import { abortError, problemError } from '../../../utils/model/problem-error'

/** A task that ends when the test says so. */
function startTask() {
  const { promise, resolve, reject } = Promise.withResolvers<{ kind: 'none' }>()
  const watches: OwnWatch[] = []
  const task = (watch: OwnWatch) => {
    watches.push(watch)
    return promise
  }
  return { task, watches, end: () => resolve({ kind: 'none' }), fail: reject }
}

describe('long work of a dataset', () => {
  it('stops for new work, and tells nothing of the old one any more', async () => {
    const { work, run } = createDatasetWork()
    for (const how of ['ends', 'was stopped', 'fails']) {
      const [old, fresh] = [startTask(), startTask()]
      const first = run('reading', old.task)
      const second = run('checking', fresh.task)
      expect(old.watches[0]?.signal.aborted).toBe(true)
      expect(fresh.watches[0]?.signal.aborted).toBe(false)
      old.watches[0]?.onProgress({ done: 5, total: 5 })
      if (how === 'ends') old.end()
      else old.fail(how === 'fails' ? problemError('damaged-record') : abortError())
      expect(await first).toBe(false)
      expect(work.value).toEqual({ kind: 'checking', done: 0, of: 0 })
      fresh.watches[0]?.onProgress({ done: 1, total: 2 })
      expect(work.value).toEqual({ kind: 'checking', done: 1, of: 2 })
      fresh.end()
      expect(await second).toBe(true)
      expect(work.value).toEqual({ kind: 'none' })
    }
  })

  it('says what it failed with, and nothing when it was stopped', async () => {
    const { work, run, stop } = createDatasetWork()
    const failing = startTask()
    const run1 = run('writing', failing.task)
    failing.fail(problemError('disk-full'))
    expect(await run1).toBe(false)
    expect(work.value).toEqual({ kind: 'failed', problem: { code: 'disk-full' } })
    const stopped = startTask()
    const run2 = run('writing', stopped.task)
    stop()
    stopped.fail(abortError())
    expect(await run2).toBe(false)
    expect(work.value).toEqual({ kind: 'none' })
  })
})

describe('the review', () => {
  function startReview() {
    const ends = new Map<string, () => void>()
    const review = createReview({
      itemIds: () => ['one', 'two', 'three'],
      decisions: () => new Map(),
      propose: (itemId) =>
        new Promise<ReviewRow>((resolve) => {
          ends.set(itemId, () => resolve({ itemId, original: itemId, spans: [], redacted: itemId }))
        }),
      decide: () => undefined,
    })
    return { ends, review }
  }

  it('shows the row that was asked for last, whichever is opened first', async () => {
    const { ends, review } = startReview()
    const [first, second] = [review.showRow(0), review.showRow(1)]
    ends.get('two')?.()
    await second
    ends.get('one')?.()
    await first
    expect(review.state.value).toMatchObject({ at: 1, row: { itemId: 'two' } })
  })

  it('holds no words once it is closed, though a row is opened later', async () => {
    const { ends, review } = startReview()
    const opening = review.showRow(0)
    review.close()
    ends.get('one')?.()
    await opening
    expect(review.state.value.row).toBeNull()
  })
})
