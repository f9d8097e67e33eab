import type { OpenedItem, PartRecord } from '../model/item'
import type { Report } from '../model/report'
import { cutAtHoles, element, type Html, hole, styleElement, toDocument } from './html'
import { coverSection, type ReportFile } from './html-cover'
import { declarationSection } from './html-declaration'
import { itemSection } from './html-item'
import { code } from './html-parts'
import { reportPicture } from './html-picture'
import { describeCorroboration, describeSource } from './related-items'
import { reportStyle } from './report-style'

/** Nothing may be fetched and nothing may run; pictures are inside the file, the style is our own. */
const policy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** The checkpoint at the foot of each printed page: what is fixed on paper is printed on every sheet. */
function foot({ fingerprints, words }: ReportFile): Html | null {
  if (!fingerprints) return null
  const label = words.t('report.html.checkpoint-short')
  return element('div', { class: 'foot', 'aria-hidden': 'true' }, `${label} `, code(fingerprints.checkpoint))
}

/** Those of the report first and in its order, then the other items of the case. */
function inReportOrder(items: OpenedItem[], report: Report | null): OpenedItem[] {
  const place = (opened: OpenedItem) => {
    const index = report?.itemIds.indexOf(opened.item.id) ?? -1
    return index < 0 ? items.length : index
  }
  return items.toSorted((a, b) => place(a) - place(b))
}

/** Where the bytes of a picture go, in base64. */
export type PicturePlace = { itemId: string; part: PartRecord }
/** Some markup, or where a picture goes. */
export type ReportPiece = string | PicturePlace

/** Everything around the sheets: what comes before the first, and after the last. */
function frame(file: ReportFile): readonly [string, string] {
  const { words } = file
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('meta', { name: 'robots', content: 'noindex' }),
    element('title', {}, words.t('report.html.title')),
    styleElement(reportStyle),
  )
  const body = element('body', {}, element('main', {}, hole), foot(file))
  const root = element('html', { lang: words.language, dir: words.direction }, head, body)
  const [before = '', after = ''] = cutAtHoles(toDocument(root))
  return [before, after]
}

/** The sheet of an item: markup, with the place of its picture between. */
function* itemPieces(opened: OpenedItem, section: Html): Generator<ReportPiece> {
  const [before = '', after] = cutAtHoles(section)
  yield before
  if (after === undefined) return
  const picture = reportPicture(opened)
  if (picture === null) throw new Error('a place for a picture that there is not')
  yield { itemId: opened.item.id, part: picture.record }
  yield after
}

/**
 * The report as one HTML file that needs no network, runs nothing and prints well: sheet by sheet, with the places of
 * the pictures between, so that it is never whole in memory. Pure: same input, same pieces. Every foreign string
 * becomes text; no address in it is a link.
 */
export function* writeHtmlReport(file: ReportFile): Generator<ReportPiece> {
  const { words } = file
  const items = inReportOrder(file.items, file.report)
  const corroborated = describeCorroboration(items, file)
  const [before, after] = frame(file)
  yield before
  yield coverSection({ ...file, items }).markup
  for (const [index, opened] of items.entries()) {
    const { id } = opened.item
    const section = itemSection(opened, {
      number: index + 1,
      items,
      isInReport: file.report === null || file.report.itemIds.includes(id),
      hasPicture: file.pictures.has(id),
      words,
      checkpoint: file.fingerprints?.checkpoint ?? null,
      redacted: file.redacted?.get(id) ?? null,
      source: describeSource(id, file),
      corroboration: corroborated.get(id) ?? [],
    })
    yield* itemPieces(opened, section)
  }
  yield declarationSection(file, items)?.markup ?? ''
  yield after
}
