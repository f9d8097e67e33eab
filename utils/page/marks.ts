import type { MarkState } from './icons'
import { createMark, drawMark, type Mark } from './mark'
import { createMarkMenu, type MarkMenu } from './mark-menu'
import { createMarkStrip, type MarkOutcome } from './mark-strip'
import { addOverlay } from './overlay'
import { openPanel, type Panel, type PanelOptions } from './panel'
import { placeMenu } from './place-mark'
import { createPlacedMarks } from './placed-marks'
import { parentOf, plain } from './plain'
import type { Chip } from './strip'
import { leadTabOrder } from './tab-order'
import type { WatchedPost } from './watch-posts'

/** The words a page needs, by key; the background chooses the language. */
type MarkWords = Record<string, string>

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

/** Where what happens is told to those who do not see it. */
function addSpoken(layer: HTMLElement): HTMLElement {
  const spoken = plain(document).createElement('div')
  spoken.className = 'spoken'
  spoken.setAttribute('role', 'status')
  layer.append(spoken)
  return spoken
}

/** What the menu offers for a post in this state, each with what it does. */
function actsOf(post: WatchedPost, state: MarkState, options: MarkOptions): Record<string, () => void> {
  const seeProfile = options.profileOf(post)
  const isSaved = state === 'saved' || state === 'redrawn'
  return {
    ...(!post.isProfile && { thread: () => options.onPress(post, 'thread') }),
    media: () => options.onPress(post, 'media'),
    ...(seeProfile && { profile: seeProfile }),
    ...(isSaved && { undo: () => options.onUndo(post.key) }),
  }
}

/** Draws and keeps the marks of a page. Nothing of it stays after `remove`. */
export function createMarks(options: MarkOptions): Marks {
  const overlay = addOverlay(options.styles, options.direction, options.language)
  const { layer, host, isMeant } = overlay
  const spoken = addSpoken(layer)
  const states = new Map<string, MarkState>()
  let menu: MarkMenu | null = null

  const word = (key: string, author?: string): string =>
    (options.words[key] ?? key).replace('{author}', author ?? options.words['mark.someone'] ?? '')

  const stateOf = ({ post }: Mark): MarkState => states.get(post.key) ?? 'idle'

  function draw(mark: Mark): void {
    const { handle, name } = mark.post.reading.author
    const state = stateOf(mark)
    drawMark(mark, state, word(`mark.${state}`, handle ?? name ?? undefined))
  }

  const placed = createPlacedMarks({ host, layer, create, draw, onResize: () => strip.place() })

  const strip = createMarkStrip({
    layer,
    word,
    chips: options.chips,
    isMeant,
    markOf: (key) => {
      const mark = placed.ofKey(key)
      if (mark) placed.settle(mark)
      return mark
    },
    onTypes: options.onTypes,
    onUndo: options.onUndo,
  })

  const order = leadTabOrder({
    postAround: (element) => {
      for (let at: Element | null = element; at; at = parentOf(at)) if (placed.ofElement(at)) return at
      return null
    },
    markOf: (post) => {
      const mark = placed.ofElement(post)
      return mark && !mark.box.hidden ? mark.pill : null
    },
  })

  function openMenu(mark: Mark): void {
    menu?.close()
    strip.close()
    const acts = actsOf(mark.post, stateOf(mark), options)
    const created = createMarkMenu({
      label: word('mark.menu'),
      entries: Object.keys(acts).map((id) => ({ id, label: word(`mark.menu.${id}`) })),
      isMeant,
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
    const isStripOfIt = strip.isOf(mark.post.key)
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      openMenu(mark)
    }
    if (/^[1-9]$/.test(event.key) && isStripOfIt) strip.pressDigit(Number(event.key))
    if (event.key === 'Escape') strip.close()
    if (event.key !== 'Tab' || isStripOfIt) return
    if (order.leaveMark(event.shiftKey ? 'back' : 'forward')) event.preventDefault()
  }

  function create(post: WatchedPost): Mark {
    const mark: Mark = createMark(post, {
      onPress: (event) => {
        if (stateOf(mark) === 'saving') return
        if (isMeant(event)) options.onPress(mark.post, 'alone')
        else say(word('mark.covered'))
      },
      onOffer: () => {
        if (stateOf(mark) !== 'saving') openMenu(mark)
      },
      onKey: (event) => onKey(mark, event),
    })
    return mark
  }

  function say(sentence: string): void {
    overlay.show()
    strip.open('', { state: 'failed', sentence, detail: null })
    spoken.textContent = sentence
  }

  function setState(key: string, state: MarkState): void {
    states.set(key, state)
    const mark = placed.ofKey(key)
    if (mark) draw(mark)
  }

  return {
    place: placed.place,
    drop: placed.drop,
    setSaving: (key) => setState(key, 'saving'),
    setIdle: (key) => setState(key, 'idle'),
    setOutcome: (key, outcome) => {
      setState(key, outcome.state)
      spoken.textContent = outcome.sentence
      strip.open(key, outcome)
    },
    setState,
    openPanel: (panel) => openPanel(layer, { ...panel, isMeant }),
    say,
    hide: overlay.hide,
    show: overlay.show,
    isHidden: overlay.isHidden,
    host,
    layer,
    remove: () => {
      menu?.close()
      strip.close()
      placed.stop()
      order.stop()
      overlay.remove()
    },
  }
}
