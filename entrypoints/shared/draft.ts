import { browser } from 'wxt/browser'
import { type ExportDraft, exportSteps } from '../../components/export/steps'
import { type Bytes, fromBase64, fromUtf8, toBase64, toUtf8 } from '../../utils/crypto/bytes'
import { openBox, sealBox } from '../../utils/crypto/wrap'
import type { OpenLocker } from '../../utils/locker/keyring'
import { AttachmentLimits } from '../../utils/model/attachment'
import { randomId, z } from '../../utils/model/schema'
import { inOrder } from './later'

const key = 'export'

const Draft = z.strictObject({
  step: z.enum(exportSteps),
  caseId: randomId.nullable(),
  itemIds: z.array(randomId),
  channelId: z.string().nullable(),
  language: z.string(),
  protection: z.enum(['passphrase', 'recipients', 'none']),
  recipients: z.array(z.string()),
  hasArchive: z.boolean(),
  fileName: z.string(),
  place: z.enum(['popup', 'page']),
  isCovered: z.boolean(),
  attachmentLimits: AttachmentLimits.nullable(),
  isPaused: z.boolean(),
})

const Open = z.strictObject({
  draft: Draft,
  /** Of the file that is being made, or was just saved: whoever noted it must find the same one again. */
  passphrase: z.string(),
  saved: z.strictObject({ path: z.string().nullable(), name: z.string(), sha256: z.string() }).nullable(),
})

/** An export that is under way: what was chosen, its passphrase, and the file once it is saved. */
export type OpenExport = { draft: ExportDraft; passphrase: string; saved: z.infer<typeof Open>['saved'] }

const contextOf = ({ lockerId, epoch }: OpenLocker) => `export ${lockerId} ${epoch}`

function readJson(bytes: Bytes | null): unknown {
  return bytes && JSON.parse(fromUtf8(bytes))
}

/**
 * The export that was left open, from memory that is never written to the disk and under the locker's key, so
 * that locking closes it too. Null when there is none. A saving that was cut off starts again at the step before.
 */
export async function readExport(open: OpenLocker): Promise<OpenExport | null> {
  const stored = (await browser.storage.session.get(key))[key]
  if (typeof stored !== 'string') return null
  const left = Open.safeParse(readJson(await openBox(open.kek, contextOf(open), fromBase64(stored))))
  if (!left.success) return null
  const { draft, passphrase, saved } = left.data
  const isCutOff = draft.step === 'save' && saved === null
  return { draft: isCutOff ? { ...draft, step: 'protect' } : draft, passphrase, saved }
}

const write = inOrder()

/** Remembers the export, or forgets it when it is null. Calls take effect in their order. */
export function keepExport(open: OpenLocker, left: OpenExport | null): Promise<void> {
  return write(async () => {
    if (!left) return browser.storage.session.remove(key)
    const box = await sealBox(open.kek, contextOf(open), toUtf8(JSON.stringify(left)))
    return browser.storage.session.set({ [key]: toBase64(box) })
  })
}
