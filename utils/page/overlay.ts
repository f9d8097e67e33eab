import { isInSight } from './in-sight'
import { plain } from './plain'

/** What all marks are drawn in: one element beside the page's own, with a closed shadow root. */
export type Overlay = {
  /** Where everything is drawn; inside the shadow root. */
  layer: HTMLElement
  host: HTMLElement
  /** Whether the person pressed it, and could see what she pressed. */
  isMeant: (press: MouseEvent) => boolean
  hide: () => void
  show: () => void
  isHidden: () => boolean
  remove: () => void
}

const hostStyle = [
  ['all', 'initial'],
  ['position', 'absolute'],
  ['top', '0'],
  ['left', '0'],
  ['width', '0'],
  ['height', '0'],
  ['z-index', '2147483647'],
] as const

const hiddenStyle = [
  ['opacity', '0'],
  ['pointer-events', 'none'],
] as const

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

/** The page reaches the host's custom properties from outside; the layer within belongs to us alone. */
function toLayer(css: string): string {
  return css.replace(/:host\(((?:[^()]|\([^()]*\))*)\)/g, '.layer$1').replaceAll(':host', '.layer')
}

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
  const root = host.attachShadow({ mode: 'closed' })
  addStyles(root, toLayer(css))
  const layer = plain(document).createElement('div')
  layer.className = 'layer'
  layer.dataset.page = pageTone()
  // Not on the host: the page has no need to know which language the person reads.
  layer.dir = direction
  layer.lang = language
  root.append(layer)

  let own: string | null = null
  function dress(look: 'shown' | 'hidden'): void {
    // Not as an attribute: the page's policy may forbid those.
    host.style.cssText = ''
    // Not by `visibility`: that would take the focus from the mark that was just pressed.
    const hiding = look === 'hidden' ? hiddenStyle : []
    for (const [name, value] of [...hostStyle, ...hiding]) host.style.setProperty(name, value, 'important')
    own = host.getAttribute('style')
  }

  /** As we left it, in place and last, whatever the page did to it. */
  function settle(): void {
    if (host.getAttribute('style') !== own) dress('shown')
    const page = plain(plain(document).documentElement)
    if (page.lastElementChild !== host) page.append(host)
  }

  for (const name of keptEvents) host.addEventListener(name, (event) => event.stopPropagation())
  // Before the press, so that what other extensions add does not stand in its way.
  layer.addEventListener('pointerover', settle)
  dress('shown')
  settle()
  return {
    layer,
    host,
    isMeant: (press) => press.isTrusted && isInSight(host, press),
    hide: () => dress('hidden'),
    show: () => {
      dress('shown')
      settle()
    },
    // The page may have changed it as well.
    isHidden: () => getComputedStyle(host).opacity === '0',
    remove: () => host.remove(),
  }
}
