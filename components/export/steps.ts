import type { AttachmentLimits } from '../../utils/model/attachment'

/** The steps of an export, in order. */
export const exportSteps = ['what', 'for-whom', 'check', 'protect', 'save'] as const
export type ExportStep = (typeof exportSteps)[number]

export type Protection = 'passphrase' | 'recipients' | 'none'

/** What a person has chosen so far: ids and choices only, so that it may be remembered while a popup is closed. */
export type ExportDraft = {
  step: ExportStep
  caseId: string | null
  /** Items that were ticked and are in no case yet; they become one at the first step. */
  itemIds: string[]
  channelId: string | null
  /** BCP 47 tag of the report's language. */
  language: string
  protection: Protection
  recipients: string[]
  /** Web archives go along, for ReplayWeb.page. */
  hasArchive: boolean
  /** File name without its endings. */
  fileName: string
  /** Where it goes on: in the popup or in the locker page. */
  place: 'popup' | 'page'
  /** Redacted copies leave in place of the whole items. */
  isCovered: boolean
  /** What the receiver's form takes of files, as the person read it there; null while she told nothing. */
  attachmentLimits: AttachmentLimits | null
  /** Put aside: kept, and not in the way. */
  isPaused: boolean
}

export type ExportAction =
  | { kind: 'next' }
  | { kind: 'back' }
  | { kind: 'choose-case'; caseId: string }
  | { kind: 'choose-items' }
  | { kind: 'choose-channel'; channelId: string }
  | { kind: 'choose-language'; language: string }
  | { kind: 'choose-protection'; protection: Protection }
  | { kind: 'name-recipients'; recipients: string[] }
  | { kind: 'name-file'; fileName: string }
  | { kind: 'choose-archive'; hasArchive: boolean }
  | { kind: 'move'; place: 'popup' | 'page' }
  | { kind: 'cover'; isOn: boolean }
  | { kind: 'limit-attachments'; limits: AttachmentLimits | null }
  | { kind: 'pause' }
  | { kind: 'go-on' }

function stepFrom(draft: ExportDraft, by: 1 | -1): ExportStep {
  return exportSteps[exportSteps.indexOf(draft.step) + by] ?? draft.step
}

/** Whether this step has what the next one needs. */
export function canGoOn(draft: ExportDraft): boolean {
  switch (draft.step) {
    case 'what':
      return draft.caseId !== null || draft.itemIds.length > 0
    case 'for-whom':
      return draft.caseId !== null && draft.channelId !== null
    case 'check':
      return true
    case 'protect':
      return draft.fileName !== '' && (draft.protection !== 'recipients' || draft.recipients.length > 0)
    case 'save':
      return false
  }
}

/** The draft after an action; the same value when the action is not possible now. */
export function changeExport(draft: ExportDraft, action: ExportAction): ExportDraft {
  switch (action.kind) {
    case 'next':
      return canGoOn(draft) ? { ...draft, step: stepFrom(draft, 1) } : draft
    case 'back':
      return { ...draft, step: stepFrom(draft, -1) }
    case 'choose-case':
      // Another case may be about another platform: its channel is chosen anew.
      return action.caseId === draft.caseId
        ? draft
        : { ...draft, caseId: action.caseId, channelId: null, attachmentLimits: null }
    case 'choose-items':
      return { ...draft, caseId: null, channelId: null, attachmentLimits: null }
    case 'choose-channel':
      // Another receiver has another form.
      return action.channelId === draft.channelId
        ? draft
        : { ...draft, channelId: action.channelId, attachmentLimits: null }
    case 'choose-language':
      return { ...draft, language: action.language }
    case 'choose-protection':
      return { ...draft, protection: action.protection }
    case 'name-recipients':
      return { ...draft, recipients: action.recipients }
    case 'choose-archive':
      return { ...draft, hasArchive: action.hasArchive }
    case 'name-file':
      return { ...draft, fileName: cleanFileName(action.fileName) }
    case 'move':
      return { ...draft, place: action.place }
    case 'cover':
      return { ...draft, isCovered: action.isOn }
    case 'limit-attachments':
      return { ...draft, attachmentLimits: action.limits }
    case 'pause':
      return { ...draft, isPaused: true }
    case 'go-on':
      return { ...draft, isPaused: false }
  }
}

/** A file name without separators, control characters or leading dots; at most 80 characters. */
export function cleanFileName(name: string): string {
  return name
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '')
    .replace(/^[.\s]+/, '')
    .slice(0, 80)
}

/** The name of the file as it is saved, endings included. */
export function fullFileName(draft: ExportDraft): string {
  return `${draft.fileName.trim() || 'files'}${draft.protection === 'none' ? '.zip' : '.zip.age'}`
}
