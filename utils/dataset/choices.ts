import { utcTime, z } from '../model/schema'

/** The words of the posts: none, redacted and read by a person, or verbatim. */
const textTiers = ['T0', 'T1', 'T2'] as const
export type TextTier = (typeof textTiers)[number]

/** How many different people and kinds of attack have to share a cell before any of its rows is released. */
export const Thresholds = z.strictObject({
  /** Accounts. */
  actors: z.int().min(2).max(1_000),
  /** Persons attacked. */
  targets: z.int().min(1).max(1_000),
  /** Different sets of incident types. */
  types: z.int().min(1).max(14),
  /** The smallest number of accounts behind a count that may be published. */
  cell: z.int().min(3).max(1_000),
})
export type Thresholds = z.infer<typeof Thresholds>

/** What holds unless a written reason says otherwise. */
export const usualThresholds: Thresholds = { actors: 10, targets: 3, types: 2, cell: 10 }

/** Signs that a reason for lower thresholds must have: a word is none. */
export const reasonLength = 40

export const DatasetChoices = z.strictObject({
  /** What the dataset is for; printed in its documents. */
  purpose: z.string().max(4_000),
  /** Who receives it; printed in its documents. */
  recipient: z.string().max(400),
  tier: z.enum(textTiers),
  /** Weeks by ISO 8601, or months. */
  unit: z.enum(['week', 'month']),
  /** First and last moment of publication, both included; null has no bound. */
  from: utcTime.nullable(),
  to: utcTime.nullable(),
  /** Null takes every item, in a case or not. */
  caseIds: z.array(z.string()).nullable(),
  excludedItems: z.array(z.string()),
  /** Accounts, as `accountKey` writes them. */
  excludedActors: z.array(z.string()),
  thresholds: Thresholds,
  /** Why thresholds are lower than usual; printed in METHODS.md. */
  reason: z.string().max(4_000),
  /** Whether pseudonyms are for this export alone, or the same in later ones of a project. */
  key: z.enum(['destroyed', 'project']),
  /** Adds the file that 4CAT's users know; only with verbatim text. */
  hasFourcat: z.boolean(),
})
export type DatasetChoices = z.infer<typeof DatasetChoices>

/** Nothing chosen yet, every threshold as usual. */
export const firstChoices: DatasetChoices = {
  purpose: '',
  recipient: '',
  tier: 'T0',
  unit: 'week',
  from: null,
  to: null,
  caseIds: null,
  excludedItems: [],
  excludedActors: [],
  thresholds: usualThresholds,
  reason: '',
  key: 'destroyed',
  hasFourcat: false,
}

/** Whether any threshold is below the usual one. */
export function isLowered(thresholds: Thresholds): boolean {
  const names = Object.keys(usualThresholds) as (keyof Thresholds)[]
  return names.some((name) => thresholds[name] < usualThresholds[name])
}

/** What keeps these choices from being carried out; empty when nothing does. */
export type ChoiceProblem = 'purpose' | 'recipient' | 'reason' | 'period' | 'fourcat' | 'protection'

/**
 * What is missing or contradicts itself. `protection` says how the file will be encrypted: verbatim text leaves for
 * listed recipients only.
 */
export function checkChoices(
  choices: DatasetChoices,
  protection: 'none' | 'passphrase' | 'recipients',
): ChoiceProblem[] {
  const problems: ChoiceProblem[] = []
  if (choices.purpose.trim() === '') problems.push('purpose')
  if (choices.recipient.trim() === '') problems.push('recipient')
  if (isLowered(choices.thresholds) && choices.reason.trim().length < reasonLength) problems.push('reason')
  if (choices.from !== null && choices.to !== null && choices.from > choices.to) problems.push('period')
  if (choices.hasFourcat && choices.tier !== 'T2') problems.push('fourcat')
  if (choices.tier === 'T2' && protection !== 'recipients') problems.push('protection')
  return problems
}
