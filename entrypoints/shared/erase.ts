import { type Signal, signal } from '@preact/signals'
import { wipeLocker } from '../../utils/locker/delete'
import type { Problem } from '../../utils/model/problem'
import { noteErased } from './erased'
import type { LockerView } from './locker-view'

/** Erasing everything from this page. `forget` drops what the page holds and what waits to be saved. */
export function createErasing(locker: Signal<LockerView>, forget: () => void) {
  const erasing = signal<{ problem: Problem | null } | null>(null)

  /** Erases everything. Afterwards this page is a new one that says so; with a problem, `erasing` has it. */
  async function eraseEverything(): Promise<void> {
    const isDropBox = locker.value.kind === 'drop-box'
    erasing.value = { problem: null }
    forget()
    // Nothing that waits to be saved may be written after it.
    locker.value = { kind: 'none' }
    const outcome = await wipeLocker()
    if (!outcome.ok) {
      erasing.value = { problem: outcome.problem }
      return
    }
    const how = outcome.value.isErased ? 'overwritten' : 'removed'
    await noteErased(isDropBox ? 'drop-box' : how)
    location.replace(location.href)
  }

  return { erasing, eraseEverything }
}
