import { plain } from './plain'

/*
 * The marks stand in one place at the end of the document, but Tab should reach each beside its post. When Tab
 * leaves a post, its mark comes next; Tab from the mark goes on where the page would have gone.
 */

const focusable =
  'a[href],button,input,select,textarea,summary,[tabindex]:not([tabindex="-1"]),[contenteditable]'

export type TabOrder = {
  /** To be called for Tab pressed on a mark; true when the focus was moved. */
  leaveMark: (direction: 'forward' | 'back') => boolean
  stop: () => void
}

export type TabOrderOptions = {
  /** The innermost marked post around an element of the page. */
  postAround: (element: Element) => Element | null
  /** The button of a post's mark, when it can take the focus now. */
  markOf: (post: Element) => HTMLElement | null
}

/** Starts to lead the focus. `stop` ends it. */
export function leadTabOrder({ postAround, markOf }: TabOrderOptions): TabOrder {
  let pressed: 'forward' | 'back' | null = null
  let before: HTMLElement | null = null
  let after: HTMLElement | null = null

  function noteKey(event: KeyboardEvent): void {
    if (event.isTrusted) pressed = event.key === 'Tab' ? (event.shiftKey ? 'back' : 'forward') : null
  }
  function noteFocus(event: FocusEvent): void {
    const target = event.target as HTMLElement | null
    const from = event.relatedTarget as HTMLElement | null
    if (pressed === null || !event.isTrusted || !(target instanceof Element)) return
    const isForward = pressed === 'forward'
    pressed = null
    const post = isForward ? (from ? postAround(from) : null) : postAround(target)
    const isCrossing = post !== null && !plain(post).contains(isForward ? target : from)
    const mark = post && isCrossing ? markOf(post) : null
    if (!mark) return
    before = isForward ? from : target
    after = isForward ? target : from
    mark.focus({ preventScroll: true })
  }
  plain(document).addEventListener('keydown', noteKey, true)
  plain(document).addEventListener('focusin', noteFocus, true)

  return {
    leaveMark: (direction) => {
      const next = direction === 'forward' ? after : before
      if (!next || !plain(next).isConnected || !plain(next).matches(focusable)) return false
      plain(next).focus()
      return true
    },
    stop: () => {
      plain(document).removeEventListener('keydown', noteKey, true)
      plain(document).removeEventListener('focusin', noteFocus, true)
    },
  }
}
