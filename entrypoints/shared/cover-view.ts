import { computed, signal } from '@preact/signals'
import { type CoverItem, withAreas, withSpan, withWord } from '../../components/export/covering'
import { coverForReading } from '../../utils/bundle/redact-item'
import { keepRedaction, listRedactions } from '../../utils/locker/redactions'
import type { OpenedItem } from '../../utils/model/item'
import type { Area, Redaction, Span } from '../../utils/model/redaction'
import { createShown } from './cover-shown'
import { inOrder } from './later'
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

/** An item as it is shown while one covers things: hidden, but for what was asked for. */
function describe(
  opened: OpenedItem,
  redaction: Redaction,
  shown: ReturnType<typeof createShown>,
): CoverItem {
  const { id, parts, post } = opened.item
  const areWordsShown = shown.areWordsShown(id)
  const pictures = parts.filter(({ mediaType, width }) => mediaType === 'image/png' && width !== null)
  const leaving = new Set(redaction.pictures.map(({ name }) => name))
  return {
    id,
    pictures: pictures.map(({ name, width, height }) => ({
      name,
      width: width ?? 0,
      height: height ?? 0,
      areas: redaction.pictures.find((one) => one.name === name)?.areas ?? null,
      url: shown.pictureOf(id, name),
    })),
    text: areWordsShown ? post.text : null,
    areWordsShown,
    hasText: post.text !== null && post.text !== '',
    left: areWordsShown ? leftOf(coverForReading(opened, redaction)) : [],
    leftOut: parts.map(({ name }) => name).filter((name) => !leaving.has(name)),
  }
}

/** What is covered in the items of an export, kept sealed as one goes. Words are the same for all items. */
export function createCoverView(session: Session) {
  const redactions = signal<Redactions | null>(null)
  const past = signal<Redactions[]>([])
  const shown = createShown(session)
  const rowIds = new Map<string, string>()
  const inTurn = inOrder()
  let round = 0

  const words = computed<string[]>(() => [
    ...new Set([...(redactions.value?.values() ?? [])].flatMap((one) => one.words)),
  ])

  /** What was covered in these items before; the words of one are those of all. */
  async function load(itemIds: readonly string[]): Promise<void> {
    const mine = round
    const kept = await inTurn(() =>
      session.attempt(async (open) => ({ ok: true, value: await listRedactions(open) })),
    )
    if (kept === null || mine !== round) return
    for (const [itemId, { rowId }] of kept) rowIds.set(itemId, rowId)
    const known = itemIds.map((id) => kept.get(id)?.redaction ?? untouched(id))
    const all = [...new Set(known.flatMap((one) => one.words))].slice(0, 200)
    redactions.value = new Map(known.map((one) => [one.itemId, { ...one, words: all }]))
    past.value = []
  }

  function keepChanged(before: Redactions | null, after: Redactions): void {
    const changed = [...after.values()].filter((one) => before?.get(one.itemId) !== one)
    void inTurn(() =>
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

  const redactionOf = (itemId: string): Redaction => redactions.value?.get(itemId) ?? untouched(itemId)

  function close(): void {
    round += 1
    shown.close()
    redactions.value = null
    past.value = []
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
    describe: (opened: OpenedItem): CoverItem => describe(opened, redactionOf(opened.item.id), shown),
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
    togglePicture: shown.togglePicture,
    toggleWords: shown.toggleWords,
  }
}
