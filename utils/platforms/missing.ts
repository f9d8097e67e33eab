import type { PostReading } from '../model/post'

/** What a page does not show of a post: fields of its reading, each with the code of the reason. */
export type Missing = PostReading['missing']

/** Notes a field where it is missing; without another reason, because the page lacks it. */
export type Note = (field: string, isMissing: boolean, reason?: string) => void

/** Gives what notes missing fields in this list. */
export function noteIn(missing: Missing): Note {
  return (field, isMissing, reason = 'not-in-page') => {
    if (isMissing) missing.push({ field, reason })
  }
}
