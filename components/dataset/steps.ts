import type { CheckResult } from '../../utils/dataset/check'
import type { DatasetChoices } from '../../utils/dataset/choices'
import type { Span } from '../../utils/dataset/fold'
import type { Problem } from '../../utils/model/problem'

/** The steps of a dataset, in order; `review` only where texts are redacted. */
export const datasetSteps = ['purpose', 'scope', 'people', 'review', 'check'] as const
export type DatasetStep = (typeof datasetSteps)[number]

/** The steps that these choices need. */
export function stepsFor(choices: Pick<DatasetChoices, 'tier'>): DatasetStep[] {
  return datasetSteps.filter((step) => step !== 'review' || choices.tier === 'T1')
}

/** A row as it is reviewed. `spans` are the places in `original` that were taken out. */
export type ReviewRow = { itemId: string; original: string; spans: readonly Span[]; redacted: string }

/** How far the review is; `at` counts from 0. */
export type ReviewState = { at: number; of: number; read: number; row: ReviewRow | null }

/** What is being done. `done` and `of` count items. */
export type DatasetWork =
  | { kind: 'none' }
  | { kind: 'reading' | 'checking' | 'writing'; done: number; of: number }
  | { kind: 'failed'; problem: Problem }
  | { kind: 'checked'; result: CheckResult }
  | { kind: 'saved'; path: string; sha256: string; rows: number }

/** Parts of a text, in order: what was taken out and what stays. */
export function partsOf(text: string, spans: readonly Span[]): { text: string; isTaken: boolean }[] {
  const parts: { text: string; isTaken: boolean }[] = []
  let at = 0
  for (const { from, to } of spans) {
    if (from > at) parts.push({ text: text.slice(at, from), isTaken: false })
    parts.push({ text: text.slice(from, to), isTaken: true })
    at = to
  }
  if (at < text.length) parts.push({ text: text.slice(at), isTaken: false })
  return parts
}
