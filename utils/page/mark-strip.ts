import type { Mark } from './mark'
import { placeStrip } from './place-mark'
import { plain } from './plain'
import { type Chip, createStrip, type Strip } from './strip'

/** What became of a capture, as the strip tells it. */
export type MarkOutcome = {
  state: 'saved' | 'redrawn' | 'failed'
  sentence: string
  detail: string | null
}

export type MarkStripOptions = {
  layer: HTMLElement
  word: (key: string) => string
  chips: Chip[]
  /** Whether a press counts. */
  isMeant: (press: MouseEvent) => boolean
  /** The mark of this post, put where it belongs now; null when it has none. */
  markOf: (key: string) => Mark | null
  onTypes: (key: string, types: string[]) => void
  onUndo: (key: string) => void
}

/** The strip beside a mark. There is one at most: the next closes the one before. */
export type MarkStrip = {
  open: (key: string, outcome: MarkOutcome) => void
  /** Puts it beside its mark again. */
  place: () => void
  /** Whether it is open, and of the post with this key. */
  isOf: (key: string) => boolean
  pressDigit: (digit: number) => void
  close: () => void
}

/** Gives the strip of a page's marks, closed. */
export function createMarkStrip(options: MarkStripOptions): MarkStrip {
  const { layer, word, chips, isMeant, markOf } = options
  let current: { strip: Strip; key: string } | null = null

  function place(): void {
    if (!current) return
    const mark = markOf(current.key)
    const isSeen = mark !== null && !mark.box.hidden
    placeStrip(current.strip.element, isSeen ? { pill: mark.pill, post: plain(mark.post.element) } : null)
  }

  function open(key: string, { state, sentence, detail }: MarkOutcome): void {
    current?.strip.close()
    const isKept = state !== 'failed'
    const strip = createStrip({
      sentence,
      detail,
      chips: isKept ? chips : [],
      laterLabel: word(isKept ? 'mark.later' : 'mark.close'),
      undoLabel: isKept ? word('mark.undo') : null,
      isMeant,
      onTypes: (types) => options.onTypes(key, types),
      onUndo: () => options.onUndo(key),
      onClose: () => {
        if (current?.strip === strip) current = null
      },
    })
    current = { strip, key }
    const mark = markOf(key)
    if (mark) mark.box.after(strip.element)
    else layer.append(strip.element)
    place()
  }

  return {
    open,
    place,
    isOf: (key) => current?.key === key,
    pressDigit: (digit) => current?.strip.pressDigit(digit),
    close: () => current?.strip.close(),
  }
}
