/** Scripts that write without spaces between words: there, three characters in a row count as a word. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** Runs of letters; where a script without spaces meets another, they are two. */
export const letterRuns =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+|[[\p{L}\p{M}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]]+/gv
/** A join that is not seen, a soft hyphen, a mark of direction: they must not hide a word. */
const invisible = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g

/** The form in which two writings of a word are compared. */
export function foldWord(word: string): string {
  return word.normalize('NFKC').toLowerCase().normalize('NFC')
}

/** Whether words of this script stand without spaces between them. */
export function isUnspaced(text: string): boolean {
  return unspaced.test(text)
}

/** Every word of the text, folded, of at least `least` letters (3 when left out). */
export function wordsIn(text: string, least = 3): string[] {
  const found: string[] = []
  for (const [word] of foldWord(text.replace(invisible, '')).matchAll(letterRuns)) {
    const letters = [...word]
    if (!isUnspaced(word)) {
      if (letters.length >= least) found.push(word)
      continue
    }
    for (let start = 0; start + least <= letters.length; start += 1)
      found.push(letters.slice(start, start + least).join(''))
  }
  return found
}

/**
 * The first of these words that the text holds: as a word of its own or, from six letters on, inside a longer
 * one that is not itself `known`.
 */
export function findHeld(
  text: string,
  words: ReadonlySet<string>,
  known: ReadonlySet<string> = new Set(),
): string | null {
  for (const word of wordsIn(text)) {
    if (known.has(word)) continue
    if (words.has(word)) return word
    for (let start = 0; start + 6 <= word.length; start += 1)
      for (let end = start + 6; end <= word.length; end += 1)
        if (words.has(word.slice(start, end))) return word.slice(start, end)
  }
  return null
}

/** Every number of five digits or more, in the digits of any script, as ASCII where Unicode folds it. */
export function numbersIn(text: string): string[] {
  return [...text.normalize('NFKC').matchAll(/\p{Nd}{5,}/gu)].map(([digits]) => digits)
}

/** The text with its percent signs read, where they can be. */
export function decoded(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What a base64 id such as Facebook's says ("comment:1_2"); null for any other text. */
export function uncoded(text: string): string | null {
  if (!/^[\w+/-]{16,}={0,2}$/.test(text)) return null
  const inner = Buffer.from(text, 'base64').toString('latin1')
  return /^[a-z]+:\d+(?:_\d+)*$/.test(inner) ? inner : null
}
