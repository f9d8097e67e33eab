import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { readBook } from '../../utils/dataset/book'
import { checkRelease } from '../../utils/dataset/check'
import { firstChoices } from '../../utils/dataset/choices'
import { makePlan } from '../../utils/dataset/plan'
import { newPseudonymKey } from '../../utils/dataset/pseudonyms'
import { prepareRelease } from '../../utils/dataset/release'
import { writeDataset } from '../../utils/dataset/write'
import { inventLocker } from '../support/invented-locker'

/** One export: how long each step took, and the most that was held after a collection, above the start. */
export type DatasetCost = {
  items: number
  released: number
  zipBytes: number
  readMs: number
  checkMs: number
  writeMs: number
  heldBytes: number
}

/** Collects garbage and gives what is left, outside of the heap included. */
function startMeter(): () => number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  return () => {
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
}

/**
 * Exports an invented locker that makes its items anew each time they are opened, with verbatim text, and throws the
 * bytes away: what is held is the pipeline's own.
 */
export async function measureDataset(items: number): Promise<DatasetCost> {
  const held = startMeter()
  const source = inventLocker({
    items,
    accounts: 4_000,
    targets: 12,
    weeks: 12,
    platforms: ['x', 'mastodon', 'youtube', 'reddit'],
  })
  const atStart = held()
  let most = 0
  const look = () => {
    most = Math.max(most, held() - atStart)
  }
  const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
    const began = performance.now()
    const value = await work()
    const ms = performance.now() - began
    look()
    return [value, ms]
  }
  const [book, readMs] = await timed(() => readBook(source, []))
  const choices = { ...firstChoices, purpose: 'Bench', recipient: 'Nobody', tier: 'T2' as const }
  const plan = makePlan(book, choices)
  const key = await newPseudonymKey()
  const [[release, check], checkMs] = await timed(async () => {
    const prepared = await prepareRelease({ plan, book, review: new Map(), source, key })
    return [prepared, await checkRelease(prepared)] as const
  })
  const [zipBytes, writeMs] = await timed(async () => {
    let bytes = 0
    let seen = 0
    const tool = { name: 'Witnessmark', version: '0' }
    for await (const piece of writeDataset({ release, check, tool, madeOn: '2026-11-22' })) {
      bytes += piece.length
      seen += 1
      if (seen % 64 === 0) look()
    }
    return bytes
  })
  return { items, released: plan.counts.released, zipBytes, readMs, checkMs, writeMs, heldBytes: most }
}
