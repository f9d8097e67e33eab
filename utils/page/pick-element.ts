import { parentOf, plain } from './plain'

export type PickOptions = {
  /** Where the frame round the element is drawn. */
  layer: HTMLElement
  /** Our own element, which is never picked. */
  host: Element
  /** What has the focus now. */
  start: Element | null
  onPick: (element: Element) => void
  /** The choosing is over, whatever came of it. */
  onEnd: () => void
}

const stopped = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'touchstart', 'touchend'] as const

function isOurs(element: Element | null, host: Element): boolean {
  return element === null || element === host || element === plain(document).documentElement
}

/** The frame round the element that would be taken. */
function addFrame(layer: HTMLElement) {
  const frame = plain(document).createElement('div')
  frame.className = 'frame'
  frame.hidden = true
  layer.append(frame)
  return {
    putRound: (element: Element): void => {
      frame.hidden = false
      const { left, top, width, height } = plain(element).getBoundingClientRect()
      frame.style.transform = `translate(${Math.round(left + scrollX)}px, ${Math.round(top + scrollY)}px)`
      frame.style.width = `${Math.round(width)}px`
      frame.style.height = `${Math.round(height)}px`
    },
    remove: (): void => frame.remove(),
  }
}

/** Goes from element to element, also back into the one it came out of. `onArrive` is told of each. */
function startWalk(host: Element, onArrive: (element: Element) => void) {
  let current: Element | null = null
  const narrower: Element[] = []

  function arrive(element: Element): void {
    current = element
    onArrive(element)
  }

  function move(to: Element | null | undefined): void {
    if (!to || isOurs(to, host)) return
    arrive(to)
    plain(to).scrollIntoView({ block: 'nearest', behavior: 'instant' })
  }

  return {
    current: (): Element | null => current,
    move,
    /** To what lies under the pointer, which needs not be brought into view. */
    point: (to: Element | null): void => {
      if (!to || isOurs(to, host)) return
      narrower.length = 0
      arrive(to)
    },
    widen: (): void => {
      const wider = current && parentOf(current)
      if (!current || isOurs(wider, host)) return
      narrower.push(current)
      move(wider)
    },
    narrow: (): void => move(narrower.pop() ?? (current && plain(current).firstElementChild)),
    beside: (side: 'nextElementSibling' | 'previousElementSibling'): void => {
      narrower.length = 0
      move(current && plain(current)[side])
    },
  }
}

/** Where the choice by keyboard begins: on what has the focus, else on the page's own matter. */
function startOf(focused: Element | null, host: Element): Element | null {
  const { body } = plain(document)
  const isSomewhere = focused !== body && !isOurs(focused, host)
  return isSomewhere ? focused : (plain(document).querySelector('main') ?? body)
}

/**
 * Lets the person choose one element of the page: the pointer frames what lies under it, a click takes it; with the
 * keyboard, up and down widen and narrow, left and right go to the neighbours, Enter takes it, Escape ends. The page
 * hears none of those presses. Gives the function that ends it.
 */
export function pickElement({ layer, host, start, onPick, onEnd }: PickOptions): () => void {
  const frame = addFrame(layer)
  const walk = startWalk(host, frame.putRound)
  let isOver = false

  function stop(): void {
    if (isOver) return
    isOver = true
    frame.remove()
    removeEventListener('pointermove', point, true)
    removeEventListener('click', take, true)
    removeEventListener('keydown', press, true)
    for (const name of stopped) removeEventListener(name, hold, true)
    onEnd()
  }

  function finish(element: Element | null): void {
    stop()
    if (element) onPick(element)
  }

  /** Our own controls go on working: from outside, their events come from the host. */
  function hold(event: Event): boolean {
    if (event.target === host) return false
    event.preventDefault()
    event.stopImmediatePropagation()
    return true
  }

  function point(event: PointerEvent): void {
    if (event.isTrusted) walk.point(plain(document).elementFromPoint(event.clientX, event.clientY))
  }

  function take(event: MouseEvent): void {
    if (hold(event) && event.isTrusted) finish(walk.current())
  }

  const keys: Record<string, () => void> = {
    ArrowUp: walk.widen,
    ArrowDown: walk.narrow,
    ArrowRight: () => walk.beside('nextElementSibling'),
    ArrowLeft: () => walk.beside('previousElementSibling'),
    Enter: () => finish(walk.current()),
    Escape: () => finish(null),
  }

  function press(event: KeyboardEvent): void {
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined
    if (!act || !event.isTrusted) return
    if (hold(event) || event.key === 'Escape') act()
  }

  addEventListener('pointermove', point, true)
  addEventListener('click', take, true)
  addEventListener('keydown', press, true)
  for (const name of stopped) addEventListener(name, hold, { capture: true, passive: false })
  walk.move(startOf(start, host))
  return stop
}
