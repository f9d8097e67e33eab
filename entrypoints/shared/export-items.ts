import { signal } from '@preact/signals'
import type { OpenedItem } from '../../utils/model/item'
import type { Problem } from '../../utils/model/problem'
import type { CoverView } from './cover-view'
import { readForReport } from './save-bundle'
import type { Session } from './session'

/** `isCovered`: they are the redacted copies as they will leave, no more the whole items. */
export type ExportItems = { items: OpenedItem[]; isCovered: boolean }

/** The items of an export, opened for its report and held until it is left. */
export function createExportItems(session: Session, cover: CoverView) {
  const opened = signal<ExportItems | null>(null)
  const problem = signal<Problem | null>(null)
  let openedFor = ''
  let reading = 0

  /** Opens these items; whole ones that are open already stay, copies are made anew. The newest call counts. */
  async function read(ids: readonly string[], { isCovered }: { isCovered: boolean }): Promise<void> {
    const wanted = `${isCovered} ${ids.join()}`
    if (openedFor === wanted && opened.value && !isCovered) return
    reading += 1
    const mine = reading
    opened.value = null
    openedFor = wanted
    const read = await session.attempt((open) =>
      readForReport(open, ids, isCovered ? cover.redactionOf : null),
    )
    if (mine !== reading) return
    problem.value = session.problem.value
    opened.value = read && { items: read, isCovered }
  }

  function close(): void {
    reading += 1
    opened.value = null
    openedFor = ''
    problem.value = null
  }

  return {
    opened,
    /** Why they could not be opened. */
    problem,
    read,
    close,
    whole: (): OpenedItem[] => (opened.value && !opened.value.isCovered ? opened.value.items : []),
  }
}
