import type { PostReading } from '../../utils/model/post'

/** What is said of one field of an expected post, once a reading stands beside it. */
export type Check = { field: string; expected: unknown; found: unknown; isRight: boolean }

/** One field that a reader has to get right. The other readings of the page may tell who somebody is. */
export type ExpectedField = {
  field: string
  check: (reading: PostReading, page: readonly PostReading[]) => Omit<Check, 'field'>
}

/** By what the reading of an expected post is recognised among all readings of its page. */
export type Identity = {
  postIds: string[]
  permalinks: string[]
  handles: string[]
  kinds: string[]
  /** How the words begin; null when they are not in the page. */
  textStart: string | null
}

/** A post that a reader must find on a page, and what it must say of it. */
export type ExpectedPost = { identity: Identity; fields: ExpectedField[] }

/** One white space between words, none around them. Null stays null. */
export function collapse(text: string | null): string | null {
  return text === null ? null : text.replace(/\s+/gu, ' ').trim()
}
