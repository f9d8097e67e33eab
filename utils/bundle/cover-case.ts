import type { Case } from '../model/case'
import { type Cover, coverWords } from './cover-text'

/** What the person wrote, with the longest that each may be. */
const texts = {
  title: 200,
  narrative: 50_000,
  narrativeShort: 2_000,
  narrativeMedium: 5_000,
  reasons: 20_000,
  reporterName: 2_000,
  reporterEmail: 2_000,
  organisation: 2_000,
  attackedName: 2_000,
  attackedHandles: 2_000,
  attackedAbout: 2_000,
  attackedCountry: 2_000,
  authorisation: 2_000,
  authorisedBy: 2_000,
  authorisedFor: 2_000,
  country: 2_000,
  provision: 2_000,
  defenderWork: 20_000,
  offlineRisk: 20_000,
  genderLens: 20_000,
  localContext: 20_000,
  translation: 20_000,
  translator: 2_000,
  whyFalse: 20_000,
  exposed: 20_000,
  behindIt: 20_000,
  stepsTaken: 20_000,
  asks: 20_000,
  signature: 2_000,
  decisionBy: 2_000,
  decisionReference: 2_000,
  appealReasons: 20_000,
} as const satisfies Partial<Record<keyof Case, number>>

type TextName = keyof typeof texts
const textNames = Object.keys(texts) as TextName[]

function coverOne(text: string, cover: Cover, limit: number): string {
  return cover.text(text).slice(0, limit).toWellFormed()
}

/**
 * The case as it leaves with redacted copies: these words are covered in everything the person wrote, too, because
 * a report that names who was covered in the posts would undo it.
 */
export function coverCase(owner: Case, words: readonly string[]): Case {
  const cover = coverWords(words)
  const covered = { ...owner }
  for (const name of textNames) {
    const text = owner[name]
    if (text !== undefined) covered[name] = coverOne(text, cover, texts[name])
  }
  if (owner.rabat === undefined) return covered
  const rabat = Object.entries(owner.rabat).map(([part, text]) => [part, coverOne(text ?? '', cover, 20_000)])
  return { ...covered, rabat: Object.fromEntries(rabat) }
}
