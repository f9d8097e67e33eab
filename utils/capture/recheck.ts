import { toUtf8 } from '../crypto/bytes'
import { sha256 } from '../crypto/digest'
import type { RecheckQuestion } from '../messages/protocol'
import type { Recheck } from '../model/item'
import type { PostReading } from '../model/post'
import { identityOf } from '../model/versions'
import type { CheckedReading } from './readings'

/**
 * The digest of what a post says, for comparing without keeping its words in memory. Null when the page did not
 * show all of it, or it has no words.
 */
export async function digestWords(post: PostReading): Promise<string | null> {
  const { text, contentWarning, isTruncated } = post
  if (isTruncated || text === null) return null
  return sha256(toUtf8(JSON.stringify([text.normalize('NFC').replace(/\s+/g, ' ').trim(), contentWarning])))
}

function isSamePost(post: PostReading, question: RecheckQuestion): boolean {
  const { platform, postId, permalink } = question
  // A reader that has learnt to find ids meanwhile still has the address.
  if (postId === null) return post.platform === platform && post.permalink === permalink
  return identityOf(post) === identityOf(question)
}

/** Whether the reader failed on what it found. That it found nothing is no failure: the post may be gone. */
function hasFailed({ expected, reason }: CheckedReading['reader']): boolean {
  return expected !== null && reason !== 'reader-found-nothing'
}

/** What has become of an item, by what its address shows now. */
export async function compareWithItem(
  { post, reader }: Pick<CheckedReading, 'post' | 'reader'>,
  question: RecheckQuestion,
): Promise<Recheck> {
  const { itemId, words } = question
  if (hasFailed(reader)) return { itemId, outcome: 'undecided' }
  if (!isSamePost(post, question) || post.isDeleted) return { itemId, outcome: 'not-shown' }
  const now = await digestWords(post)
  if (now === null || words === null) return { itemId, outcome: 'undecided' }
  return { itemId, outcome: now === words ? 'unchanged' : 'edited' }
}
