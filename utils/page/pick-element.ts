import { parentOf, plain } from './plain'

export type PickOptions = {
  /** Where the frame round the element is drawn. */
  layer: HTMLElement
  /** Our own element, which is never picked. */
  host: Element
  /** Where the choice by keyboard begins. */
  start: Element | null
  onPick: (element: Element) => void
  /** The choosing is over, whatever came of it. */
  onEnd: () => void
}

const stopped = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'touchstart', 'touchend'] as const

function isOurs(element: Element | null, host: Element): boolean {
  return element === null || element === host || element === plain(document).documentElement
}

/**
 * Lets the person choose one element of the page: the pointer frames what lies under it, a click takes it; with the
 * keyboard, up and down widen and narrow, left and right go to the neighbours, Enter takes it, Escape ends. The page
 * hears none of those presses. Gives the function that ends it.
 */
export function pickElement({ layer, host, start, onPick, onEnd }: PickOptions): () => void {
  const frame = plain(document).createElement('div')
  frame.className = 'frame'
  frame.hidden = true
  layer.append(frame)
  let current: Element | null = null
  const narrower: Element[] = []
  let isOver = false

  function show(element: Element): void {
    current = element
    frame.hidden = false
    const { left, top, width, height } = plain(element).getBoundingClientRect()
    frame.style.transform = `translate(${Math.round(left + scrollX)}px, ${Math.round(top + scrollY)}px)`
    frame.style.width = `${Math.round(width)}px`
    frame.style.height = `${Math.round(height)}px`
  }

  function move(to: Element | null | undefined): void {
    if (!to || isOurs(to, host)) return
    show(to)
    plain(to).scrollIntoView({ block: 'nearest', behavior: 'instant' })
  }

  function widen(): void {
    const wider = current && parentOf(current)
    if (!current || isOurs(wider, host)) return
    narrower.push(current)
    move(wider)
  }

  function narrow(): void {
    move(narrower.pop() ?? (current && plain(current).firstElementChild))
  }

  function beside(side: 'nextElementSibling' | 'previousElementSibling'): void {
    narrower.length = 0
    move(current && plain(current)[side])
  }

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
    if (!event.isTrusted) return
    const hit = plain(document).elementFromPoint(event.clientX, event.clientY)
    if (!hit || isOurs(hit, host)) return
    narrower.length = 0
    show(hit)
  }

  function take(event: MouseEvent): void {
    if (hold(event) && event.isTrusted) finish(current)
  }

  const keys: Record<string, () => void> = {
    ArrowUp: widen,
    ArrowDown: narrow,
    ArrowRight: () => beside('nextElementSibling'),
    ArrowLeft: () => beside('previousElementSibling'),
    Enter: () => finish(current),
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
  const { body } = plain(document)
  const isSomewhere = start !== body && !isOurs(start, host)
  move(isSomewhere ? start : (plain(document).querySelector('main') ?? body))
  return stop
}
