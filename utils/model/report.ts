import type { AttachmentPlan } from './attachment'

/** One line of a report: what to put into which field of the receiver's form. */
export type ReportField = {
  /** The receiver's own name of the field. */
  name: string
  value: string
  isRequired: boolean
  /** In `unit`; null where no limit is known. */
  limit: number | null
  unit: 'characters' | 'graphemes' | 'bytes'
  length: number
  /** Where the field itself is not confirmed on the receiver's page. */
  isUnverified: boolean
}

/** What still has to be said or done before a report is ready; `field` is a key under `missing.` in `locales/`. */
export type MissingFact = { field: string; isBlocking: boolean }

/** One more numbered submission, where the receiver takes fewer posts at a time than the case has for it. */
export type Submission = {
  /** From 2; the report itself is the first. */
  number: number
  /** In the report's language, as “submission 2 of 3”. */
  title: string
  itemIds: string[]
  fields: ReportField[]
  submissionText: string
}

/** A page that goes with the report: a declaration to sign, an index of files, a copy without names. */
export type ReportSheet = {
  id:
    | 'declaration'
    | 'exhibits'
    | 'redacted'
    | 'rabat'
    | 'whole-text'
    | 'shorter-text'
    | 'shortest-text'
    | 'attachments'
  title: string
  text: string
}

/** A case shaped for one channel. Not ready while something blocking is missing. */
export type Report = {
  channelId: string
  /** BCP 47 tag of the report's language. */
  language: string
  isReady: boolean
  missing: MissingFact[]
  fields: ReportField[]
  /** Items in this report by id, in order, those of the further submissions after those of the first. */
  itemIds: string[]
  /** Items of the case that are not in this report; `warnings` says why. */
  leftOutItemIds: string[]
  /** Finished sentences in the report's language: what handing over sets off, what was shortened or left out. */
  warnings: string[]
  /** The text to copy or send, complete. */
  submissionText: string
  /** What does not fit into one submission; the receiver gets them one after another. */
  further: Submission[]
  sheets: ReportSheet[]
  /** Pictures that go along within the limits of the form; null where none do, or nothing limits them. */
  attachments: AttachmentPlan | null
  /** The same as data: what `submission.json` holds. */
  submission: Record<string, unknown>
}
