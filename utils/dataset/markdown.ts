/** Words of a person as one paragraph of Markdown that no markup in them can leave. */
export function asQuote(text: string): string {
  const escaped = text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|!]/g, (sign) => `\\${sign}`)
  return `> ${escaped === '' ? '(nothing)' : escaped}`
}

/** A table with a header line. */
export function asTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Paragraphs with an empty line between them, and one line end after the last. */
export function asPage(...paragraphs: readonly (string | null)[]): string {
  return `${paragraphs.filter((one) => one !== null).join('\n\n')}\n`
}
