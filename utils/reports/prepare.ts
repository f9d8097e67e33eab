import { fittingCategories } from '../channels/categories'
import type { AttachmentLimits } from '../model/attachment'
import type { Case } from '../model/case'
import type { Channel, ChannelCategory } from '../model/channel'
import { incidentTypes } from '../model/incident-types'
import type { IncidentType, OpenedItem } from '../model/item'
import type { MissingFact, ReportField, ReportSheet } from '../model/report'
import type { Words } from '../words/translate'
import { type LeftOut, selectItems } from './select-items'

export type ReportOptions = {
  channel: Channel
  case: Case
  items: OpenedItem[]
  words: Words
  /** What the person read on the form before her about files; absent or null while she told nothing. */
  attachmentLimits?: AttachmentLimits | null
}

/** Everything the writers need, worked out once. */
export type Prepared = {
  channel: Channel
  case: Case
  words: Words
  /** Items in the report, gravest first. */
  items: OpenedItem[]
  /** Every item of the case, also those left out. */
  all: OpenedItem[]
  leftOut: LeftOut[]
  /** How many posts went into the submissions before this one. */
  before: number
  types: IncidentType[]
  /** The receiver's categories that fit, best first. */
  categories: ChannelCategory[]
}

/** What a writer adds to the common part of a report. */
export type Written = {
  fields: ReportField[]
  missing: MissingFact[]
  /** Sentences in the report's language. */
  warnings: string[]
  submissionText: string
  sheets?: ReportSheet[]
  /** What `submission.json` holds besides the common part. */
  data: Record<string, unknown>
}

/** The types of a case; those given to its items while the case itself has none. */
export function typesOf(owner: Case, items: OpenedItem[]): IncidentType[] {
  const given =
    owner.types.length > 0 ? owner.types : items.flatMap((opened) => opened.assessment?.types ?? [])
  return incidentTypes.filter((type) => given.includes(type))
}

/** Chooses items, types and categories of a case for one channel. */
export function prepareReport({ channel, case: owner, items, words }: ReportOptions): Prepared {
  const selection = selectItems({ channel, case: owner, items })
  const types = typesOf(owner, selection.items)
  return {
    ...selection,
    all: items,
    before: 0,
    channel,
    case: owner,
    words,
    types,
    categories: fittingCategories(channel, types),
  }
}

/** Keeps the first of each missing fact; blocking if any of them is. */
export function mergeMissing(facts: MissingFact[]): MissingFact[] {
  const merged = new Map<string, MissingFact>()
  for (const { field, isBlocking } of facts)
    merged.set(field, { field, isBlocking: isBlocking || merged.get(field)?.isBlocking === true })
  return [...merged.values()]
}
