import type { ShownAnswer, ShownClaim, ShownGroup, ShownWhole } from '../../components/verify/answer'
import { describeCovered, describeNotProved, describeProof } from '../../utils/bundle/describe'
import { type Claim, type ClaimGroup, groupStatements } from '../../utils/bundle/groups'
import type { Verification } from '../../utils/bundle/verification'
import { hasFailure } from '../../utils/bundle/verify'
import type { Words } from '../../utils/words/translate'
import type { Comparison } from './view'

/** How many lines of one list are shown; a hostile bundle can have tens of thousands. */
export const shownLines = 100
const shownNotes = 12
const shownAddress = 300

/** Text from a bundle without signs that are not seen or that turn the reading direction, and not endless. */
export function plainText(text: string): string {
  const short = text.length > shownAddress ? `${text.slice(0, shownAddress)}…` : text
  return short.replace(/[\p{C}\u2028\u2029]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`)
}

function shownClaim(claim: Claim, words: Words): ShownClaim {
  const { id, result, statements, counts } = claim
  const hand = words.ofCode('verify.hand', id)
  const isSeveral = statements.length > 1
  return {
    id,
    result,
    sentence: words.t(`verify.statement.${id}`),
    tally: isSeveral ? words.t('verifier.tally', { passed: counts.pass, all: statements.length }) : null,
    lines: statements.slice(0, shownLines).map((statement) => ({
      result: statement.result,
      subject: statement.subject === null ? null : plainText(statement.subject),
      why: statement.detail === null ? null : words.t(`verify.why.${statement.detail}`),
    })),
    more: Math.max(0, statements.length - shownLines),
    hand: hand === null ? null : { sentence: hand, command: words.ofCode('verify.command', id) },
  }
}

function shownGroup(
  { id, result, claims }: ClaimGroup,
  { words, notes }: { words: Words; notes: Partial<Record<ClaimGroup['id'], string[]>> },
): ShownGroup {
  const shown = claims.map((claim) => shownClaim(claim, words))
  // A file that is no bundle was not changed since it was one.
  const unread = shown.find((claim) => claim.id === 'readable')?.lines[0]?.why
  return {
    id,
    result,
    title: words.t(`verify.group.${id}`),
    sentence: unread ?? words.t(`verify.group.${id}.${result}`),
    notes: notes[id] ?? [],
    claims: shown,
  }
}

function shownWhole(verification: Verification, comparison: Comparison, words: Words): ShownWhole | null {
  if (!verification.items.some(({ isRedacted }) => isRedacted)) return null
  if (comparison.kind !== 'unreadable') return { kind: comparison.kind, trouble: null }
  const { why } = comparison
  const known = why === null ? '' : words.t(`verify.why.${why}`)
  return { kind: 'none', trouble: words.t('verifier.wholeUnreadable', { why: known }) }
}

/**
 * A verification in words, with what comparing its redacted copies with their wholes came to. All that comes from a
 * bundle is plain, short text.
 */
export function shownAnswer(
  verification: Verification,
  words: Words,
  comparison: Comparison = { kind: 'none' },
): ShownAnswer {
  const compared = comparison.kind === 'done' ? comparison : null
  const statements = [...verification.statements, ...(compared?.tie.statements ?? [])]
  const failed = hasFailure({ ...verification, statements }) || compared?.isWholeFailed ? 'fail' : 'pass'
  const covered = compared ? describeCovered(compared.tie.covered.slice(0, shownNotes), words) : []
  const copy = [
    ...(compared?.isWholeFailed ? [words.t('verifier.wholeFailed')] : []),
    ...covered.map(plainText),
  ]
  const proof = describeProof(verification, words).filter((line) => line !== '')
  const notes = { proofs: proof.slice(0, shownNotes).map(plainText), copy }
  return {
    result: verification.isBundle ? failed : 'none',
    groups: groupStatements(statements).map((group) => shownGroup(group, { words, notes })),
    notProved: describeNotProved(verification, words),
    items: verification.items.slice(0, shownLines).map(({ id, capturedAt, permalink }) => ({
      id,
      capturedAt,
      address: permalink === null ? null : plainText(permalink),
    })),
    whole: shownWhole(verification, comparison, words),
    moreItems: Math.max(0, verification.items.length - shownLines),
  }
}
