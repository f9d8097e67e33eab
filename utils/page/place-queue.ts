import { createFrameQueue } from './frame-queue'
import { type Found, type Place, placeMark } from './place-mark'

export type PlaceQueue<Mark> = {
  /** Places the mark within the next frames: anew, or after a scroll where it was unless that has become wrong. */
  add: (mark: Mark, reason: 'changed' | 'moved') => void
  /** Places it now, where it still waits. */
  settle: (mark: Mark) => void
  drop: (mark: Mark) => void
  stop: () => void
}

export type PlaceQueueOptions<Mark> = {
  /** What all marks are drawn in. */
  host: Element
  postOf: (mark: Mark) => Element
  /** Moves the mark there; hides it when there is no place for it. */
  move: (mark: Mark, place: Place) => void
}

/**
 * Places marks, a few milliseconds a frame. Places of many are all looked for before the first is moved: after each
 * change the browser works out the whole page anew for the next question.
 */
export function createPlaceQueue<Mark extends object>({
  host,
  postOf,
  move,
}: PlaceQueueOptions<Mark>): PlaceQueue<Mark> {
  const known = new WeakMap<Mark, Found>()

  function find(mark: Mark): Place {
    const found = placeMark(postOf(mark), host, known.get(mark) ?? null)
    known.set(mark, found)
    return found.place
  }

  const queue = createFrameQueue<Mark>((marks) => {
    const places = new Map<Mark, Place>()
    for (const mark of marks) places.set(mark, find(mark))
    for (const [mark, place] of places) move(mark, place)
  })

  return {
    add: (mark, reason) => {
      if (reason === 'changed') known.delete(mark)
      queue.add(mark)
    },
    settle: (mark) => {
      if (queue.drop(mark)) move(mark, find(mark))
    },
    drop: (mark) => {
      queue.drop(mark)
    },
    stop: queue.stop,
  }
}
