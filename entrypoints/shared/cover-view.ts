import { computed, signal } from '@preact/signals'
import { type CoverItem, withAreas, withSpan, withWord } from '../../components/export/covering'
import { coverForReading } from '../../utils/bundle/redact-item'
import { openItem } from '../../utils/locker/items'
import { keepRedaction, listRedactions } from '../../utils/locker/redactions'
import type { OpenedItem } from '../../utils/model/item'
import type { Area, Redaction, Span } from '../../utils/model/redaction'
import type { Session } from './session'

type Redactions = ReadonlyMap<string, Redaction>

/** State and actions of covering names and faces before an export. */
export type CoverView = ReturnType<typeof createCoverView>

function untouched(itemId: string): Redaction {
  return { itemId, changedAt: new Date().toISOString(), pictures: [], words: [], spans: [] }
}

function leftOf({ item }: OpenedItem): CoverItem['left'] {
  const { post, page } = item
  const { name, handle } = post.author
  const facts = { name, handle, address: post.permalink ?? page.address, text: post.text }
  return (['name', 'handle', 'address', 'text'] as const).flatMap((fact) => {
    const value = facts[fact]
    return value === null ? [] : [{ fact, value }]
  })
}

/** What is covered in the items of an export, kept sealed as one goes. Words are the same for all items. */
export function createCoverView(session: Session) {
  const redactions = signal<Redactions | null>(null)
  const past = signal<Redactions[]>([])
  const shown = signal<ReadonlyMap<string, string>>(new Map())
  const readable = signal<ReadonlySet<string>>(new Set())
  const rowIds = new Map<string, string>()
  let keeping: Promise<unknown> = Promise.resolve()

  const words = computed<string[]>(() => [
    ...new Set([...(redactions.value?.values() ?? [])].flatMap((one) => one.words)),
  ])

  /** What was covered in these items before; the words of one are those of all. */
  async function load(itemIds: readonly string[]): Promise<void> {
    await keeping
    const kept = await session.attempt(async (open) => ({ ok: true, value: await listRedactions(open) }))
    if (kept === null) return
    for (const [itemId, { rowId }] of kept) rowIds.set(itemId, rowId)
    const known = itemIds.map((id) => kept.get(id)?.redaction ?? untouched(id))
    const all = [...new Set(known.flatMap((one) => one.words))].slice(0, 200)
    redactions.value = new Map(known.map((one) => [one.itemId, { ...one, words: all }]))
    past.value = []
  }

  function keepChanged(before: Redactions | null, after: Redactions): void {
    const changed = [...after.values()].filter((one) => before?.get(one.itemId) !== one)
    keeping = keeping.then(() =>
      session.attempt(async (open) => {
        for (const redaction of changed) {
          const kept = await keepRedaction(open, { rowId: rowIds.get(redaction.itemId) ?? null, redaction })
          if (!kept.ok) return kept
          rowIds.set(redaction.itemId, kept.value.id)
        }
        return { ok: true, value: null }
      }),
    )
  }

  function put(change: (one: Redaction) => Redaction): void {
    const before = redactions.value
    if (before === null) return
    const changedAt = new Date().toISOString()
    const after = new Map(
      [...before].map(([id, one]) => {
        const next = change(one)
        return [id, next === one ? one : { ...next, changedAt }]
      }),
    )
    past.value = [...past.value, before].slice(-100)
    redactions.value = after
    keepChanged(before, after)
  }

  const inItem = (itemId: string, change: (one: Redaction) => Redaction) =>
    put((one) => (one.itemId === itemId ? change(one) : one))

  function undo(): void {
    const last = past.value.at(-1)
    if (!last) return
    past.value = past.value.slice(0, -1)
    const before = redactions.value
    redactions.value = last
    keepChanged(before, last)
  }

  function hide(key: string): void {
    URL.revokeObjectURL(shown.value.get(key) ?? '')
    shown.value = new Map([...shown.value].filter(([one]) => one !== key))
  }

  async function togglePicture(itemId: string, name: string): Promise<void> {
    const key = `${itemId} ${name}`
    if (shown.value.has(key)) return hide(key)
    const opened = await session.attempt((open) => openItem(open, itemId))
    const part = opened?.parts.find(({ record }) => record.name === name)
    if (!part) return
    const url = URL.createObjectURL(new Blob([part.bytes], { type: part.record.mediaType }))
    shown.value = new Map([...shown.value, [key, url]])
  }

  function toggleWords(itemId: string): void {
    const next = new Set(readable.value)
    if (!next.delete(itemId)) next.add(itemId)
    readable.value = next
  }

  const redactionOf = (itemId: string): Redaction => redactions.value?.get(itemId) ?? untouched(itemId)

  function describe(opened: OpenedItem): CoverItem {
    const { id, parts, post } = opened.item
    const redaction = redactionOf(id)
    const areWordsShown = readable.value.has(id)
    const pictures = parts.filter(({ mediaType, width }) => mediaType === 'image/png' && width !== null)
    const leaving = new Set(redaction.pictures.map(({ name }) => name))
    return {
      id,
      pictures: pictures.map(({ name, width, height }) => ({
        name,
        width: width ?? 0,
        height: height ?? 0,
        areas: redaction.pictures.find((one) => one.name === name)?.areas ?? null,
        url: shown.value.get(`${id} ${name}`) ?? null,
      })),
      text: areWordsShown ? post.text : null,
      areWordsShown,
      hasText: post.text !== null && post.text !== '',
      left: areWordsShown ? leftOf(coverForReading(opened, redaction)) : [],
      leftOut: parts.map(({ name }) => name).filter((name) => !leaving.has(name)),
    }
  }

  function close(): void {
    for (const key of shown.value.keys()) hide(key)
    redactions.value = null
    past.value = []
    readable.value = new Set()
  }

  return {
    redactions,
    words,
    canUndo: computed(() => past.value.length > 0),
    load,
    /** Whether it is known what is covered in each of these items. */
    fits: (itemIds: readonly string[]): boolean => itemIds.every((id) => redactions.value?.has(id)),
    undo,
    close,
    describe,
    redactionOf,
    /** An item as it will read; for the report while one still changes things. */
    read: (opened: OpenedItem): OpenedItem => coverForReading(opened, redactionOf(opened.item.id)),
    addWord: (typed: string) => {
      const next = withWord(words.value, typed)
      if (next !== words.value) put((one) => ({ ...one, words: [...next] }))
    },
    removeWord: (word: string) => put((one) => ({ ...one, words: one.words.filter((own) => own !== word) })),
    setAreas: (itemId: string, name: string, areas: readonly Area[] | null) =>
      inItem(itemId, (one) => withAreas(one, name, areas)),
    coverSpan: (itemId: string, span: Span) => inItem(itemId, (one) => withSpan(one, span)),
    uncoverSpans: (itemId: string) => inItem(itemId, (one) => ({ ...one, spans: [] })),
    togglePicture,
    toggleWords,
  }
}
