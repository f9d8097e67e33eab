import { browser } from 'wxt/browser'
import type { ExportDraft } from '../../components/export/steps'
import { exportSteps } from '../../components/export/steps'
import { randomId, z } from '../../utils/model/schema'

const key = 'exportDraft'

const Draft = z.strictObject({
  step: z.enum(exportSteps),
  caseId: randomId.nullable(),
  itemIds: z.array(randomId),
  channelId: z.string().nullable(),
  language: z.string(),
  protection: z.enum(['passphrase', 'recipients', 'none']),
  recipients: z.array(z.string()),
  fileName: z.string(),
  place: z.enum(['popup', 'page']),
})

/**
 * The export that was left open, from memory that is never written to the disk; null when there is none. What
 * was being saved starts again at the step before.
 */
export async function readDraft(): Promise<ExportDraft | null> {
  const stored = await browser.storage.session.get(key)
  const draft = Draft.safeParse(stored[key])
  if (!draft.success) return null
  return draft.data.step === 'save' ? { ...draft.data, step: 'protect' } : draft.data
}

/** Remembers the export, or forgets it. */
export async function keepDraft(draft: ExportDraft | null): Promise<void> {
  if (draft) await browser.storage.session.set({ [key]: draft })
  else await browser.storage.session.remove(key)
}
