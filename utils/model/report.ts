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

/** A case shaped for one channel. Not ready while something blocking is missing. */
export type Report = {
  channelId: string
  /** BCP 47 tag of the report's language. */
  language: string
  isReady: boolean
  missing: MissingFact[]
  fields: ReportField[]
  /** Items in this report by id, in order. */
  itemIds: string[]
  /** Items of the case that are not in this report; `warnings` says why. */
  leftOutItemIds: string[]
  /** Finished sentences in the report's language: what handing over sets off, what was shortened or left out. */
  warnings: string[]
  /** The text to copy or send, complete. */
  submissionText: string
  /** The same as data: what `submission.json` holds. */
  submission: unknown
}
