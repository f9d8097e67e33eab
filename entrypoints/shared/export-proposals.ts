import type { ExportDraft } from '../../components/export/steps'
import { findChannel } from '../../utils/channels/index'
import { randomBytes, toHex } from '../../utils/crypto/bytes'
import { decisionToAppeal } from '../../utils/ledger/filings'
import type { Case } from '../../utils/model/case'
import type { Channel } from '../../utils/model/channel'
import type { Filing } from '../../utils/model/ledger'
import type { Report } from '../../utils/model/report'
import { chooseLanguage } from '../../utils/words/translate'

/** An export at its first step: encrypted, with a neutral name, in the language of the interface. */
export function newDraft(
  from: Pick<ExportDraft, 'place' | 'caseId' | 'itemIds'> & { language: string },
): ExportDraft {
  return {
    ...from,
    step: 'what',
    channelId: null,
    protection: 'passphrase',
    recipients: [],
    hasArchive: false,
    fileName: `files-${toHex(randomBytes(2))}`,
    isCovered: false,
    attachmentLimits: null,
    isPaused: false,
  }
}

/** A draft that was left: at the first step again when its case is there no more. */
export function leftDraft(draft: ExportDraft, cases: readonly Case[]): ExportDraft {
  const isCaseThere = cases.some((one) => one.id === draft.caseId)
  return isCaseThere || draft.step === 'what' ? draft : { ...draft, step: 'what', caseId: null }
}

/** The language of a report to this channel: one's own where it reads it, else one that it reads. */
export function languageFor(channelId: string, own: string): string {
  const reads = findChannel(channelId)?.languages ?? []
  return reads.length === 0 || reads.includes(own) ? own : chooseLanguage(reads)
}

/** What a report lacks, by the fields of the case: first what it cannot be ready without. */
export function fieldsToAsk({ missing }: Pick<Report, 'missing'>): string[] {
  return missing
    .toSorted((one, other) => Number(other.isBlocking) - Number(one.isBlocking))
    .map(({ field }) => field)
}

/**
 * The decision that an appeal is about, where the ledger knows it; null when this is no appeal, when the case names
 * one already, and when there is none.
 */
export function decisionFor(
  value: Case,
  { fields }: Pick<Channel, 'fields'>,
  filings: readonly Filing[],
): Partial<Case> | null {
  const isAppeal = fields.some(({ holds }) => holds === 'decision')
  if (!isAppeal || value.decisionBy || value.decisionOn) return null
  return decisionToAppeal(filings, value.id)
}
