import { signal } from '@preact/signals'
import type { DatasetWork } from '../../components/dataset/steps'
import { problemOf } from '../../utils/model/problem-error'

type Kind = Extract<DatasetWork, { done: number }>['kind']
/** `signal` is of this work alone: look at it after each wait, before anything is kept. */
export type OwnWatch = {
  signal: AbortSignal
  onProgress: (progress: { done: number; total: number }) => void
}

/** Long work that can be stopped; new work stops what was under way, of which nothing is told any more. */
export function createDatasetWork() {
  const work = signal<DatasetWork>({ kind: 'none' })
  let running = new AbortController()

  /** Does the work; what it fails with is shown. True when it came to its end. */
  async function run(kind: Kind, task: (watch: OwnWatch) => Promise<DatasetWork>): Promise<boolean> {
    running.abort()
    const own = new AbortController()
    running = own
    const tell = (next: DatasetWork): void => {
      if (running === own) work.value = next
    }
    tell({ kind, done: 0, of: 0 })
    try {
      const onProgress: OwnWatch['onProgress'] = ({ done, total }) => tell({ kind, done, of: total })
      tell(await task({ signal: own.signal, onProgress }))
      return running === own
    } catch (error) {
      const problem = problemOf(error)
      if (problem === null) throw error
      tell(problem.code === 'cancelled' ? { kind: 'none' } : { kind: 'failed', problem })
      return false
    }
  }

  return { work, run, stop: () => running.abort() }
}
