import type { OpenedItem, Part } from '../model/item'
import type { Words } from '../words/translate'
import { isolate } from './foreign-text'
import { element, fileAddress, type Html } from './html'

/** Higher than this in relation to its width, a picture is cut into pieces that fit a sheet at reading size. */
const tallestRatio = 1.25
/** Of a piece: below a heading and some lines, it still fits a sheet of either size. */
const pieceRatio = 1.1
/** A line of words, in pixels of the page: each piece begins with the end of the one before, so that none is cut. */
const lineHeight = 32
const pictureTypes = ['image/png', 'image/jpeg', 'image/webp']

type Size = { width: number; height: number }

/** The picture of an item that a report shows; null where there is none that a browser shows. */
export function reportPicture({ parts }: Pick<OpenedItem, 'parts'>): Part | null {
  const pictures = parts.filter(({ record }) => pictureTypes.includes(record.mediaType))
  const byRole = (role: Part['record']['role']) => pictures.find(({ record }) => record.role === role)
  return byRole('screenshot') ?? byRole('page') ?? null
}

function captionOf({ item }: OpenedItem, { record }: Part, words: Words): string {
  const isRedrawn = record.method === 'redrawn' || item.collection.method === 'redrawn'
  if (isRedrawn) return words.t('report.html.picture-redrawn')
  return words.t(record.role === 'page' ? 'report.html.picture-page' : 'report.html.picture')
}

function sizeOf({ record }: Part): Size | null {
  return record.width === null || record.height === null
    ? null
    : { width: record.width, height: record.height }
}

/** The picture once, and windows onto it one below the other: sheets can break only between them. */
function pieces(
  source: Html,
  options: { size: Size; id: string; shownWidth: string; caption: string; ratio: number },
): Html[] {
  const { size, id, shownWidth, caption } = options
  const overlap = Math.round(Math.min(lineHeight * options.ratio, size.width / 10))
  const count = Math.ceil((size.height - overlap) / (size.width * pieceRatio - overlap))
  const step = Math.ceil((size.height - overlap) / count)
  const whole = { width: String(size.width), height: String(size.height) }
  const pool = element(
    'svg',
    { class: 'pool', 'aria-hidden': 'true' },
    element('image', { id, href: source, ...whole }),
  )
  const windows = Array.from({ length: count }, (_, index) => {
    const top = index * step
    const visible = Math.min(step + overlap, size.height - top)
    const frame = { viewBox: `0 ${top} ${size.width} ${visible}`, width: shownWidth }
    return element(
      'svg',
      { ...frame, role: 'img', 'aria-label': caption },
      element('use', { href: `#${id}` }),
    )
  })
  return [pool, ...windows]
}

/**
 * The picture of an item at reading size, with what kind of picture it is, and a hole for its bytes. A sentence where
 * there is none, or where it lies beside the report alone, which would grow too large (`isInside` false).
 */
export function pictureFigure(
  opened: OpenedItem,
  { number, words, isInside }: { number: number; words: Words; isInside: boolean },
): Html {
  const part = reportPicture(opened)
  if (part === null) return element('p', { class: 'notice' }, words.t('report.html.no-picture'))
  if (!isInside) {
    const file = isolate(part.record.name)
    return element('p', { class: 'notice' }, words.t('report.html.picture-apart', { file }))
  }
  const caption = captionOf(opened, part, words)
  const source = fileAddress(part.record.mediaType)
  const size = sizeOf(part)
  const ratio = Number(opened.item.collection.pixelRatio) || 1
  const shownWidth = size === null ? null : String(Math.round(size.width / ratio))
  if (size === null || shownWidth === null || size.height <= size.width * tallestRatio) {
    const image = element('img', { src: source, alt: caption, width: shownWidth })
    return element('figure', {}, image, element('figcaption', {}, `${caption}.`))
  }
  const tall = words.t('report.html.tall', { file: isolate(part.record.name) })
  return element(
    'figure',
    { class: 'pieces' },
    pieces(source, { size, id: `picture-${number}`, shownWidth, caption, ratio }),
    element('figcaption', {}, `${caption}. ${tall}`),
  )
}
