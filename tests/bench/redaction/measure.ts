import type { Redactor } from '../../../utils/dataset/redact'
import { type CorpusKind, type CorpusPost, corpusKinds } from './corpus'

/** How much of what was planted is gone, and how much of what is gone was planted. */
type Score = { planted: number; gone: number; redactions: number; right: number; missed: string[] }
export type Scores = Map<string, Score>

const newScore = (): Score => ({ planted: 0, gone: 0, redactions: 0, right: 0, missed: [] })

function scoreIn(scores: Scores, key: string): Score {
  const score = scores.get(key) ?? newScore()
  scores.set(key, score)
  return score
}

/** Letters and digits alone: a bracket or a point left over tells nothing. */
const tells = /[\p{L}\p{N}]/u

function addPost(scores: Scores, post: CorpusPost, redactor: Redactor): void {
  const { script } = post.language
  const { redactions } = redactor(post.text)
  const isGone = (at: number) => redactions.some(({ from, to }) => from <= at && at < to)
  for (const { kind, from, to } of post.planted) {
    const left = Array.from({ length: to - from }, (_, offset) => from + offset).filter(
      (at) => tells.test(post.text[at] ?? '') && !isGone(at),
    )
    for (const key of [`${kind} ${script}`, `${kind} all`]) {
      const score = scoreIn(scores, key)
      score.planted += 1
      if (left.length === 0) score.gone += 1
      else score.missed.push(post.text.slice(from, to))
    }
  }
  for (const { kind, from, to } of redactions) {
    const isRight = post.planted.some((one) => one.from < to && from < one.to)
    for (const key of [`${kind} ${script}`, `${kind} all`]) {
      const score = scoreIn(scores, key)
      score.redactions += 1
      if (isRight) score.right += 1
      else score.missed.push(`+ ${post.text.slice(from, to)}`)
    }
  }
}

/** Scores by kind and script; `all` for all scripts together. */
export function measureRedaction(posts: readonly CorpusPost[], redactor: Redactor): Scores {
  const scores: Scores = new Map()
  for (const post of posts) addPost(scores, post, redactor)
  return scores
}

/** Recall over all patterns: names are another matter. */
export function patternRecall(scores: Scores): number {
  const patterns = corpusKinds
    .filter((kind) => kind !== 'name')
    .map((kind) => scores.get(`${kind} all`) ?? newScore())
  const sum = (of: (score: Score) => number) => patterns.reduce((all, score) => all + of(score), 0)
  return sum(({ gone }) => gone) / sum(({ planted }) => planted)
}

const scripts = ['all', 'Latin', 'Cyrillic', 'Arabic', 'Devanagari', 'Burmese']
const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)}`)

function cellOf(scores: Scores, kind: CorpusKind, script: string): string {
  const { planted, gone, redactions, right } = scores.get(`${kind} ${script}`) ?? newScore()
  return `${percent(gone, planted)}/${percent(right, redactions)}`.padStart(13)
}

/** The scores as lines: recall / precision in percent, a line for each kind, a column for each script. */
export function describeScores(scores: Scores): string[] {
  return [
    `${'kind'.padEnd(11)}${scripts.map((script) => script.padStart(13)).join('')}`,
    ...corpusKinds.map(
      (kind) => `${kind.padEnd(11)}${scripts.map((script) => cellOf(scores, kind, script)).join('')}`,
    ),
  ]
}
