import { missing } from './find-missing'
import { plainLines } from './foreign-text'
import { writeLetter } from './letter'
import type { Prepared, Written } from './prepare'

/** A complaint to the platform about its decision (Digital Services Act, Article 20), also by an organisation. */
export function writeComplaint(prepared: Prepared): Written {
  const { words } = prepared
  return writeLetter(prepared, {
    title: 'report.complaint.title',
    more: ['decision', 'appeal-reasons', 'reasons', 'law', 'links', 'authorisation', 'sender'],
    closing: [words.t('report.complaint.ask')],
  })
}

/** A referral to a certified out-of-court body (Article 21): the decision, why it is wrong, proof of both. */
export function writeReferral(prepared: Prepared): Written {
  const { words } = prepared
  const written = writeLetter(prepared, {
    title: 'report.referral.title',
    more: ['appeal-reasons', 'reasons', 'law', 'steps', 'sender'],
    closing: [words.t('report.referral.proof')],
  })
  const isReasoned = plainLines(prepared.case.appealReasons ?? '').trim() !== ''
  return isReasoned
    ? written
    : { ...written, missing: [...written.missing, missing('appealReasons', { isBlocking: true })] }
}

/**
 * The objection of whoever was taken down or locked out, for example after false reports; where the receiver takes
 * those too, also the objection to a decision that left an attack up.
 */
export function writeTakedownAppeal(prepared: Prepared): Written {
  const { channel, words, types } = prepared
  const isSilenced = types.includes('silencing')
  const takesLeftUp = channel.categories.some((category) =>
    category.types.some((type) => type !== 'silencing'),
  )
  const isLeftUp = takesLeftUp && !isSilenced
  return writeLetter(prepared, {
    title: isLeftUp ? 'report.appeal.left-up.title' : 'report.appeal.title',
    lead: isSilenced ? [words.t('report.appeal.silencing')] : [],
    more: ['own-account', 'decision', 'appeal-reasons', 'defender-work', 'links'],
    closing: [words.t(isLeftUp ? 'report.appeal.left-up.ask' : 'report.appeal.ask')],
  })
}
