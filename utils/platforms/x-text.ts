import type { PostReading } from '../model/post'
import { eachOnce, findAll, linksIn, readLine, readText } from './dom'
import { home, selectors } from './x-scope'

/** Accounts mentioned in a text of X, without `@`, each once. */
export function mentionsIn(text: Element): string[] {
  const parts = findAll(text, 'a, span').filter(
    (part) => part.childElementCount === 0 || part.tagName === 'A',
  )
  return eachOnce(parts.flatMap((part) => readLine(part)?.match(/^@([A-Za-z0-9_]{1,20})$/)?.[1] ?? []))
}

/** Words of a post's text as shown, shortened addresses included, and its links. */
export function readTweet(text: Element): { words: string | null; links: PostReading['links'] } {
  const hidden = findAll(text, selectors.hiddenAddress).filter((part) => part.textContent?.trim() !== '…')
  const options = {
    exclude: selectors.showMore,
    outside: hidden,
    keep: selectors.hiddenAddress,
    // Mentions stand in a div of their own within the sentence.
    inline: 'div',
    whiteSpace: 'keep',
  } as const
  return { words: readText(text, options), links: linksIn(text, home, options) }
}
