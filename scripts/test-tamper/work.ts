import { largeBundle, smallBundle, tryChange, tryFlip, withFiles } from '../../tests/support/tamper'

/** Every `step`-th number from `first` below `end` is this worker's. */
export type Job = { part: 'flips' | 'random'; first: number; step: number; end: number }
/** How many were done since the last message, by kind, and what was not reported as it must be. */
export type Note = { done: Record<string, number>; missed: string[] }

const noteEvery = 250

/** Does one worker's share and tells how it goes. */
export async function work(job: Job, tell: (note: Note) => void): Promise<void> {
  const { bundle, files } = await withFiles(job.part === 'flips' ? smallBundle() : largeBundle())
  let note: Note = { done: {}, missed: [] }
  let count = 0
  for (let number = job.first; number < job.end; number += job.step) {
    const { kind, isMissed } = await tryOne(number)
    note.done[kind] = (note.done[kind] ?? 0) + 1
    if (isMissed !== null) note.missed.push(isMissed)
    if (++count % noteEvery !== 0) continue
    tell(note)
    note = { done: {}, missed: [] }
  }
  tell(note)

  async function tryOne(number: number): Promise<{ kind: string; isMissed: string | null }> {
    if (job.part === 'random') return tryChange(bundle, files, number)
    const { isInContent, isMissed } = await tryFlip(bundle, files, number)
    return { kind: isInContent ? 'in files' : 'in headers', isMissed }
  }
}
