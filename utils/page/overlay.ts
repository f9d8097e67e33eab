import { plain } from './plain'

/** What all marks are drawn in: one element beside the page's own, with a closed shadow root. */
export type Overlay = {
  root: ShadowRoot
  host: HTMLElement
  hide: () => void
  show: () => void
  remove: () => void
}

/** Events of our own controls that the page must not act on: a click on a mark is no click on the post. */
const keptEvents = [
  'click',
  'dblclick',
  'auxclick',
  'contextmenu',
  'mousedown',
  'mouseup',
  'pointerdown',
  'pointerup',
  'touchstart',
  'touchend',
  'keydown',
  'keyup',
  'keypress',
  'focusin',
  'focusout',
] // prettier-ignore

function addStyles(root: ShadowRoot, css: string): void {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [sheet]
  } catch {
    // Firefox refuses constructed sheets across its content script boundary.
    const style = plain(document).createElement('style')
    style.textContent = css
    root.append(style)
  }
}

/** How light a colour is, 0 to 1; null when it is transparent. */
function lightness(color: string): number | null {
  const parts = color.match(/[\d.]+/g)?.map(Number)
  if (!parts || parts.length < 3 || parts[3] === 0) return null
  const [r = 0, g = 0, b = 0] = parts
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255
}

/** Whether the page itself is light or dark, whatever the system prefers. */
function pageTone(): 'light' | 'dark' {
  const grounds = [plain(document).body, plain(document).documentElement].map((element) =>
    element ? lightness(getComputedStyle(element).backgroundColor) : null,
  )
  const ground = grounds.find((value) => value !== null)
  return ground !== undefined && ground !== null && ground < 0.5 ? 'dark' : 'light'
}

/**
 * Adds the overlay to the page. It never moves the page's layout, and the page's styles do not reach into it.
 * `remove` leaves nothing behind.
 */
export function addOverlay(css: string, direction: 'ltr' | 'rtl', language: string): Overlay {
  const host = plain(document).createElement('div')
  for (const [name, value] of [
    ['all', 'initial'],
    ['position', 'absolute'],
    ['top', '0'],
    ['left', '0'],
    ['width', '0'],
    ['height', '0'],
    ['z-index', '2147483646'],
  ] as const)
    host.style.setProperty(name, value, 'important')
  host.dataset.page = pageTone()
  host.dir = direction
  host.lang = language
  const root = host.attachShadow({ mode: 'closed' })
  addStyles(root, css)
  for (const name of keptEvents) host.addEventListener(name, (event) => event.stopPropagation())
  plain(document).documentElement.append(host)
  return {
    root,
    host,
    // Not by `visibility`: that would take the focus from the mark that was just pressed.
    hide: () => {
      host.style.setProperty('opacity', '0', 'important')
      host.style.setProperty('pointer-events', 'none', 'important')
    },
    show: () => {
      host.style.removeProperty('opacity')
      host.style.removeProperty('pointer-events')
    },
    remove: () => host.remove(),
  }
}
