import { signal } from '@preact/signals'
import type { Watch } from '../../utils/locker/rotate'

/** How far work is that new keys are made for, and the way to give it up. */
export function createProvedWork() {
  const isBusy = signal(false)
  const progress = signal<{ done: number; total: number } | null>(null)
  let abort: AbortController | null = null

  /** Does the work, unless some is being done. */
  async function run(work: (watch: Watch) => Promise<void>): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    progress.value = null
    abort = new AbortController()
    const { signal: stopped } = abort
    try {
      await work({
        signal: stopped,
        onProgress: (next) => {
          progress.value = next
        },
      })
    } finally {
      isBusy.value = false
    }
  }

  return { isBusy, progress, run, stop: () => abort?.abort() }
}
