import { datasetSteps } from '../../components/dataset/steps'
import { fromHex, randomBytes, toHex } from '../../utils/crypto/bytes'
import { DatasetChoices, firstChoices } from '../../utils/dataset/choices'
import { importPseudonymKey, newPseudonymKey } from '../../utils/dataset/pseudonyms'
import { Decision } from '../../utils/dataset/review'
import { keepDatasetDraft, readDatasetDraft } from '../../utils/locker/dataset-draft'
import type { OpenLocker } from '../../utils/locker/keyring'
import { z } from '../../utils/model/schema'

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
export async function readDraft(open: OpenLocker): Promise<DatasetDraft> {
  const parsed = Draft.safeParse(await readDatasetDraft(open))
  return parsed.success ? parsed.data : firstDraft
}

/** Keeps it. Problems as `keepDatasetDraft`. */
export function keepDraft(open: OpenLocker, draft: DatasetDraft): ReturnType<typeof keepDatasetDraft> {
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
