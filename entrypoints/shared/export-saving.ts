import { signal } from '@preact/signals'
import type { SaveState } from '../../components/export/SaveStep'
import { fullFileName } from '../../components/export/steps'
import type { SavedFile } from '../../utils/bundle/save'
import type { Outcome } from '../../utils/model/problem'
import { type SaveOptions, saveBundle } from './save-bundle'

type File = Pick<Extract<SaveState, { kind: 'saved' }>, 'path' | 'name' | 'sha256'>

type ToSave = Omit<SaveOptions, 'signal' | 'onProgress'>

type Save = (options: SaveOptions) => Promise<Outcome<SavedFile>>

/** How far the saving of an export is; one at a time. `save` writes the file. */
export function createExportSaving(save: Save = saveBundle) {
  const state = signal<SaveState | null>(null)
  let running: AbortController | null = null

  /**
   * Saves and tells how far it is. Null when it was stopped or failed, which `state` tells, when it is no more
   * wanted, and while another is under way.
   */
  async function run(what: ToSave): Promise<File | 'cancelled' | null> {
    if (running) return null
    const own = new AbortController()
    running = own
    state.value = { kind: 'saving', done: 0, of: what.itemIds.length }
    const isWanted = () => running === own
    try {
      const saved = await save({
        ...what,
        signal: own.signal,
        onProgress: ({ done, total }) => {
          if (isWanted()) state.value = { kind: 'saving', done, of: total }
        },
      })
      return isWanted() ? finish(saved, fullFileName(what.draft)) : null
    } finally {
      if (isWanted()) running = null
    }
  }

  function finish(saved: Outcome<SavedFile>, name: string): File | 'cancelled' | null {
    if (saved.ok) {
      const file = { ...saved.value, name }
      state.value = { kind: 'saved', ...file }
      return file
    }
    const isCancelled = saved.problem.code === 'cancelled'
    state.value = isCancelled ? null : { kind: 'failed', problem: saved.problem }
    return isCancelled ? 'cancelled' : null
  }

  return {
    state,
    run,
    cancel: () => running?.abort(),
    /** The file of this export, once it is saved. */
    file: (): File | null => {
      if (state.value?.kind !== 'saved') return null
      const { path, name, sha256 } = state.value
      return { path, name, sha256 }
    },
    /** Shows a file that was saved before this page was opened. */
    resume: (file: File) => {
      state.value = { kind: 'saved', ...file }
    },
    /** Stops it for good: nothing of it is told any more. */
    close: () => {
      running?.abort()
      running = null
      state.value = null
    },
  }
}
