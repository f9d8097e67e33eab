import { computed, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import {
  type DatasetStep,
  type DatasetWork,
  type ReviewRow,
  type ReviewState,
  stepsFor,
} from '../../components/dataset/steps'
import { cleanFileName, type Protection } from '../../components/export/steps'
import { saveFile } from '../../utils/bundle/save'
import { randomBytes, toHex } from '../../utils/crypto/bytes'
import { generatePassphrase } from '../../utils/crypto/passphrase'
import { encryptStream } from '../../utils/crypto/recipients'
import { type Book, readBook } from '../../utils/dataset/book'
import { type CheckResult, checkRelease } from '../../utils/dataset/check'
import { checkChoices, type DatasetChoices } from '../../utils/dataset/choices'
import { makePlan } from '../../utils/dataset/plan'
import { type Redactor, startRedactor } from '../../utils/dataset/redact'
import { prepareRelease, type Release } from '../../utils/dataset/release'
import type { DatasetSource } from '../../utils/dataset/source'
import { problemOf } from '../../utils/model/problem-error'
import type { AddressBookView } from '../shared/address-book-view'
import { later } from '../shared/later'
import type { Session } from '../shared/session'
import {
  afterSaving,
  type DatasetDraft,
  keepDraft,
  pseudonymKeyOf,
  readDraft,
  withProjectKey,
} from './dataset-draft'
import { lockerSource, namedIdentifiers, redactedNames } from './dataset-source'

const typingPauseMs = 400
type Stream = ReadableStream<Uint8Array<ArrayBuffer>>

/** State and actions of the guided export of a dataset. */
export type DatasetView = ReturnType<typeof createDatasetView>

/** The view of the dataset; `draft` is null until it is opened. */
export function createDatasetView(session: Session, addressBook: AddressBookView) {
  const draft = signal<DatasetDraft | null>(null)
  const work = signal<DatasetWork>({ kind: 'none' })
  const book = signal<Book | null>(null)
  const at = signal(0)
  const row = signal<ReviewRow | null>(null)
  const protection = signal<Protection>('passphrase')
  const passphrase = signal('')
  const fileName = signal('')
  const recipients = addressBook.choice({
    recipients: () => draft.value?.recipients ?? [],
    choose: nameRecipients,
  })
  let source: DatasetSource | null = null
  let redactor: Redactor | null = null
  let checked: { release: Release; result: CheckResult } | null = null
  let abort = new AbortController()

  const plan = computed(() => (book.value && draft.value ? makePlan(book.value, draft.value.choices) : null))
  const decisions = computed(
    () => new Map((draft.value?.decisions ?? []).map((decision) => [decision.itemId, decision])),
  )
  const problems = computed(() => (draft.value ? checkChoices(draft.value.choices, protection.value) : []))
  const reviewState = computed<ReviewState>(() => {
    const released = plan.value?.released ?? []
    const read = released.filter(({ entry }) => decisions.value.has(entry.id)).length
    return { at: at.value, of: released.length, read, row: row.value }
  })

  const saveSoon = later(typingPauseMs, (next: DatasetDraft) => {
    void session.attempt((open) => keepDraft(open, next))
  })

  function change(patch: Partial<DatasetDraft>): void {
    if (!draft.value) return
    draft.value = { ...draft.value, ...patch }
    // What was checked was another dataset.
    checked = null
    if (work.value.kind === 'checked' || work.value.kind === 'failed') work.value = { kind: 'none' }
    saveSoon.call(draft.value)
  }

  /** To whom it goes changes nothing of what was checked. */
  function nameRecipients(chosen: string[]): void {
    if (!draft.value) return
    draft.value = { ...draft.value, recipients: chosen }
    saveSoon.call(draft.value)
  }

  /** Runs long work that can be stopped; what it fails with is shown. True when it came to its end. */
  async function run(
    kind: 'reading' | 'checking' | 'writing',
    task: () => Promise<DatasetWork>,
  ): Promise<boolean> {
    abort = new AbortController()
    work.value = { kind, done: 0, of: 0 }
    try {
      work.value = await task()
      return true
    } catch (error) {
      const problem = problemOf(error)
      if (problem === null) throw error
      work.value = problem.code === 'cancelled' ? { kind: 'none' } : { kind: 'failed', problem }
      return false
    }
  }

  const watchOf = (kind: 'reading' | 'checking' | 'writing') => ({
    signal: abort.signal,
    onProgress: ({ done, total }: { done: number; total: number }) => {
      work.value = { kind, done, of: total }
    },
  })

  /** Reads the locker anew: items, cases and names may have changed. False when it was stopped. */
  async function read(): Promise<boolean> {
    const state = session.locker.value
    if (state.kind !== 'open' || !draft.value) return false
    const { items, cases } = session.contents.value
    const { names } = draft.value
    return run('reading', async () => {
      const opened = await lockerSource(state.locker, { itemIds: items.map(({ id }) => id), cases })
      const next = await readBook(opened, namedIdentifiers(cases, names), watchOf('reading'))
      source = opened
      redactor = startRedactor(redactedNames(cases, names), next.identifiers)
      book.value = next
      return { kind: 'none' }
    })
  }

  async function showRow(index: number): Promise<void> {
    const id = plan.value?.released[index]?.entry.id
    at.value = index
    // The row before stays until this one is there: nothing moves under the pointer.
    if (id === undefined) {
      row.value = null
      return
    }
    const [record] = (await source?.open([id])) ?? []
    if (!record || !redactor || at.value !== index) return
    const original = record.item.post.text ?? ''
    const { text, redactions } = redactor(original)
    const kept = decisions.value.get(id)?.text ?? text
    row.value = { itemId: id, original, spans: redactions, redacted: kept }
  }

  async function decide(text: string | null): Promise<void> {
    const here = row.value
    const isShown = here?.itemId === plan.value?.released[at.value]?.entry.id
    if (!here || !isShown || !draft.value) return
    const others = draft.value.decisions.filter(({ itemId }) => itemId !== here.itemId)
    change({ decisions: [...others, { itemId: here.itemId, text }] })
    await showRow(Math.min(at.value + 1, reviewState.value.of))
  }

  /** Opens the first row that nobody has read; after the last one when there is none. */
  async function showUnread(): Promise<void> {
    const released = plan.value?.released ?? []
    const first = released.findIndex(({ entry }) => !decisions.value.has(entry.id))
    await showRow(first < 0 ? released.length : first)
  }

  async function check(): Promise<void> {
    if (!draft.value) return
    change(withProjectKey(draft.value))
    if (!(await read())) return
    const [from, chosen, opened, current] = [draft.value, plan.value, source, book.value]
    if (!chosen || !opened || !current) return
    await run('checking', async () => {
      const key = await pseudonymKeyOf(from)
      const review = decisions.value
      const release = await prepareRelease({ plan: chosen, book: current, review, source: opened, key })
      const result = await checkRelease(release, watchOf('checking'))
      checked = { release, result }
      return { kind: 'checked', result }
    })
  }

  async function protect(stream: Stream): Promise<Stream> {
    const recipients = draft.value?.recipients ?? []
    if (protection.value === 'none') return stream
    const encrypted = await (protection.value === 'recipients'
      ? encryptStream(stream, { kind: 'recipients', recipients })
      : encryptStream(stream, { kind: 'passphrase', passphrase: passphrase.value }))
    // The age library's types do not say that its buffers are never shared ones.
    return encrypted as Stream
  }

  async function save(): Promise<void> {
    if (!checked || !draft.value || problems.value.length > 0) return
    const { release, result } = checked
    await run('writing', async () => {
      // The writers of tables are large and needed here alone.
      const { writeDataset } = await import('../../utils/dataset/write')
      const tool = { name: 'Witnessmark', version: browser.runtime.getManifest().version }
      const madeOn = new Date().toISOString().slice(0, 10)
      const stream = writeDataset({ release, check: result, tool, madeOn, ...watchOf('writing') })
      const name = `${fileName.value.trim() || 'files'}${protection.value === 'none' ? '.zip' : '.zip.age'}`
      const saved = await saveFile({ name, stream: await protect(stream) })
      if (!saved.ok)
        return saved.problem.code === 'cancelled'
          ? { kind: 'none' }
          : { kind: 'failed', problem: saved.problem }
      // With it goes the key of these pseudonyms.
      checked = null
      const { path, sha256 } = saved.value
      return { kind: 'saved', path: path ?? name, sha256, rows: release.items.length }
    })
  }

  async function reach(step: DatasetStep): Promise<void> {
    change({ step })
    if (step === 'scope' || step === 'people') await read()
    if (step === 'review' && (await read())) await showUnread()
    if (step === 'check') await check()
  }

  /** One step on or back; nothing beyond the ends. */
  async function move(by: 1 | -1): Promise<void> {
    if (!draft.value) return
    abort.abort()
    const steps = stepsFor(draft.value.choices)
    const next = steps[steps.indexOf(draft.value.step) + by]
    if (next) await reach(next)
  }

  async function open(): Promise<void> {
    const state = session.locker.value
    if (state.kind !== 'open') return
    draft.value = await readDraft(state.locker)
    recipients.entry.clear()
    await addressBook.read()
    passphrase.value = generatePassphrase()
    fileName.value = `files-${toHex(randomBytes(2))}`
    work.value = { kind: 'none' }
    const { step, choices } = draft.value
    if (!stepsFor(choices).includes(step)) change({ step: 'purpose' })
    else if (step !== 'purpose') void reach(step)
  }

  /** Leaves the screen: long work stops, what was prepared stays in the locker. */
  function close(): void {
    abort.abort()
    saveSoon.flush()
    checked = null
    row.value = null
    book.value = null
  }

  function finish(): void {
    if (draft.value) change({ ...afterSaving(draft.value) })
    saveSoon.flush()
  }

  return {
    draft,
    work,
    book,
    plan,
    problems,
    review: reviewState,
    protection,
    passphrase,
    fileName,
    open,
    close,
    finish,
    move,
    check,
    save,
    decide,
    showRow,
    showUnread,
    go: reach,
    cancel: () => abort.abort(),
    choose: (patch: Partial<DatasetChoices>) => {
      if (draft.value) change({ choices: { ...draft.value.choices, ...patch } })
    },
    list: (text: string) => change({ names: text.split('\n') }),
    protectBy: (next: Protection) => {
      protection.value = next
    },
    recipients,
    nameFile: (name: string) => {
      fileName.value = cleanFileName(name)
    },
  }
}
