import { drawIcon, type MarkState } from './icons'
import { createMarkMenu, type MarkMenu } from './mark-menu'
import { createPill } from './mark-pill'
import { addOverlay } from './overlay'
import { openPanel, type Panel, type PanelOptions } from './panel'
import { placeMenu, placeStrip } from './place-mark'
import { createPlaceQueue } from './place-queue'
import { parentOf, plain } from './plain'
import { type Chip, createStrip, type Strip } from './strip'
import { leadTabOrder } from './tab-order'
import type { WatchedPost } from './watch-posts'

/** The words a page needs, by key; the background chooses the language. */
type MarkWords = Record<string, string>

/** What became of a capture, as the strip tells it. */
type MarkOutcome = { state: 'saved' | 'redrawn' | 'failed'; sentence: string; detail: string | null }

/** What is captured besides the post itself. */
export type PressWay = 'alone' | 'thread' | 'media'

export type MarkOptions = {
  styles: string
  words: MarkWords
  direction: 'ltr' | 'rtl'
  language: string
  chips: Chip[]
  onPress: (post: WatchedPost, way: PressWay) => void
  /** The person wants to see the account's profile; null where the post names none on this site. */
  profileOf: (post: WatchedPost) => (() => void) | null
  onTypes: (key: string, types: string[]) => void
  onUndo: (key: string) => void
}

export type Marks = {
  /** Gives the post a mark, or moves it; a post whose key is marked elsewhere in the page gets none. */
  place: (post: WatchedPost) => void
  drop: (element: Element) => void
  setSaving: (key: string) => void
  /** Back to the beginning, after a capture was taken back. */
  setIdle: (key: string) => void
  setOutcome: (key: string, outcome: MarkOutcome) => void
  /** The state alone, where a strip for each of many would be noise. */
  setState: (key: string, state: MarkOutcome['state']) => void
  /** Tells how work on many posts goes on. */
  openPanel: (options: Omit<PanelOptions, 'isMeant'>) => Panel
  /** Says something that belongs to no post: a capture of the page, or of what was not found. */
  say: (sentence: string) => void
  hide: () => void
  show: () => void
  /** Whether nothing of ours is drawn now. */
  isHidden: () => boolean
  host: HTMLElement
  layer: HTMLElement
  remove: () => void
}

type Mark = { post: WatchedPost; box: HTMLElement; pill: HTMLButtonElement }

const placePauseMs = 80

/** Draws and keeps the marks of a page. Nothing of it stays after `remove`. */
export function createMarks(options: MarkOptions): Marks {
  const overlay = addOverlay(options.styles, options.direction, options.language)
  const spoken = plain(document).createElement('div')
  spoken.className = 'spoken'
  spoken.setAttribute('role', 'status')
  overlay.layer.append(spoken)
  const byElement = new Map<Element, Mark>()
  const byKey = new Map<string, Mark>()
  const states = new Map<string, MarkState>()
  let strip: { strip: Strip; key: string } | null = null
  let menu: MarkMenu | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const word = (key: string, author?: string): string =>
    (options.words[key] ?? key).replace('{author}', author ?? options.words['mark.someone'] ?? '')

  const order = leadTabOrder({
    postAround: (element) => {
      for (let at: Element | null = element; at; at = parentOf(at)) if (byElement.has(at)) return at
      return null
    },
    markOf: (post) => {
      const mark = byElement.get(post)
      return mark && !mark.box.hidden ? mark.pill : null
    },
  })

  function draw(mark: Mark): void {
    const state = states.get(mark.post.key) ?? 'idle'
    const { handle, name } = mark.post.reading.author
    const label = word(`mark.${state}`, handle ?? name ?? undefined)
    if (mark.pill.dataset.state === state && mark.pill.getAttribute('aria-label') === label) return
    mark.pill.dataset.state = state
    mark.pill.setAttribute('aria-label', label)
    mark.pill.title = label
    mark.pill.replaceChildren(drawIcon(state))
  }

  const places = createPlaceQueue<Mark>({
    host: overlay.host,
    postOf: ({ post }) => post.element,
    move: ({ box }, place) => {
      box.hidden = place === null
      if (place) box.style.transform = `translate(${Math.round(place.left)}px, ${Math.round(place.top)}px)`
    },
  })

  function putAll(): void {
    timer = undefined
    for (const mark of byElement.values()) places.add(mark, 'moved')
  }
  function putSoon(): void {
    timer ??= setTimeout(putAll, placePauseMs)
  }

  function isSaved(mark: Mark): boolean {
    const state = states.get(mark.post.key)
    return state === 'saved' || state === 'redrawn'
  }

  /** What the menu offers for this post, each with what it does. */
  function actsOf(mark: Mark): Record<string, () => void> {
    const { post } = mark
    const seeProfile = options.profileOf(post)
    return {
      ...(!post.isProfile && { thread: () => options.onPress(post, 'thread') }),
      media: () => options.onPress(post, 'media'),
      ...(seeProfile && { profile: seeProfile }),
      ...(isSaved(mark) && { undo: () => options.onUndo(post.key) }),
    }
  }

  function openMenu(mark: Mark): void {
    menu?.close()
    strip?.strip.close()
    const acts = actsOf(mark)
    const created = createMarkMenu({
      label: word('mark.menu'),
      entries: Object.keys(acts).map((id) => ({ id, label: word(`mark.menu.${id}`) })),
      isMeant: overlay.isMeant,
      onChoose: (id) => acts[id]?.(),
      onClose: (way) => {
        if (menu === created) menu = null
        if (way === 'back') mark.pill.focus()
      },
    })
    menu = created
    mark.box.after(created.element)
    placeMenu(created.element, mark.pill.getBoundingClientRect())
    created.open()
  }

  function onKey(mark: Mark, event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      openMenu(mark)
    }
    if (/^[1-9]$/.test(event.key) && strip?.key === mark.post.key) strip.strip.pressDigit(Number(event.key))
    if (event.key === 'Escape' && strip) strip.strip.close()
    if (event.key !== 'Tab' || strip?.key === mark.post.key) return
    if (order.leaveMark(event.shiftKey ? 'back' : 'forward')) event.preventDefault()
  }

  function create(post: WatchedPost): Mark {
    const box = plain(document).createElement('div')
    box.className = 'mark'
    box.hidden = true
    const pill = createPill({
      onPress: (event) => {
        if (states.get(mark.post.key) === 'saving') return
        if (overlay.isMeant(event)) options.onPress(mark.post, 'alone')
        else say(word('mark.covered'))
      },
      onOffer: () => {
        if (states.get(mark.post.key) !== 'saving') openMenu(mark)
      },
      onKey: (event) => onKey(mark, event),
    })
    box.append(pill)
    const mark: Mark = { post, box, pill }
    return mark
  }

  function drop(element: Element): void {
    const mark = byElement.get(element)
    if (!mark) return
    byElement.delete(element)
    places.drop(mark)
    if (byKey.get(mark.post.key) === mark) byKey.delete(mark.post.key)
    mark.box.remove()
  }

  function place(post: WatchedPost): void {
    const other = byKey.get(post.key)
    if (other && other.post.element !== post.element) {
      places.settle(other)
      if (plain(other.post.element).isConnected && !other.box.hidden) return
      drop(other.post.element)
    }
    const existing = byElement.get(post.element)
    const mark = existing ?? create(post)
    if (existing && byKey.get(existing.post.key) === existing) byKey.delete(existing.post.key)
    mark.post = post
    byElement.set(post.element, mark)
    byKey.set(post.key, mark)
    draw(mark)
    if (!existing) overlay.layer.append(mark.box)
    resizes.observe(post.element)
    places.add(mark, 'changed')
  }

  function openStrip(key: string, outcome: MarkOutcome): void {
    strip?.strip.close()
    const isKept = outcome.state !== 'failed'
    const created = createStrip({
      sentence: outcome.sentence,
      detail: outcome.detail,
      chips: isKept ? options.chips : [],
      laterLabel: word(isKept ? 'mark.later' : 'mark.close'),
      undoLabel: isKept ? word('mark.undo') : null,
      isMeant: overlay.isMeant,
      onTypes: (types) => options.onTypes(key, types),
      onUndo: () => options.onUndo(key),
      onClose: () => {
        if (strip?.strip === created) strip = null
      },
    })
    strip = { strip: created, key }
    const mark = byKey.get(key)
    if (mark) mark.box.after(created.element)
    else overlay.layer.append(created.element)
    putStrip()
  }

  function putStrip(): void {
    if (!strip) return
    const mark = byKey.get(strip.key)
    if (mark) places.settle(mark)
    const isSeen = mark !== undefined && !mark.box.hidden
    placeStrip(strip.strip.element, isSeen ? { pill: mark.pill, post: plain(mark.post.element) } : null)
  }

  function say(sentence: string): void {
    overlay.show()
    openStrip('', { state: 'failed', sentence, detail: null })
    spoken.textContent = sentence
  }

  const resizes = new ResizeObserver(putSoon)
  for (const element of [plain(document).documentElement, plain(document).body])
    if (element) resizes.observe(element)
  plain(document).addEventListener('scroll', putSoon, { capture: true, passive: true })
  addEventListener('resize', putSoon)
  addEventListener('resize', putStrip)

  const setState = (key: string, state: MarkState): void => {
    states.set(key, state)
    const mark = byKey.get(key)
    if (mark) draw(mark)
  }

  return {
    place,
    drop: (element) => {
      resizes.unobserve(element)
      drop(element)
    },
    setSaving: (key) => setState(key, 'saving'),
    setIdle: (key) => setState(key, 'idle'),
    setOutcome: (key, outcome) => {
      setState(key, outcome.state)
      spoken.textContent = outcome.sentence
      openStrip(key, outcome)
    },
    setState,
    openPanel: (panel) => openPanel(overlay.layer, { ...panel, isMeant: overlay.isMeant }),
    say,
    hide: overlay.hide,
    show: overlay.show,
    isHidden: overlay.isHidden,
    host: overlay.host,
    layer: overlay.layer,
    remove: () => {
      menu?.close()
      strip?.strip.close()
      clearTimeout(timer)
      places.stop()
      resizes.disconnect()
      plain(document).removeEventListener('scroll', putSoon, { capture: true })
      removeEventListener('resize', putSoon)
      removeEventListener('resize', putStrip)
      order.stop()
      overlay.remove()
    },
  }
}
