import { signal } from '@preact/signals'
import { listOtherLogs, type OtherLog } from '../../utils/locker/other-logs'
import type { Session } from './session'

/** What a file would tell of other logs; read again for other items. */
export function createOtherLogs(session: Session) {
  const logs = signal<readonly OtherLog[]>([])
  let readFor = ''

  /** What cannot be read here is said by the step that writes the file. */
  async function read(itemIds: readonly string[]): Promise<void> {
    const wanted = itemIds.join()
    const state = session.locker.value
    if (readFor === wanted || state.kind !== 'open') return
    readFor = wanted
    logs.value = []
    const found = await listOtherLogs(state.locker, itemIds)
    if (readFor !== wanted) return
    if (found.ok) logs.value = found.value
    else readFor = ''
  }

  return { logs, read }
}
