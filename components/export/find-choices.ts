import { plainText } from '../locker/search-words'

/**
 * Those that have every typed word in what is searched of them, in their order; all when nothing is typed. Case,
 * accents, vowel signs and forms of letters make no difference.
 */
export function findChoices<T extends { searched: string }>(choices: readonly T[], typed: string): T[] {
  const words = plainText(typed)
    .split(/\s+/)
    .filter((word) => word !== '')
  return choices.filter(({ searched }) => {
    const text = plainText(searched)
    return words.every((word) => text.includes(word))
  })
}
