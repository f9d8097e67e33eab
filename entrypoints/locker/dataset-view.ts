import { computed, signal } from '@preact/signals'
import { type DatasetStep, stepsFor } from '../../components/dataset/steps'
import { cleanFileName, type Protection } from '../../components/export/steps'
import { randomBytes, toHex } from '../../utils/crypto/bytes'
import { generatePassphrase } from '../../utils/crypto/passphrase'
import { checkRelease } from '../../utils/dataset/check'
import { checkChoices, type DatasetChoices } from '../../utils/dataset/choices'
import { makePlan } from '../../utils/dataset/plan'
import { prepareRelease } from '../../utils/dataset/release'
import type { AddressBookView } from '../shared/address-book-view'
import type { Session } from '../shared/session'
import { afterSaving, createDraft, type DatasetDraft, pseudonymKeyOf, withProjectKey } from './dataset-draft'
import { createReading } from './dataset-reading'
import { createReview } from './dataset-review'
import { createDatasetWork } from './dataset-work'
import { type Checked, saveDataset } from './save-dataset'

/** State and actions of the guided export of a dataset. */
export type DatasetView = ReturnType<typeof createDatasetView>

/** The view of the dataset; `draft` is null until it is opened. */
export function createDatasetView(session: Session, addressBook: AddressBookView) {
  const { draft, ...drafts } = createDraft(session)
  const { work, run, stop } = createDatasetWork()
  const reading = createReading(session)
  const { book } = reading
  const protection = signal<Protection>('passphrase')
  const passphrase = signal('')
  const fileName = signal('')
  const recipients = addressBook.choice({
    recipients: () => draft.value?.recipients ?? [],
    // To whom it goes changes nothing of what was checked.
    choose: (chosen) => drafts.patch({ recipients: chosen }),
  })
  let checked: Checked | null = null
  let opening = 0

  const plan = computed(() => (book.value && draft.value ? makePlan(book.value, draft.value.choices) : null))
  const decisions = computed(
    () => new Map((draft.value?.decisions ?? []).map((decision) => [decision.itemId, decision])),
  )
  const problems = computed(() => (draft.value ? checkChoices(draft.value.choices, protection.value) : []))
  const released = computed(() => (plan.value?.released ?? []).map(({ entry }) => entry.id))
  const review = createReview({
    itemIds: () => released.value,
    decisions: () => decisions.value,
    propose: reading.propose,
    decide: (decision) => {
      const others = (draft.value?.decisions ?? []).filter(({ itemId }) => itemId !== decision.itemId)
      change({ decisions: [...others, decision] })
    },
  })

  function change(patch: Partial<DatasetDraft>): void {
    // What was checked, or is, was another dataset.
    checked = null
    if (work.value.kind === 'checking') stop()
    if (work.value.kind === 'checked' || work.value.kind === 'failed') work.value = { kind: 'none' }
    drafts.patch(patch)
  }

  /** Reads the locker anew. False when it was stopped. */
  async function read(): Promise<boolean> {
    if (session.locker.value.kind !== 'open' || !draft.value) return false
    const { names } = draft.value
    return run('reading', async (watch) => {
      await reading.read(names, watch)
      return { kind: 'none' }
    })
  }

  async function check(): Promise<void> {
    if (!draft.value) return
    change(withProjectKey(draft.value))
    if (!(await read())) return
    const [from, chosen, source, current] = [draft.value, plan.value, reading.source(), book.value]
    if (!chosen || !source || !current) return
    await run('checking', async (watch) => {
      const key = await pseudonymKeyOf(from)
      const release = await prepareRelease({
        plan: chosen,
        book: current,
        review: decisions.value,
        source,
        key,
      })
      const result = await checkRelease(release, watch)
      watch.signal.throwIfAborted()
      checked = { release, result }
      return { kind: 'checked', result }
    })
  }

  async function save(): Promise<void> {
    if (!checked || !draft.value || problems.value.length > 0 || work.value.kind === 'writing') return
    const what = checked
    const how = {
      protection: protection.value,
      recipients: draft.value.recipients,
      passphrase: passphrase.value,
      fileName: fileName.value,
    }
    await run('writing', async (watch) => {
      const done = await saveDataset(what, { ...how, watch })
      // With it goes the key of these pseudonyms.
      if (done.kind === 'saved') checked = null
      return done
    })
  }

  async function reach(step: DatasetStep): Promise<void> {
    change({ step })
    if (step === 'scope' || step === 'people') await read()
    if (step === 'review' && (await read())) await review.showUnread()
    if (step === 'check') await check()
  }

  /** One step on or back; nothing beyond the ends. */
  async function move(by: 1 | -1): Promise<void> {
    if (!draft.value) return
    stop()
    const steps = stepsFor(draft.value.choices)
    const next = steps[steps.indexOf(draft.value.step) + by]
    if (next) await reach(next)
  }

  async function open(): Promise<void> {
    opening += 1
    const mine = opening
    const kept = await drafts.read()
    await addressBook.read()
    // It may have been left again meanwhile.
    if (kept === null || mine !== opening) return
    draft.value = kept
    recipients.entry.clear()
    passphrase.value = generatePassphrase()
    fileName.value = `files-${toHex(randomBytes(2))}`
    work.value = { kind: 'none' }
    const { step, choices } = kept
    if (!stepsFor(choices).includes(step)) change({ step: 'purpose' })
    else if (step !== 'purpose') void reach(step)
  }

  /** Leaves the screen: long work stops, what was prepared stays in the locker. */
  function close(): void {
    opening += 1
    stop()
    drafts.keepNow()
    checked = null
    review.close()
    reading.close()
  }

  function finish(): void {
    if (draft.value) change({ ...afterSaving(draft.value) })
    drafts.keepNow()
  }

  return {
    draft,
    work,
    book,
    plan,
    problems,
    review: review.state,
    protection,
    passphrase,
    fileName,
    open,
    close,
    finish,
    move,
    check,
    save,
    decide: review.decide,
    showRow: review.showRow,
    showUnread: review.showUnread,
    go: reach,
    cancel: stop,
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
