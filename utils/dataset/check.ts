import { type CellValue, type Column, type DatasetRow, itemColumns } from './columns'
import type { Release } from './release'
import { releasedRows } from './release'
import { type NeedleKind, type SearchIndex, startSearchIndex } from './search-index'
import { openEach, type Watch } from './source'
import { type TypedWord, typedWords } from './typed-words'

/** Where something was found that may not leave. `excerpt` is for the person only. */
export type ReleaseHit = {
  kind: NeedleKind | 'unknown-code'
  /** `items`, or the document that a typed word would be printed in. */
  place: string
  column: string
  /** Null where it is no row. */
  row: string | null
  itemId: string | null
  excerpt: string
}

/** What the attack check found out. */
export type CheckResult = {
  /** At most `hitLimit`; `isMore` when there were more. */
  hits: ReleaseHit[]
  isMore: boolean
  rows: number
  /** Rows that no other row is like in all columns but pseudonyms and text. */
  unique: number
  /** Identifiers that were searched for. */
  searched: number
}

const hitLimit = 200
const around = 24

/** Whether the value is one that the codebook knows. */
function isInCodebook(column: Column, value: CellValue): boolean {
  if (value === null) return column.isNullable
  if (column.type !== 'string') return typeof value === (column.type === 'boolean' ? 'boolean' : 'number')
  if (typeof value !== 'string') return false
  const { codes, joint, form } = column
  if (codes) return (joint ? value.split(joint) : [value]).every((code) => codes.includes(code))
  return form?.test(value) ?? true
}

const pseudonyms: readonly string[] = ['row', 'actor', 'target']
const isOpen = (column: Column): boolean =>
  column.type === 'string' && column.codes === null && column.form === null

/** What a row is compared by: everything a stranger could know of it. */
function likenessOf(row: DatasetRow): string {
  return JSON.stringify(
    itemColumns
      .filter(({ name }) => !pseudonyms.includes(name) && name !== 'text')
      .map(({ name }) => row[name as keyof DatasetRow]),
  )
}

/** A short number in place of a long text; a collision makes two unique rows look alike, one in four billion. */
function shortHash(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

type Found = Pick<ReleaseHit, 'kind' | 'column' | 'excerpt'>

function excerptOf(text: string, from: number, to: number): string {
  return text.slice(Math.max(0, from - around), to + around)
}

function searchCell(column: Column, value: CellValue, index: SearchIndex): Found[] {
  if (!isInCodebook(column, value))
    return [{ kind: 'unknown-code', column: column.name, excerpt: String(value) }]
  if (typeof value !== 'string') return []
  if (pseudonyms.includes(column.name) && index.has(value))
    return [{ kind: 'id', column: column.name, excerpt: value }]
  if (!isOpen(column)) return []
  return index.find(value).map(({ kind, from, to }) => ({
    kind,
    column: column.name,
    excerpt: excerptOf(value, from, to),
  }))
}

/** Everything that a row holds and should not. */
export function searchRow(row: DatasetRow, columns: readonly Column[], index: SearchIndex): Found[] {
  return columns.flatMap((column) => searchCell(column, row[column.name as keyof DatasetRow], index))
}

/** The words of what is not released, except where a released post says the same. */
async function indexUnreleased(release: Release, watch: Watch): Promise<SearchIndex> {
  const index = startSearchIndex()
  const { plan, source } = release
  if (plan.choices.tier !== 'T1') return index
  const said = new Set<string>()
  const ids = plan.released.map(({ entry }) => entry.id)
  for await (const { item } of openEach(source, ids, watch))
    if (item.post.text !== null) said.add(item.post.text)
  for await (const { item } of openEach(source, plan.unreleased, watch))
    if (item.post.text !== null && !said.has(item.post.text)) index.add('text', item.post.text)
  return index
}

function searchTyped(words: readonly TypedWord[], index: SearchIndex): ReleaseHit[] {
  return words.flatMap(({ place, column, text }) =>
    index.find(text).map(({ kind, from, to }) => ({
      kind,
      place,
      column,
      row: null,
      itemId: null,
      excerpt: excerptOf(text, from, to),
    })),
  )
}

/**
 * Attacks a release before it is written: looks in everything that would leave for every handle, name, address and
 * id of the locker and for the words of posts that are not released, lookalikes included; looks for values that no
 * codebook has; and counts rows that are unique. Verbatim text (T2) is not searched: it is what it is. Throws
 * `AbortError` when cancelled.
 */
export async function checkRelease(release: Release, watch: Watch = {}): Promise<CheckResult> {
  const { identifiers } = release.book
  const words = await indexUnreleased(release, { signal: watch.signal })
  const typed = typedWords(release.plan.choices)
  const hits = [...searchTyped(typed, identifiers), ...searchTyped(typed, words)]
  const isVerbatim = release.plan.choices.tier === 'T2'
  const columns = itemColumns.filter(({ name }) => !isVerbatim || name !== 'text')
  const text = itemColumns.filter(({ name }) => name === 'text')
  const likes = new Map<number, number>()
  let rows = 0
  for await (const { row, itemId } of releasedRows(release, watch)) {
    rows += 1
    const like = shortHash(likenessOf(row))
    likes.set(like, (likes.get(like) ?? 0) + 1)
    const found = searchRow(row, columns, identifiers)
    if (!isVerbatim) found.push(...searchRow(row, text, words))
    for (const one of found) hits.push({ ...one, place: 'items', row: String(row.row), itemId })
  }
  const unique = [...likes.values()].filter((count) => count === 1).length
  return {
    hits: hits.slice(0, hitLimit),
    isMore: hits.length > hitLimit,
    rows,
    unique,
    searched: identifiers.size() + words.size(),
  }
}
