import { computed, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import { changeExport, type ExportAction, type ExportDraft } from '../../components/export/steps'
import { dayText } from '../../components/shared/format'
import { coverCase } from '../../utils/bundle/cover-case'
import { findChannel } from '../../utils/channels/index'
import { generatePassphrase } from '../../utils/crypto/passphrase'
import type { Case } from '../../utils/model/case'
import type { Channel } from '../../utils/model/channel'
import type { Report } from '../../utils/model/report'
import { writeReport } from '../../utils/reports/write-report'
import { wordsFor } from '../../utils/words/translate'
import type { AddressBookView } from './address-book-view'
import { type CoverView, createCoverView } from './cover-view'
import { keepExport, readExport } from './draft'
import { createExportItems, type ExportItems } from './export-items'
import { decisionFor, fieldsToAsk, languageFor, leftDraft, newDraft } from './export-proposals'
import { createExportSaving } from './export-saving'
import { createOtherLogs } from './other-logs-view'
import type { Session } from './session'

/** State and actions of the five export steps. */
export type ExportView = ReturnType<typeof createExportView>

type Place = ExportDraft['place']

/** A report is written of one case, for one channel, of items that are open. */
type ToReport = { draft: ExportDraft; case: Case; channel: Channel; opened: ExportItems }

/** The report as it stands; null while what is covered in its items is not known. */
function reportOf({ draft, channel, opened, ...from }: ToReport, cover: CoverView): Report | null {
  const { items, isCovered } = opened
  const { attachmentLimits, language } = draft
  const options = { channel, words: wordsFor(language), attachmentLimits }
  if (!draft.isCovered) return isCovered ? null : writeReport({ ...options, case: from.case, items })
  const read = isCovered ? items : items.map(cover.read)
  return writeReport({ ...options, case: coverCase(from.case, cover.words.value), items: read })
}

/** What an export is about, computed from its draft and from what is in the locker. */
function followDraft(session: Session, draft: { value: ExportDraft | null }) {
  const chosenCase = computed<Case | null>(
    () => session.contents.value.cases.find((one) => one.id === draft.value?.caseId) ?? null,
  )
  /** The items of the case that are there: neither in the bin nor damaged. */
  const itemIds = computed(() => {
    const there = new Set(session.contents.value.items.map((item) => item.id))
    return (chosenCase.value?.itemIds ?? []).filter((id) => there.has(id))
  })
  const channel = computed(() => findChannel(draft.value?.channelId ?? ''))
  return { chosenCase, itemIds, channel }
}

/** The view of the export; idle (`draft` null) until started or resumed. */
export function createExportView(session: Session, book: AddressBookView) {
  const draft = signal<ExportDraft | null>(null)
  const { chosenCase, itemIds, channel } = followDraft(session, draft)
  const cover = createCoverView(session)
  const items = createExportItems(session, cover)
  const others = createOtherLogs(session)
  const saving = createExportSaving()
  const recipients = book.choice({
    recipients: () => draft.value?.recipients ?? [],
    choose: (chosen) => dispatch({ kind: 'name-recipients', recipients: chosen }),
  })
  const asked = signal<readonly string[]>([])
  const passphrase = signal(generatePassphrase())
  let isMakingCase = false

  const report = computed<Report | null>(() => {
    const [now, value, to, opened] = [draft.value, chosenCase.value, channel.value, items.opened.value]
    if (!now || !value || !to || !opened) return null
    if (now.isCovered && !cover.fits(itemIds.value)) return null
    return reportOf({ draft: now, case: value, channel: to, opened }, cover)
  })

  async function keep(next: ExportDraft | null): Promise<void> {
    draft.value = next
    const state = session.locker.value
    if (state.kind !== 'open') return
    const left = next && { draft: next, passphrase: passphrase.value, saved: saving.file() }
    await keepExport(state.locker, left)
  }

  function dispatch(action: ExportAction): void {
    if (draft.value) void keep(changeExport(draft.value, action))
  }

  /** Changes the case; the report follows at once. */
  function changeCase(patch: Partial<Case>): void {
    if (chosenCase.value) session.changeCase(chosenCase.value.id, patch)
  }

  async function readItems(): Promise<void> {
    const ids = itemIds.value
    if (draft.value?.isCovered && !cover.fits(ids)) await cover.load(ids)
    if (!draft.value) return
    // While one still chooses what to cover, the whole items are needed.
    await items.read(ids, { isCovered: draft.value.isCovered && draft.value.step !== 'check' })
  }

  /** Whole items, or copies in which names and faces are covered. */
  async function setCovered(isOn: boolean): Promise<void> {
    if (isOn && !cover.fits(itemIds.value)) await cover.load(itemIds.value)
    dispatch({ kind: 'cover', isOn })
  }

  /** An appeal is about a decision that the ledger may know already; what is written in the case stays. */
  function takeDecision(): void {
    const [value, to] = [chosenCase.value, channel.value]
    const decision = value && to && decisionFor(value, to, session.contents.value.filings)
    if (decision) changeCase(decision)
  }

  /** Makes ready what a step needs. One may be elsewhere before that is done: then nothing more comes of it. */
  async function reach(step: ExportDraft['step']): Promise<void> {
    if (step === 'check' || step === 'protect' || step === 'save') await readItems()
    if (draft.value?.step !== step) return
    if (step === 'protect') await Promise.all([book.read(), others.read(itemIds.value)])
    if (step === 'check') {
      takeDecision()
      asked.value = report.value ? fieldsToAsk(report.value) : []
    }
    if (step === 'save') await save()
  }

  async function start(
    place: Place,
    from: { caseId: string | null; itemIds: readonly string[] },
  ): Promise<void> {
    close()
    passphrase.value = generatePassphrase()
    recipients.entry.clear()
    asked.value = []
    const onlyCase = from.itemIds.length === 0 ? session.contents.value.cases[0]?.id : undefined
    const caseId = from.caseId ?? onlyCase ?? null
    const { language } = session.words.value
    await keep(newDraft({ place, caseId, itemIds: [...from.itemIds], language }))
  }

  /** Goes on with the export that was left open here; false when there is none. */
  async function resume(place: Place): Promise<boolean> {
    const state = session.locker.value
    const left = state.kind === 'open' ? await readExport(state.locker) : null
    if (!left || left.draft.place !== place) return false
    passphrase.value = left.passphrase
    if (left.saved) saving.resume(left.saved)
    draft.value = leftDraft(left.draft, session.contents.value.cases)
    if (!draft.value.isPaused) await goOn()
    return true
  }

  /** Goes on with what was put aside. */
  async function goOn(): Promise<void> {
    if (!draft.value) return
    dispatch({ kind: 'go-on' })
    if (saving.file()) await readItems()
    else await reach(draft.value.step)
  }

  /** Chooses the receiver, and a language that it reads; the person may choose another. */
  function chooseChannel(channelId: string): void {
    dispatch({ kind: 'choose-channel', channelId })
    dispatch({ kind: 'choose-language', language: languageFor(channelId, session.words.value.language) })
  }

  /** Puts the export aside, with everything chosen so far. */
  function pause(): void {
    session.saveNow()
    dispatch({ kind: 'pause' })
  }

  /** Hands the export over to the locker page or the popup; kept when this resolves. */
  async function move(to: Place): Promise<void> {
    if (draft.value) await keep(changeExport(draft.value, { kind: 'move', place: to }))
  }

  /** The ticked items become a case at the first step, so that what is written on the way is kept. */
  async function makeCase(ids: readonly string[]): Promise<void> {
    isMakingCase = true
    const { t, language } = session.words.value
    const title = t('case.ofDay', { day: dayText(new Date().toISOString(), language) })
    const made = await session.addToCase({ caseId: null, title, itemIds: ids })
    isMakingCase = false
    // It may have been put aside or left meanwhile.
    if (draft.value) await keep({ ...draft.value, caseId: made.id, itemIds: [] })
  }

  async function next(): Promise<void> {
    // Pressed again while the case is made: it would be made twice.
    if (isMakingCase) return
    if (draft.value?.step === 'what' && draft.value.caseId === null) await makeCase(draft.value.itemIds)
    session.saveNow()
    dispatch({ kind: 'next' })
    if (draft.value) await reach(draft.value.step)
  }

  function back(): void {
    session.saveNow()
    dispatch({ kind: 'back' })
    if (draft.value) void reach(draft.value.step)
  }

  async function save(): Promise<void> {
    const [from, value, written, state] = [draft.value, chosenCase.value, report.value, session.locker.value]
    if (!from || !value || !written || state.kind !== 'open') return
    if (items.opened.value?.isCovered !== from.isCovered) return
    const ended = await saving.run({
      open: state.locker,
      case: from.isCovered ? coverCase(value, cover.words.value) : value,
      itemIds: itemIds.value,
      report: written,
      covering: from.isCovered ? cover.redactionOf : null,
      draft: from,
      passphrase: passphrase.value,
      version: browser.runtime.getManifest().version,
    })
    if (ended === 'cancelled') dispatch({ kind: 'back' })
    // What to do next is done elsewhere, with the popup closed: it stays until the person says "Done".
    else if (ended) await keep(draft.value)
  }

  /** Stops what is under way and holds nothing opened any more. */
  function close(): void {
    saving.close()
    items.close()
    cover.close()
  }

  function leave(): void {
    session.saveNow()
    close()
    void keep(null)
  }

  return {
    draft,
    cover,
    book,
    others,
    recipients,
    setCovered,
    wholeItems: items.whole,
    asked,
    passphrase,
    saving: saving.state,
    problem: items.problem,
    chosenCase,
    channel,
    report,
    start,
    resume,
    dispatch,
    chooseChannel,
    next,
    back,
    changeCase,
    retry: save,
    cancel: saving.cancel,
    leave,
    move,
    pause,
    goOn,
  }
}
