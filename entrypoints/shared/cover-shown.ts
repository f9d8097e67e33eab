import { signal } from '@preact/signals'
import { openItem } from '../../utils/locker/items'
import type { Session } from './session'

const keyOf = (itemId: string, name: string) => `${itemId} ${name}`

/** Which pictures and words are shown while one covers things; nothing until it is asked for. */
export function createShown(session: Session) {
  const pictures = signal<ReadonlyMap<string, string>>(new Map())
  const readable = signal<ReadonlySet<string>>(new Set())
  const opening = new Set<string>()
  let round = 0

  function hide(key: string): void {
    URL.revokeObjectURL(pictures.value.get(key) ?? '')
    pictures.value = new Map([...pictures.value].filter(([one]) => one !== key))
  }

  async function show(itemId: string, name: string): Promise<void> {
    const mine = round
    const opened = await session.attempt((open) => openItem(open, itemId))
    const part = opened?.parts.find(({ record }) => record.name === name)
    // It may have been left meanwhile: then the picture would stand there unasked the next time.
    if (!part || mine !== round) return
    const url = URL.createObjectURL(new Blob([part.bytes], { type: part.record.mediaType }))
    pictures.value = new Map([...pictures.value, [keyOf(itemId, name), url]])
  }

  return {
    /** The address of a picture that is shown; null when it is not. */
    pictureOf: (itemId: string, name: string): string | null =>
      pictures.value.get(keyOf(itemId, name)) ?? null,
    areWordsShown: (itemId: string): boolean => readable.value.has(itemId),
    togglePicture: async (itemId: string, name: string): Promise<void> => {
      const key = keyOf(itemId, name)
      if (pictures.value.has(key)) return hide(key)
      if (opening.has(key)) return
      opening.add(key)
      await show(itemId, name)
      opening.delete(key)
    },
    toggleWords: (itemId: string): void => {
      const next = new Set(readable.value)
      if (!next.delete(itemId)) next.add(itemId)
      readable.value = next
    },
    close: (): void => {
      round += 1
      for (const key of pictures.value.keys()) hide(key)
      readable.value = new Set()
    },
  }
}
