import { signal } from '@preact/signals'
import { datasetSteps } from '../../components/dataset/steps'
import { fromHex, randomBytes, toHex } from '../../utils/crypto/bytes'
import { DatasetChoices, firstChoices } from '../../utils/dataset/choices'
import { importPseudonymKey, newPseudonymKey } from '../../utils/dataset/pseudonyms'
import { Decision } from '../../utils/dataset/review'
import { keepDatasetDraft, readDatasetDraft } from '../../utils/locker/dataset-draft'
import type { OpenLocker } from '../../utils/locker/keyring'
import { z } from '../../utils/model/schema'
import { inOrder, later } from '../shared/later'
import type { Session } from '../shared/session'

const typingPauseMs = 400

const Draft = z.strictObject({
  step: z.enum(datasetSteps),
  choices: DatasetChoices,
  /** Names that are taken out of texts, as she typed them. */
  names: z.array(z.string().max(200)).max(5_000),
  decisions: z.array(Decision),
  recipients: z.array(z.string()),
  /** The key of the project, for pseudonyms that stay the same; null until one is asked for. */
  projectKey: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
})

/** A dataset that is being prepared: kept sealed in the locker, so that a long review can wait. */
export type DatasetDraft = z.infer<typeof Draft>

const firstDraft: DatasetDraft = {
  step: 'purpose',
  choices: firstChoices,
  names: [],
  decisions: [],
  recipients: [],
  projectKey: null,
}

/** What was kept; an empty one when there is none, or it is of a form unknown here. */
async function readDraft(open: OpenLocker): Promise<DatasetDraft> {
  const parsed = Draft.safeParse(await readDatasetDraft(open))
  return parsed.success ? parsed.data : firstDraft
}

/** Keeps it. Problems as `keepDatasetDraft`. */
function keepDraft(open: OpenLocker, draft: DatasetDraft): ReturnType<typeof keepDatasetDraft> {
  return keepDatasetDraft(open, draft)
}

/** The draft with a key for its project, when it needs one and has none. */
export function withProjectKey(draft: DatasetDraft): DatasetDraft {
  if (draft.choices.key === 'destroyed' || draft.projectKey !== null) return draft
  return { ...draft, projectKey: toHex(randomBytes(32)) }
}

/** The key for the pseudonyms of one export: fresh and held by nobody, or the project's. */
export function pseudonymKeyOf(draft: DatasetDraft): Promise<CryptoKey> {
  if (draft.choices.key === 'destroyed' || draft.projectKey === null) return newPseudonymKey()
  return importPseudonymKey(fromHex(draft.projectKey))
}

/** What stays when a dataset is done: the names, and the key of the project. */
export function afterSaving(draft: DatasetDraft): DatasetDraft {
  return { ...firstDraft, names: draft.names, projectKey: draft.projectKey }
}

/** The draft of a dataset, kept in the locker as it changes. */
export function createDraft(session: Session) {
  const draft = signal<DatasetDraft | null>(null)
  const inTurn = inOrder()
  const keepSoon = later(typingPauseMs, (next: DatasetDraft) => {
    void inTurn(() => session.attempt((open) => keepDraft(open, next)))
  })

  return {
    draft,
    /** What was kept, once all that was to be kept is; null while the locker is not open. */
    read: (): Promise<DatasetDraft | null> =>
      inTurn(async () => {
        const state = session.locker.value
        return state.kind === 'open' ? readDraft(state.locker) : null
      }),
    patch: (patch: Partial<DatasetDraft>): void => {
      if (!draft.value) return
      draft.value = { ...draft.value, ...patch }
      keepSoon.call(draft.value)
    },
    keepNow: keepSoon.flush,
  }
}
