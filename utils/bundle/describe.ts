import type { Words } from '../words/translate'
import type { CoveredItem } from './check-tie'
import type { AnchorSeen, Statement, Verification } from './verification'

const shownKeys = 5

/** A statement as one line: result, what it says, and for a failure which file and why. */
export function describeStatement(statement: Statement, words: Words): string {
  const { id, result, subject, detail } = statement
  const claim = words.t(`verify.statement.${id}`)
  const why = detail === null ? '' : ` ${words.t(`verify.why.${detail}`)}`
  const where = subject === null ? '' : ` [${subject}]`
  return `${words.t(`verify.result.${result}`)}: ${claim}${where}${why}`
}

function describeAnchor({ path, size, stamp, blocks }: AnchorSeen, words: Words): string[] {
  const stamped = stamp && [
    words.t('verify.anchoredAt', { time: stamp.at, authority: stamp.authority, count: size }),
    words.t('verify.anchorCertificate', { digest: stamp.certificate }),
    ...(stamp.chain === 'incomplete' ? [words.t('verify.anchorChain')] : []),
  ]
  const told = blocks.map(({ height, merkleRoot }) =>
    words.t('verify.anchorBlock', { height: String(height), root: merkleRoot, count: size }),
  )
  return [...(stamped ?? []), ...told].map((line) => `${line} [${path}]`)
}

function describeEarlier({ earlier, items }: Verification, words: Words): string[] {
  return earlier.flatMap(({ path, key, checkpoint, size, places, anchors }) => [
    words.t('verify.earlierSigned', { path, words: key, digits: checkpoint }),
    ...items.flatMap(({ id }) => {
      const place = places[id]
      return place === undefined
        ? []
        : words.t('verify.earlierPlace', { item: id, place: place + 1, count: size })
    }),
    ...anchors.flatMap((anchor) => describeAnchor(anchor, words)),
  ])
}

/** Who signed, from which state of which log, and where in it each capture is; nothing without a good signature. */
export function describeProof(verification: Verification, words: Words): string[] {
  const { proof, items } = verification
  if (!proof) return []
  const places = items.flatMap(({ id, isRedacted }) => {
    const place = proof.places[id]
    if (place === undefined) return []
    return words.t(isRedacted ? 'verify.redactedPlace' : 'verify.placeInLog', {
      item: id,
      place: place + 1,
      count: proof.size,
    })
  })
  return [
    '',
    words.t('verify.signedWith', { words: proof.key }),
    // The newest ones; identity.json names all.
    ...proof.before
      .toReversed()
      .slice(0, shownKeys)
      .map((before) => words.t('verify.keyBefore', { words: before })),
    words.t('verify.checkpoint', { digits: proof.checkpoint }),
    ...places,
    ...proof.anchors.flatMap((anchor) => describeAnchor(anchor, words)),
    ...describeEarlier(verification, words),
  ]
}

/** What is covered in each redacted copy, a line each. */
export function describeCovered(covered: readonly CoveredItem[], words: Words): string[] {
  return covered.map(({ id, pictures, places, leftOut }) => {
    const areas = pictures.map((picture) => words.t('verify.coveredPicture', picture))
    return words.t('verify.coveredItem', {
      item: id,
      places,
      pictures: areas.join(', ') || words.t('verify.noPictures'),
      leftOut: leftOut.join(', ') || words.t('verify.nothing'),
    })
  })
}

/** What no check can show, a sentence each; to be shown beside every verification. */
export function describeNotProved(verification: Verification, words: Words): string[] {
  return verification.notProved.map((id) => words.t(`verify.notProved.${id}`))
}
