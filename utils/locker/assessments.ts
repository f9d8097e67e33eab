import { type Bytes, equalBytes, randomIdHex, toHex } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { commitmentOf, type EntryKind, makeSalt } from '../custody/entry'
import { Assessment } from '../model/item'
import type { Outcome } from '../model/problem'
import { atOnce, each, type Steps } from '../model/slices'
import { makeEntry } from './custody'
import type { OpenLocker } from './keyring'
import { keepRow, type OpenedRow, readRows } from './rows'

/**
 * Adds an assessment, and in the same transaction to the custody log what of it was done: `noted` where the note was
 * written, changed or cleared since `before`, `assessed` for everything else. `before` is null for the first, and where
 * it is not known. Earlier ones stay. Works while locked: it is sealed to the public half and moved when it
 * is next read. Problems: `disk-full`, `storage-unavailable`. Throws on one that is not well formed.
 */
export async function keepAssessment(keep: {
  assessment: Assessment
  before?: Assessment | null
  recipient: string
  lockerId: string
  epoch?: number
}): Promise<Outcome<{ id: string }>> {
  const { recipient, lockerId, epoch = 1 } = keep
  const value = Assessment.parse(keep.assessment)
  const acts = actsOf(value, keep.before ?? null)
  const made = await Promise.all(acts.map((kind) => entryOf(kind, value)))
  const entries = made.map(({ custody }) => custody)
  const [first, ...more] = entries
  const to = { lockerId, recipient, epoch }
  return keepRow({
    to,
    id: randomIdHex(),
    kind: 'assessment',
    value,
    ...(first && { custody: more.length > 0 ? entries : first }),
    leaves: made.map(({ leaf }) => leaf),
  })
}

type Act = Extract<EntryKind, 'assessed' | 'noted'>

/** What the person did between two assessments; saying the same again is to assess it. */
function actsOf(next: Assessment, before: Assessment | null): Act[] {
  const isNoted = next.note !== (before?.note ?? '')
  const isAssessed = !equalBytes(restOf(next), before ? restOf(before) : restOf(nothingSaid(next)))
  if (!isNoted) return ['assessed']
  return isAssessed ? ['assessed', 'noted'] : ['noted']
}

/** Everything that is said besides the note. */
function restOf({ note: _, at: _at, ...rest }: Assessment): Bytes {
  return canonicalBytes(rest)
}

function nothingSaid({ itemId, at }: Assessment): Assessment {
  const none = { severity: null, isImminent: null, isCoordinated: null }
  return { itemId, at, types: [], grounds: [], note: '', ...none }
}

/**
 * The entry holds a digest that only whoever has the opening can compare: an assessment that was changed later is
 * not to be guessed from it.
 */
async function entryOf(kind: Act, value: Assessment): Promise<Awaited<ReturnType<typeof makeEntry>>> {
  const opening = makeSalt()
  const digest = toHex(await commitmentOf(opening, canonicalBytes(value)))
  return makeEntry({ kind, at: value.at, item: value.itemId, detail: { digest }, opening })
}

/** Every assessment of one item, newest first. Damaged ones are reported by `listItems`. */
export async function listAssessments(open: OpenLocker, itemId: string): Promise<Assessment[]> {
  const { rows } = await readRows(open)
  return (
    assessmentsIn(rows)
      .byItem.get(itemId)
      ?.map(({ assessment }) => assessment) ?? []
  )
}

export type Assessments = {
  /** Of each item, newest first. */
  byItem: Map<string, { rowId: string; assessment: Assessment }[]>
  /** The ids of rows that hold none well formed. */
  damaged: string[]
}

/** To check one takes about ten microseconds, and there may be more than one for every item. */
const checkedAtOnce = 32

/** The assessments among opened rows. */
export function assessmentsIn(rows: readonly OpenedRow[]): Assessments {
  return atOnce(sortingAssessments(rows))
}

/** As `assessmentsIn`, to be done in slices. */
export function* sortingAssessments(rows: readonly OpenedRow[]): Steps<Assessments> {
  const byItem: Assessments['byItem'] = new Map()
  const damaged: string[] = []
  const sort = (row: OpenedRow): void => {
    if (row.kind !== 'assessment') return
    const assessment = assessmentIn(row)
    if (assessment === null) {
      damaged.push(row.id)
      return
    }
    const one = { rowId: row.id, assessment }
    const others = byItem.get(assessment.itemId)
    if (others) others.push(one)
    else byItem.set(assessment.itemId, [one])
  }
  yield* each(rows, sort, checkedAtOnce)
  yield* each(byItem.values(), (list) => list.length > 1 && list.sort(newestFirst))
  return { byItem, damaged }
}

/** The newest assessment of one item among opened rows; null while there is none. */
export function newestAssessment(rows: readonly OpenedRow[], itemId: string): Assessment | null {
  // Only what claims to be about the item is looked into.
  return (
    assessmentsIn(rows.filter(({ value }) => claimedItem(value) === itemId)).byItem.get(itemId)?.[0]
      ?.assessment ?? null
  )
}

function claimedItem(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'itemId' in value ? value.itemId : null
}

// A list is made anew after every change; what it is made of stays the same as long as it is in memory.
const checked = new WeakMap<object, Assessment | null>()

function assessmentIn({ value }: OpenedRow): Assessment | null {
  if (typeof value !== 'object' || value === null) return null
  const known = checked.get(value)
  if (known !== undefined) return known
  const parsed = Assessment.safeParse(value)
  const assessment = parsed.success ? parsed.data : null
  checked.set(value, assessment)
  return assessment
}

type Dated = { rowId: string; assessment: Assessment }

function newestFirst(one: Dated, other: Dated): number {
  if (one.assessment.at !== other.assessment.at) return one.assessment.at < other.assessment.at ? 1 : -1
  return one.rowId < other.rowId ? 1 : -1
}
