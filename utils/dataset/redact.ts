import type { Span } from './fold'
import { startNameFinder } from './names'
import { type Found, findPatterns, type PatternKind } from './patterns'
import type { SearchIndex } from './search-index'

/** What a redacted place held. `marked` is what the person took out herself. */
type RedactionKind = PatternKind | 'name' | 'marked'
type Redaction = Found<RedactionKind>

/** A text with what has to leave it. */
type Redacted = { text: string; redactions: Redaction[] }

/** The sign that stands in place of what was taken out. */
function placeholder(kind: RedactionKind): string {
  return `[${kind}]`
}

function apply(text: string, redactions: readonly Redaction[]): string {
  let redacted = ''
  let at = 0
  for (const { from, to, kind } of redactions) {
    redacted += text.slice(at, from) + placeholder(kind)
    at = to
  }
  return redacted + text.slice(at)
}

/** Names touch or lie in patterns: the pattern is what it is, and a name that reaches further is added to it. */
function merge(found: readonly Redaction[]): Redaction[] {
  const sorted = [...found].sort((one, other) => one.from - other.from || other.to - one.to)
  const merged: Redaction[] = []
  for (const one of sorted) {
    const last = merged.at(-1)
    if (last && one.from < last.to) last.to = Math.max(last.to, one.to)
    else merged.push({ ...one })
  }
  return merged
}

/** Redacts texts against a list of names and everything that an index knows. */
export type Redactor = (text: string, marked?: readonly Span[]) => Redacted

/**
 * Starts a redactor: patterns, then the listed names inflected, then every handle and name of the locker as it
 * stands. `marked` are places that the person has chosen.
 */
export function startRedactor(names: readonly string[], known: Pick<SearchIndex, 'find'> | null): Redactor {
  const findNames = startNameFinder(names)
  return (text, marked = []) => {
    const asName = (span: Span): Redaction => ({ ...span, kind: 'name' })
    const redactions = merge([
      ...findPatterns(text),
      ...findNames(text).map(asName),
      ...(known?.find(text) ?? []).filter(({ kind }) => kind !== 'text').map(asName),
      ...marked.map((span): Redaction => ({ ...span, kind: 'marked' })),
    ])
    return { text: apply(text, redactions), redactions }
  }
}
