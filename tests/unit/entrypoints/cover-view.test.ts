import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createCoverView } from '../../../entrypoints/shared/cover-view'
import type { Session } from '../../../entrypoints/shared/session'
import type { OpenLocker } from '../../../utils/locker/keyring'
import type { OpenedItem } from '../../../utils/model/item'
import type { Outcome } from '../../../utils/model/problem'
import { capture, makeLocker, startFresh } from '../locker/locker-under-test'

let session: Session
let opened: OpenedItem
beforeEach(async () => {
  await startFresh()
  const open = await makeLocker()
  opened = await capture()
  session = {
    attempt: async <T>(work: (locker: OpenLocker) => Promise<Outcome<T>>) => {
      const outcome = await work(open)
      return outcome.ok ? outcome.value : null
    },
  } as unknown as Session
})

const picture = () => opened.item.parts.find(({ mediaType }) => mediaType === 'image/png')?.name ?? ''
const shownIn = (cover: ReturnType<typeof createCoverView>) =>
  cover.describe(opened).pictures.flatMap(({ url }) => url ?? [])

describe('covering', () => {
  it('shows no picture unasked: not one that was opened after it was left', async () => {
    const cover = createCoverView(session)
    await cover.load([opened.item.id])
    const showing = cover.togglePicture(opened.item.id, picture())
    cover.close()
    await showing
    expect(shownIn(cover)).toEqual([])
    await cover.togglePicture(opened.item.id, picture())
    expect(shownIn(cover)).toHaveLength(1)
  })

  it('shows a picture once that is pressed for twice, and hides it with one press', async () => {
    const made = vi.spyOn(URL, 'createObjectURL')
    const cover = createCoverView(session)
    await Promise.all([
      cover.togglePicture(opened.item.id, picture()),
      cover.togglePicture(opened.item.id, picture()),
    ])
    expect(made).toHaveBeenCalledTimes(1)
    await cover.togglePicture(opened.item.id, picture())
    expect(shownIn(cover)).toEqual([])
  })

  it('knows nothing of an export that was left while it was read, and all that was covered when it is read again', async () => {
    const cover = createCoverView(session)
    const { id } = opened.item
    const reading = cover.load([id])
    cover.close()
    await reading
    expect(cover.fits([id])).toBe(false)
    await cover.load([id])
    cover.addWord('Nadira')
    await cover.load([id])
    expect(cover.words.value).toEqual(['Nadira'])
  })
})
