import type { Signal } from '@preact/signals'
import type { ExportView } from '../shared/export-view'
import type { Session } from '../shared/session'
import type { Screen } from './screens'

type Route = {
  session: Session
  exporting: ExportView
  screen: Signal<Screen>
  go: (next: Screen) => Promise<void>
}

/** The way into an export and out of it, within the locker page. */
export function createExportRoute({ session, exporting, screen, go }: Route) {
  /** Pressed twice, the export itself is what one would come from. */
  const here = (): Screen => (screen.value.kind === 'export' ? screen.value.from : screen.value)

  async function startExport(from: { caseId: string | null; itemIds: readonly string[] }): Promise<void> {
    session.saveNow()
    await exporting.start('page', from)
    await go({ kind: 'export', from: here() })
  }

  const pauseExport = (): Promise<void> => go(screen.value.kind === 'export' ? here() : { kind: 'items' })

  async function finishExport(): Promise<void> {
    await pauseExport()
    exporting.leave()
  }

  async function goOnExporting(): Promise<void> {
    await exporting.goOn()
    await go({ kind: 'export', from: here() })
  }

  /** Shows the export that was left open here, unless it was put aside. */
  async function resumeExport(): Promise<void> {
    const isThere = await exporting.resume('page')
    if (isThere && !exporting.draft.value?.isPaused)
      screen.value = { kind: 'export', from: { kind: 'items' } }
  }

  return { startExport, pauseExport, finishExport, goOnExporting, resumeExport }
}
