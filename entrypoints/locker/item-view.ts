import { signal } from '@preact/signals'
import { openItem } from '../../utils/locker/items'
import type { Assessment, OpenedItem, Part } from '../../utils/model/item'
import { later } from '../shared/later'
import { newAssessment } from '../shared/new-records'
import type { Session } from '../shared/session'

const typingPauseMs = 500

/** The picture of the post: assembled if there is one, else the page around it. */
function findPicture(parts: readonly Part[]): Part | null {
  const byRole = (role: Part['record']['role']) => parts.find((part) => part.record.role === role)
  return byRole('screenshot') ?? byRole('tile') ?? byRole('page') ?? null
}

/** One opened item: its facts, and its picture and words only while they are asked for. */
export function createItemView(session: Session) {
  const opened = signal<OpenedItem | null>(null)
  const assessment = signal<Assessment | null>(null)
  const picture = signal<string | null>(null)
  const areWordsShown = signal(false)
  let change: Partial<Assessment> = {}

  function hidePicture(): void {
    if (picture.value) URL.revokeObjectURL(picture.value)
    picture.value = null
  }

  async function keepChange(itemId: string): Promise<void> {
    const patch = change
    change = {}
    await session.assess(itemId, patch)
  }

  const keepSoon = later(typingPauseMs, (itemId: string) => void keepChange(itemId))

  /** Shows a change at once and adds an assessment when the typing pauses. */
  function assess(patch: Partial<Assessment>): void {
    const itemId = opened.value?.item.id
    if (!itemId) return
    change = { ...change, ...patch }
    assessment.value = newAssessment({ itemId, before: assessment.value, patch })
    keepSoon.call(itemId)
  }

  async function open(id: string): Promise<boolean> {
    const found = await session.attempt((locker) => openItem(locker, id))
    if (!found) return false
    opened.value = found
    assessment.value = found.assessment
    return true
  }

  function close(): void {
    keepSoon.flush()
    hidePicture()
    opened.value = null
    areWordsShown.value = false
  }

  function togglePicture(): void {
    const isShown = picture.value !== null
    hidePicture()
    const part = opened.value && findPicture(opened.value.parts)
    if (isShown || !part) return
    picture.value = URL.createObjectURL(new Blob([part.bytes], { type: part.record.mediaType }))
  }

  window.addEventListener('pagehide', () => keepSoon.flush())

  return {
    opened,
    assessment,
    picture,
    areWordsShown,
    assess,
    open,
    close,
    togglePicture,
    hasPicture: () => opened.value !== null && findPicture(opened.value.parts) !== null,
    toggleWords: () => {
      areWordsShown.value = !areWordsShown.value
    },
  }
}
