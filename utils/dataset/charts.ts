import type { AggregateRow, AggregateTable } from './aggregates'

const width = 640
const barHeight = 18
const gap = 8
const labelWidth = 220
const top = 56

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const asXml = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)

/** A bar of a chart; null where the count is withheld. */
export type Bar = { label: string; value: number | null }

/**
 * A bar chart as SVG without scripts, styles or remote parts, every number written beside its bar and once more as
 * a description for who cannot see it.
 */
export function writeBarChart(chart: { title: string; note: string; bars: readonly Bar[] }): string {
  const { title, note, bars } = chart
  const most = Math.max(1, ...bars.map(({ value }) => value ?? 0))
  const height = top + bars.length * (barHeight + gap) + gap
  const shown = (value: number | null) => (value === null ? 'withheld' : String(value))
  const lines = bars.map(({ label, value }, index) => {
    const y = top + index * (barHeight + gap)
    const length = Math.round(((width - labelWidth - 90) * (value ?? 0)) / most)
    const middle = y + barHeight - 5
    return [
      `<text x="${labelWidth - 8}" y="${middle}" text-anchor="end">${asXml(label)}</text>`,
      `<rect x="${labelWidth}" y="${y}" width="${length}" height="${barHeight}" fill="#3b6ea5"/>`,
      `<text x="${labelWidth + length + 6}" y="${middle}">${shown(value)}</text>`,
    ].join('')
  })
  const told = bars.map(({ label, value }) => `${label}: ${shown(value)}`).join('; ')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13" role="img">`,
    `<title>${asXml(title)}</title><desc>${asXml(`${told}. ${note}`)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="8" y="22" font-size="16">${asXml(title)}</text><text x="8" y="42" fill="#555555">${asXml(note)}</text>`,
    ...lines,
    '</svg>\n',
  ].join('\n')
}

const charts: { path: string; title: string; table: AggregateTable; side: 'first' | 'second' }[] = [
  { path: 'charts/platforms.svg', title: 'Posts by platform', table: 'platform-week', side: 'first' },
  { path: 'charts/weeks.svg', title: 'Posts by week', table: 'platform-week', side: 'second' },
  { path: 'charts/types.svg', title: 'Posts by incident type', table: 'platform-type', side: 'second' },
  { path: 'charts/grounds.svg', title: 'Posts by ground', table: 'platform-group', side: 'second' },
]

function marginOf(rows: readonly AggregateRow[], of: (typeof charts)[number]): Bar[] {
  const other = of.side === 'first' ? 'second' : 'first'
  return rows
    .filter((row) => row.table === of.table && row[other] === 'total' && row[of.side] !== 'total')
    .map((row) => ({ label: row[of.side], value: row.items }))
}

/** The charts of a dataset, drawn from its published counts alone. */
export function writeCharts(rows: readonly AggregateRow[], least: number): { path: string; svg: string }[] {
  const note = `Released posts. Withheld: fewer than ${least} accounts, or computable from others.`
  return charts.map((chart) => ({
    path: chart.path,
    svg: writeBarChart({ title: chart.title, note, bars: marginOf(rows, chart) }),
  }))
}
