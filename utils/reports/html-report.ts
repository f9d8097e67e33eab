import type { OpenedItem } from '../model/item'
import type { Report } from '../model/report'
import { element, styleElement, toDocument } from './html'
import { coverSection, type ReportFile } from './html-cover'
import { itemSection } from './html-item'
import { describeCorroboration, describeSource } from './related-items'
import { reportStyle } from './report-style'

/** Nothing may be fetched and nothing may run; pictures are inside the file, the style is our own. */
const policy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** The checkpoint at the foot of each printed page, where the browser prints page margins; only its digits. */
function footStyle({ fingerprints }: ReportFile): string {
  const digits = fingerprints?.checkpoint.replace(/[^0-9a-f ]/g, '') ?? ''
  return digits === ''
    ? ''
    : `@page { @bottom-right { content: "\\2066${digits}\\2069"; font: 8pt monospace; color: #51605b; } }`
}

/** Those of the report first and in its order, then the other items of the case. */
function inReportOrder(items: OpenedItem[], report: Report | null): OpenedItem[] {
  const place = (opened: OpenedItem) => {
    const index = report?.itemIds.indexOf(opened.item.id) ?? -1
    return index < 0 ? items.length : index
  }
  return items.toSorted((a, b) => place(a) - place(b))
}

/**
 * The report as one HTML file that needs no network, runs nothing and prints well. Pure: same input, same
 * text. Every foreign string becomes text; no address in it is a link.
 */
export function writeHtmlReport(file: ReportFile): string {
  const { words } = file
  const items = inReportOrder(file.items, file.report)
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('meta', { name: 'robots', content: 'noindex' }),
    element('title', {}, words.t('report.html.title')),
    styleElement(reportStyle + footStyle(file)),
  )
  const corroborated = describeCorroboration(items, file)
  const sections = items.map((opened, index) =>
    itemSection(opened, {
      number: index + 1,
      items,
      isInReport: file.report === null || file.report.itemIds.includes(opened.item.id),
      words,
      checkpoint: file.fingerprints?.checkpoint ?? null,
      redacted: file.redacted?.get(opened.item.id) ?? null,
      source: describeSource(opened.item.id, file),
      corroboration: corroborated.get(opened.item.id) ?? [],
    }),
  )
  const main = element('main', {}, coverSection({ ...file, items }), sections)
  const root = element(
    'html',
    { lang: words.language, dir: words.direction },
    head,
    element('body', {}, main),
  )
  return toDocument(root)
}
