import { signal } from '@preact/signals'
import type { NewAnswer } from '../../components/reports/AnswerForm'
import type { DueLine } from '../../components/reports/Dues'
import type { Told } from '../../components/reports/FilingForm'
import type { FilingChange } from '../../components/reports/FilingPage'
import { saveFile } from '../../utils/bundle/save'
import { findChannel } from '../../utils/channels/index'
import { randomBytes, randomIdHex, toHex, toUtf8 } from '../../utils/crypto/bytes'
import { writeCalendar } from '../../utils/ledger/calendar'
import { dueList, isAnythingDue, nearnessOf } from '../../utils/ledger/clocks'
import { whenAt } from '../../utils/ledger/days'
import { type Repeated, repeatedBy } from '../../utils/ledger/filings'
import { deleteFiling, keepFiling, type LedgerAct } from '../../utils/locker/ledger'
import type { Filing, When } from '../../utils/model/ledger'
import { clocksOf } from './channel-facts'
import type { Session } from './session'

/** State and actions of the ledger, in the popup and in the locker page. */
export type LedgerView = ReturnType<typeof createLedgerView>

/** The zone of this device's clock. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

type NewFiling = Told & {
  reference: string
  channelId: string
  caseId: string | null
  itemIds: readonly string[]
  bundleSha256: string | null
}

function answered(answer: NewAnswer, zone: string): NonNullable<Filing['answer']> {
  return { at: { ...answer.told, zone }, decision: answer.decision, note: answer.note.trim() }
}

/** The filing after a change, and what the custody log calls that. */
function changed(
  filing: Filing,
  change: FilingChange,
  zone: string,
): { patch: Partial<Filing>; act: LedgerAct } {
  switch (change.kind) {
    case 'reference':
      return { patch: { reference: change.reference }, act: 'noted' }
    case 'note':
      return { patch: { note: change.note }, act: 'noted' }
    case 'answer':
      return { patch: { answer: answered(change.answer, zone) }, act: 'answered' }
    case 'appeal': {
      const at: When = { ...change.told, zone }
      const appeal = { route: change.route, at, reference: change.reference, answer: null }
      return { patch: { appeals: [...filing.appeals, appeal] }, act: 'filed' }
    }
    case 'appeal-answer': {
      const answer = answered(change.answer, zone)
      const appeals = filing.appeals.map((appeal, index) =>
        index === change.index ? { ...appeal, answer } : appeal,
      )
      return { patch: { appeals }, act: 'answered' }
    }
    case 'renew':
      return { patch: { renewed: { ...change.told, zone } }, act: 'noted' }
    case 'close':
      return { patch: { isClosed: change.isClosed }, act: 'noted' }
  }
}

/** Saves a text as a file with a name that says nothing; the name, or null when it was not saved. */
export async function saveText(text: string, ending: string): Promise<string | null> {
  const name = `files-${toHex(randomBytes(2))}.${ending}`
  const saved = await saveFile({ name, stream: new Blob([toUtf8(text)]).stream() })
  return saved.ok ? (saved.value.path ?? name) : null
}

/** The view of the ledger. */
export function createLedgerView(session: Session) {
  const savedAs = signal<string | null>(null)
  const filings = () => session.contents.value.filings

  function show(filing: Filing): void {
    const others = filings().filter(({ id }) => id !== filing.id)
    session.contents.value = { ...session.contents.value, filings: [filing, ...others] }
  }

  async function keep(filing: Filing, act: LedgerAct): Promise<void> {
    await session.attempt((open) => keepFiling({ open, filing, act }))
    await session.refresh()
  }

  /** Writes down that something was filed. */
  async function file(told: NewFiling): Promise<void> {
    const { cases, items } = session.contents.value
    const found = cases.find(({ id }) => id === told.caseId)
    const inFiling = items.filter(({ id }) => told.itemIds.includes(id))
    const given = found && found.types.length > 0 ? found.types : inFiling.flatMap(({ types }) => types)
    const now = new Date().toISOString()
    const filing: Filing = {
      id: randomIdHex(),
      caseId: told.caseId,
      channelId: told.channelId,
      receiver: findChannel(told.channelId)?.receiver ?? '',
      platforms: [...new Set(inFiling.map(({ platform }) => platform))],
      itemIds: [...told.itemIds],
      types: [...new Set(given)],
      filed: { day: told.day, time: told.time, zone: ownZone() },
      reference: told.reference,
      bundleSha256: told.bundleSha256,
      note: '',
      answer: null,
      appeals: [],
      renewed: null,
      isClosed: false,
      createdAt: now,
      changedAt: now,
    }
    await keep(filing, 'filed')
  }

  /** Changes a filing. */
  async function change(id: string, what: FilingChange): Promise<void> {
    const filing = filings().find((one) => one.id === id)
    if (!filing) return
    const { patch, act } = changed(filing, what, ownZone())
    const next = { ...filing, ...patch, changedAt: new Date().toISOString() }
    show(next)
    await keep(next, act)
  }

  async function remove(id: string): Promise<void> {
    await session.attempt((open) => deleteFiling({ open, id, at: new Date().toISOString() }))
    await session.refresh()
  }

  const now = () => ({ ms: session.now.value.getTime(), zone: ownZone() })

  /** Everything that is counted, the nearest first. */
  function dues(): DueLine[] {
    const at = now()
    return dueList(filings(), clocksOf).map((due) => ({ due, nearness: nearnessOf(due, at) }))
  }

  async function saveCalendar(): Promise<void> {
    const title = session.words.value.t('ledger.calendarTitle')
    savedAs.value = await saveText(
      writeCalendar({ dues: dueList(filings(), clocksOf), title, now: now().ms }),
      'ics',
    )
  }

  return {
    filings,
    savedAs,
    file,
    change,
    remove,
    dues,
    saveCalendar,
    isDue: () => isAnythingDue(dueList(filings(), clocksOf), now()),
    /** Day and time by this device's clock. */
    today: (): Told => {
      const { day, time } = whenAt(Date.now(), ownZone())
      return { day, time }
    },
    /** Earlier filings that a report of these items to this channel would repeat. */
    repeated: (channelId: string, itemIds: readonly string[]): Repeated =>
      repeatedBy(filings(), { channelId, receiver: findChannel(channelId)?.receiver ?? '', itemIds }),
  }
}
