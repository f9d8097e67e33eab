import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { type CaptureSource, type Corroborating, findingCorroboration } from '../../utils/model/corroboration'
import type { ItemSummary } from '../../utils/model/item'
import { inSlices } from '../../utils/model/slices'
import type { Session } from '../shared/session'
import { readSources } from '../shared/sources'

type Sources = ReadonlyMap<string, CaptureSource>
type Corroborated = ReadonlyMap<string, readonly Corroborating<ItemSummary>[]>

/**
 * Where items came from, read again when there are more or fewer; and which of them another locker captured, too, a
 * moment later.
 */
export function followSources(session: Session): {
  sources: ReadonlySignal<Sources>
  corroborated: ReadonlySignal<Corroborated>
} {
  const sources = signal<Sources>(new Map())
  const corroborated = signal<Corroborated>(new Map())
  let known = 0

  async function read(count: number): Promise<void> {
    if (session.locker.value.kind !== 'open' || count === known) return
    known = count
    sources.value = await readSources(session.locker.value.locker)
  }

  async function compare(items: readonly ItemSummary[], from: Sources, stop: AbortController): Promise<void> {
    const found = await inSlices(findingCorroboration(items, from), stop)
    // Nearly always nothing: what shows it need not be drawn again.
    if (found && (found.size > 0 || corroborated.value.size > 0)) corroborated.value = found
  }

  effect(() => void read(session.contents.value.items.length))
  effect(() => {
    const stop = new AbortController()
    void compare(session.contents.value.items, sources.value, stop)
    return () => stop.abort()
  })
  return { sources, corroborated }
}
