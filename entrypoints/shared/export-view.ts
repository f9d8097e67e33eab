import { computed, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import type { SaveState } from '../../components/export/SaveStep'
import {
  changeExport,
  type ExportAction,
  type ExportDraft,
  fullFileName,
} from '../../components/export/steps'
import { dayText } from '../../components/shared/format'
import { coverCase } from '../../utils/bundle/cover-case'
import { findChannel } from '../../utils/channels/index'
import { randomBytes, toHex } from '../../utils/crypto/bytes'
import { generatePassphrase } from '../../utils/crypto/passphrase'
import { decisionToAppeal } from '../../utils/ledger/filings'
import type { Case } from '../../utils/model/case'
import type { OpenedItem } from '../../utils/model/item'
import type { Problem } from '../../utils/model/problem'
import type { Report } from '../../utils/model/report'
import { writeReport } from '../../utils/reports/write-report'
import { chooseLanguage, wordsFor } from '../../utils/words/translate'
import type { AddressBookView } from './address-book-view'
import { createCoverView } from './cover-view'
import { keepExport, type OpenExport, readExport } from './draft'
import { createOtherLogs } from './other-logs-view'
import { readForReport, saveBundle } from './save-bundle'
import type { Session } from './session'

/** State and actions of the five export steps. */
export type ExportView = ReturnType<typeof createExportView>

type Place = ExportDraft['place']

function savedFile({ path, name, sha256 }: Extract<SaveState, { kind: 'saved' }>) {
  return { path, name, sha256 }
}

/** The view of the export; idle (`draft` null) until started or resumed. */
export function createExportView(session: Session, book: AddressBookView) {
  const draft = signal<ExportDraft | null>(null)
  /** `isCovered`: they are the redacted copies as they will leave, no more the whole items. */
  const opened = signal<{ items: OpenedItem[]; isCovered: boolean } | null>(null)
  const cover = createCoverView(session)
  const others = createOtherLogs(session)
  const recipients = book.choice({
    recipients: () => draft.value?.recipients ?? [],
    choose: (chosen) => dispatch({ kind: 'name-recipients', recipients: chosen }),
  })
  const asked = signal<readonly string[]>([])
  const passphrase = signal(generatePassphrase())
  const saving = signal<SaveState | null>(null)
  const problem = signal<Problem | null>(null)
  let abort: AbortController | null = null
  let openedFor = ''

  const chosenCase = computed<Case | null>(
    () => session.contents.value.cases.find((one) => one.id === draft.value?.caseId) ?? null,
  )
  /** The items of the case that are there: neither in the bin nor damaged. */
  const itemIds = computed(() => {
    const there = new Set(session.contents.value.items.map((item) => item.id))
    return (chosenCase.value?.itemIds ?? []).filter((id) => there.has(id))
  })
  const channel = computed(() => findChannel(draft.value?.channelId ?? ''))
  const report = computed<Report | null>(() => {
    const [value, to] = [chosenCase.value, channel.value]
    if (!value || !opened.value || !to || !draft.value) return null
    const { items, isCovered } = opened.value
    const { attachmentLimits, language } = draft.value
    const options = { channel: to, words: wordsFor(language), attachmentLimits }
    if (!draft.value.isCovered) return isCovered ? null : writeReport({ ...options, case: value, items })
    if (!cover.fits(itemIds.value)) return null
    const read = isCovered ? items : items.map(cover.read)
    return writeReport({ ...options, case: coverCase(value, cover.words.value), items: read })
  })

  async function keep(next: ExportDraft | null, saved: OpenExport['saved'] = null): Promise<void> {
    draft.value = next
    const state = session.locker.value
    if (state.kind !== 'open') return
    await keepExport(state.locker, next && { draft: next, passphrase: passphrase.value, saved })
  }

  /** Changes the case; the report follows at once. */
  function changeCase(patch: Partial<Case>): void {
    if (chosenCase.value) session.changeCase(chosenCase.value.id, patch)
  }

  async function readItems(): Promise<void> {
    const ids = itemIds.value
    const wantsCover = draft.value?.isCovered === true
    if (wantsCover && !cover.fits(ids)) await cover.load(ids)
    // While one still chooses what to cover, the whole items are needed.
    const isCovered = wantsCover && draft.value?.step !== 'check'
    const wanted = `${isCovered} ${ids.join()}`
    if (openedFor === wanted && opened.value && !isCovered) return
    opened.value = null
    openedFor = wanted
    const covering = isCovered ? cover.redactionOf : null
    const read = await session.attempt((open) => readForReport(open, ids, covering))
    problem.value = session.problem.value
    if (openedFor === wanted) opened.value = read && { items: read, isCovered }
  }

  /** Whole items, or copies in which names and faces are covered. */
  async function setCovered(isOn: boolean): Promise<void> {
    if (isOn && !cover.fits(itemIds.value)) await cover.load(itemIds.value)
    dispatch({ kind: 'cover', isOn })
  }

  /** An appeal is about a decision that the ledger may know already; what is written in the case stays. */
  function takeDecision(): void {
    const [value, to] = [chosenCase.value, channel.value]
    const isAppeal = to?.fields.some(({ holds }) => holds === 'decision') === true
    if (!value || !isAppeal || value.decisionBy || value.decisionOn) return
    const decision = decisionToAppeal(session.contents.value.filings, value.id)
    if (decision) changeCase(decision)
  }

  async function reach(step: ExportDraft['step']): Promise<void> {
    if (step === 'check' || step === 'protect' || step === 'save') await readItems()
    if (step === 'protect') await Promise.all([book.read(), others.read(itemIds.value)])
    if (step === 'check') {
      takeDecision()
      const missing = report.value?.missing ?? []
      const needed = missing.toSorted((one, other) => Number(other.isBlocking) - Number(one.isBlocking))
      asked.value = needed.map((one) => one.field)
    }
    if (step === 'save') await save()
  }

  async function start(
    place: Place,
    from: { caseId: string | null; itemIds: readonly string[] },
  ): Promise<void> {
    passphrase.value = generatePassphrase()
    recipients.entry.clear()
    saving.value = null
    asked.value = []
    cover.close()
    problem.value = null
    const onlyCase = from.itemIds.length === 0 ? session.contents.value.cases[0]?.id : undefined
    await keep({
      step: 'what',
      caseId: from.caseId ?? onlyCase ?? null,
      itemIds: [...from.itemIds],
      channelId: null,
      language: session.words.value.language,
      protection: 'passphrase',
      recipients: [],
      hasArchive: false,
      fileName: `files-${toHex(randomBytes(2))}`,
      place,
      isCovered: false,
      attachmentLimits: null,
      isPaused: false,
    })
  }

  /** Goes on with the export that was left open here; false when there is none. */
  async function resume(place: Place): Promise<boolean> {
    const state = session.locker.value
    const left = state.kind === 'open' ? await readExport(state.locker) : null
    if (!left || left.draft.place !== place) return false
    const isCaseThere = session.contents.value.cases.some((one) => one.id === left.draft.caseId)
    passphrase.value = left.passphrase
    if (left.saved) saving.value = { kind: 'saved', ...left.saved }
    draft.value =
      isCaseThere || left.draft.step === 'what' ? left.draft : { ...left.draft, step: 'what', caseId: null }
    if (!draft.value.isPaused) await goOn()
    return true
  }

  /** Goes on with what was put aside. */
  async function goOn(): Promise<void> {
    if (!draft.value) return
    dispatch({ kind: 'go-on' })
    if (saving.value?.kind === 'saved') await readItems()
    else await reach(draft.value.step)
  }

  function dispatch(action: ExportAction): void {
    const saved = saving.value?.kind === 'saved' ? savedFile(saving.value) : null
    if (draft.value) void keep(changeExport(draft.value, action), saved)
  }

  /** Chooses the receiver, and a language that it reads; the person may choose another. */
  function chooseChannel(channelId: string): void {
    dispatch({ kind: 'choose-channel', channelId })
    const reads = findChannel(channelId)?.languages ?? []
    const own = session.words.value.language
    const language = reads.length === 0 || reads.includes(own) ? own : chooseLanguage(reads)
    dispatch({ kind: 'choose-language', language })
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
  async function makeCase(from: ExportDraft): Promise<void> {
    const { t, language } = session.words.value
    const title = t('case.ofDay', { day: dayText(new Date().toISOString(), language) })
    const made = await session.addToCase({ caseId: null, title, itemIds: from.itemIds })
    await keep({ ...from, caseId: made.id, itemIds: [] })
  }

  async function next(): Promise<void> {
    if (draft.value?.step === 'what' && draft.value.caseId === null) await makeCase(draft.value)
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
    if (opened.value?.isCovered !== from.isCovered) return
    abort = new AbortController()
    saving.value = { kind: 'saving', done: 0, of: itemIds.value.length }
    const saved = await saveBundle({
      open: state.locker,
      case: from.isCovered ? coverCase(value, cover.words.value) : value,
      itemIds: itemIds.value,
      report: written,
      covering: from.isCovered ? cover.redactionOf : null,
      draft: from,
      passphrase: passphrase.value,
      version: browser.runtime.getManifest().version,
      signal: abort.signal,
      onProgress: ({ done, total }) => {
        saving.value = { kind: 'saving', done, of: total }
      },
    })
    if (!saved.ok && saved.problem.code === 'cancelled') {
      saving.value = null
      return dispatch({ kind: 'back' })
    }
    if (!saved.ok) {
      saving.value = { kind: 'failed', problem: saved.problem }
      return
    }
    const file = { ...saved.value, name: fullFileName(from) }
    saving.value = { kind: 'saved', ...file }
    // What to do next is done elsewhere, with the popup closed: it stays until the person says "Done".
    await keep(draft.value, file)
  }

  function leave(): void {
    session.saveNow()
    abort?.abort()
    opened.value = null
    openedFor = ''
    cover.close()
    void keep(null)
  }

  return {
    draft,
    cover,
    book,
    others,
    recipients,
    setCovered,
    wholeItems: () => (opened.value && !opened.value.isCovered ? opened.value.items : []),
    asked,
    passphrase,
    saving,
    problem,
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
    cancel: () => abort?.abort(),
    leave,
    move,
    pause,
    goOn,
  }
}
