import type { Area } from '../model/redaction'
import { openPng } from './png-rows'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * How a covered picture stands to the whole one: as it says; of another size; unlike outside of its areas; not black
 * inside of them; damaged; or of a kind that is not compared here.
 */
export type PictureComparison = 'same' | 'size' | 'outside' | 'inside' | 'damaged' | 'unknown'

type Interval = { from: number; to: number }

const mostAreas = 1_000
/** What drawing a half transparent pixel on black may round otherwise. */
const rounding = 2

/** The covered stretches of a row, one after the other, and the next row in which they may be others. */
function coveredIn(areas: readonly Area[], y: number): { covered: Interval[]; until: number } {
  const edges = areas.flatMap((area) => [area.y, area.y + area.height])
  const until = Math.min(Number.POSITIVE_INFINITY, ...edges.filter((edge) => edge > y))
  const here = areas.filter((area) => area.y <= y && y < area.y + area.height)
  const covered: Interval[] = []
  for (const { x, width } of here.toSorted((one, other) => one.x - other.x)) {
    const last = covered.at(-1)
    if (last && x <= last.to) last.to = Math.max(last.to, x + width)
    else covered.push({ from: x, to: x + width })
  }
  return { covered, until }
}

function isBlack(row: Bytes, { from, to }: Interval): boolean {
  for (let x = from; x < to; x++) {
    const at = x * 4
    if (row[at] !== 0 || row[at + 1] !== 0 || row[at + 2] !== 0 || row[at + 3] !== 255) return false
  }
  return true
}

/** A sample as it is on black. */
function onBlack(row: Bytes, at: number, opacity: number): number {
  return opacity === 255 ? (row[at] ?? 0) : Math.round(((row[at] ?? 0) * opacity) / 255)
}

function isSame([one, other]: readonly [Bytes, Bytes], { from, to }: Interval): boolean {
  for (let at = from * 4; at < to * 4; at += 4) {
    const [mine, theirs] = [one[at + 3] ?? 0, other[at + 3] ?? 0]
    const allowed = mine === 255 && theirs === 255 ? 0 : rounding
    for (let sample = at; sample < at + 3; sample++) {
      const difference = onBlack(one, sample, mine) - onBlack(other, sample, theirs)
      if (difference > allowed || difference < -allowed) return false
    }
  }
  return true
}

/** What lies between the covered stretches of a row. */
function gapsIn(covered: readonly Interval[], width: number): Interval[] {
  const gaps: Interval[] = []
  let from = 0
  for (const one of covered) {
    if (one.from > from) gaps.push({ from, to: Math.min(one.from, width) })
    from = Math.max(from, one.to)
  }
  return from < width ? [...gaps, { from, to: width }] : gaps
}

type Opened = NonNullable<ReturnType<typeof openPng>>

async function compareRows(
  [copy, whole]: readonly [Opened, Opened],
  areas: readonly Area[],
): Promise<PictureComparison> {
  const { width } = copy.head
  const others = whole.rows()
  let [y, now] = [0, coveredIn(areas, 0)]
  try {
    for await (const row of copy.rows()) {
      const other = await others.next()
      if (other.done) return 'damaged'
      if (y === now.until) now = coveredIn(areas, y)
      const inside = now.covered.map(({ from, to }) => ({ from, to: Math.min(to, width) }))
      if (!inside.every((stretch) => isBlack(row, stretch))) return 'inside'
      const pair = [row, other.value] as const
      if (!gapsIn(now.covered, width).every((stretch) => isSame(pair, stretch))) return 'outside'
      y += 1
    }
    return 'same'
  } finally {
    await others.return(undefined)
  }
}

/**
 * Whether a picture is another one in which nothing but these areas was painted black. Transparency counts as over
 * black, as it was painted. Row by row, so that memory stays flat.
 */
export async function comparePictures(pictures: {
  copy: Bytes
  whole: Bytes
  areas: readonly Area[]
}): Promise<PictureComparison> {
  const { areas } = pictures
  const [copy, whole] = [openPng(pictures.copy), openPng(pictures.whole)]
  if (!copy || !whole || areas.length > mostAreas) return 'unknown'
  if (copy.head.width !== whole.head.width || copy.head.height !== whole.head.height) return 'size'
  try {
    return await compareRows([copy, whole], areas)
  } catch {
    return 'damaged'
  }
}
