import { plain } from './plain'

/*
 * A page of posts may stand in a frame of the same origin: a live chat beside a video. What is measured in it begins
 * at the frame's corner, and pictures are of the window. Here the one is told from the other. In a page without a
 * frame around it nothing changes.
 */

/** A rectangle in CSS pixels of the window. */
export type Rect = { x: number; y: number; width: number; height: number }
/** The part of the window that no fixed header or footer covers, in CSS pixels from its top. */
export type Band = { top: number; bottom: number }

/** One frame, with the window of the page in which it stands. */
type Level = { frame: Element; around: Window }

/** Where the frame's own corner stands in the window, how large its pixels are there, and which part of it shows. */
type Placing = { x: number; y: number; scaleX: number; scaleY: number; shown: Rect }

/** What nothing shows of, and no picture can be cut from. */
const nowhere: Rect = { x: -1, y: -1, width: 0, height: 0 }

/** Whether our page stands in a frame of another one. */
export function isInFrame(): boolean {
  return window.parent !== window
}

/** The frames around us, from the inside out. Null when one of the pages around is of another origin. */
function levels(): Level[] | null {
  const found: Level[] = []
  for (let own: Window = window; own.parent !== own; own = own.parent) {
    const frame = own.frameElement
    if (!frame) return null
    found.push({ frame, around: own.parent })
  }
  return found
}

/** The window that the person sees: the outermost one; our own where that is of another origin. */
export function seenWindow(): Window {
  return levels()?.at(-1)?.around ?? window
}

/** The address in the browser's bar, as far as it can be known. */
export function seenAddress(): string {
  return seenWindow().location.href.slice(0, 8_000)
}

function overlap(one: Rect, other: Rect): Rect {
  const x = Math.max(one.x, other.x)
  const y = Math.max(one.y, other.y)
  const width = Math.min(one.x + one.width, other.x + other.width) - x
  const height = Math.min(one.y + one.height, other.y + other.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : nowhere
}

function put(
  { x, y, width, height }: Rect,
  { x: left, y: top, scaleX, scaleY }: Omit<Placing, 'shown'>,
): Rect {
  return { x: left + x * scaleX, y: top + y * scaleY, width: width * scaleX, height: height * scaleY }
}

const sides = ['Left', 'Top', 'Right', 'Bottom'] as const

/** How far the page of a frame begins within the frame's own edge: its border, which zoom makes broken, and padding. */
function edgesOf({ frame, around }: Level): [left: number, top: number, right: number, bottom: number] {
  const style = around.getComputedStyle(frame)
  const [left = 0, top = 0, right = 0, bottom = 0] = sides.map(
    (side) =>
      Number.parseFloat(style[`border${side}Width`]) + Number.parseFloat(style[`padding${side}`]) || 0,
  )
  return [left, top, right, bottom]
}

/** The part of a frame in which its page is drawn, in the page around it, and how large that page's pixels are there. */
function innerPart(level: Level): { box: Rect; scaleX: number; scaleY: number } {
  const [left, top, right, bottom] = edgesOf(level)
  const { x, y, width, height } = plain(level.frame).getBoundingClientRect()
  const { offsetWidth, offsetHeight } = plain(level.frame as HTMLElement)
  const scaleX = scaleOf(width, offsetWidth)
  const scaleY = scaleOf(height, offsetHeight)
  return {
    box: {
      x: snap(x + left * scaleX, level),
      y: snap(y + top * scaleY, level),
      width: Math.max(0, width - (left + right) * scaleX),
      height: Math.max(0, height - (top + bottom) * scaleY),
    },
    scaleX,
    scaleY,
  }
}

/** Browsers begin the page of a frame at a whole device pixel. */
function snap(place: number, { around }: Level): number {
  return Math.round(place * around.devicePixelRatio) / around.devicePixelRatio
}

/** How large a frame is drawn that is so large by itself; the latter is told in whole pixels. */
function scaleOf(drawn: number, own: number): number {
  if (own === 0) return 0
  return Math.abs(drawn - own) < 1 ? 1 : drawn / own
}

function windowOf({ innerWidth, innerHeight }: Window): Rect {
  return { x: 0, y: 0, width: innerWidth, height: innerHeight }
}

function placing(): Placing {
  const start = { x: 0, y: 0, scaleX: 1, scaleY: 1, shown: windowOf(window) }
  const around = levels()
  if (!around) return { ...start, shown: nowhere }
  return around.reduce<Placing>((inner, level) => {
    const { box, scaleX, scaleY } = innerPart(level)
    const outer = { x: box.x, y: box.y, scaleX, scaleY }
    const visible = overlap(box, windowOf(level.around))
    return {
      x: box.x + inner.x * scaleX,
      y: box.y + inner.y * scaleY,
      scaleX: inner.scaleX * scaleX,
      scaleY: inner.scaleY * scaleY,
      shown: overlap(put(inner.shown, outer), visible),
    }
  }, start)
}

/**
 * Where a rectangle of our page stands in the window, in CSS pixels of the window; in a frame cut at its left and right
 * edge, with no width where nothing of it shows.
 */
export function toWindow(rect: Rect): Rect {
  if (!isInFrame()) return rect
  const place = placing()
  const whole = put(rect, place)
  const { x, width } = overlap({ ...whole, y: place.shown.y, height: place.shown.height }, place.shown)
  return { ...whole, x, width }
}

/** The same for a band: no higher and no lower than the frame shows it. */
export function bandInWindow(band: Band): Band {
  if (!isInFrame()) return band
  const { y, scaleY, shown } = placing()
  const top = Math.max(y + band.top * scaleY, shown.y, 0)
  return { top, bottom: Math.max(top, Math.min(y + band.bottom * scaleY, shown.y + shown.height)) }
}

/** The part of our page that the window shows, in CSS pixels of our page. */
export function shownPart(): Rect {
  const { x, y, scaleX, scaleY, shown } = placing()
  if (shown === nowhere || scaleX <= 0 || scaleY <= 0) return nowhere
  return {
    x: (shown.x - x) / scaleX,
    y: (shown.y - y) / scaleY,
    width: shown.width / scaleX,
    height: shown.height / scaleY,
  }
}

/** Whether anything of the pages around lies over this place of our page. */
export function isCoveredAround(x: number, y: number): boolean {
  let at: Rect = { x, y, width: 0, height: 0 }
  return (levels() ?? []).some((level) => {
    const { box, scaleX, scaleY } = innerPart(level)
    at = put(at, { x: box.x, y: box.y, scaleX, scaleY })
    return plain(level.around.document).elementFromPoint(at.x, at.y) !== level.frame
  })
}

/** The elements that draw our page in the pages around, each with everything that it stands in. */
export function elementsAround(): Element[] {
  return (levels() ?? []).flatMap(({ frame }) => {
    const found: Element[] = []
    for (let at: Element | null = frame; at; at = Reflect.get(Node.prototype, 'parentElement', at))
      found.push(at)
    return found
  })
}
