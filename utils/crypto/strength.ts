import { readWords } from './words/read-words'

/** The form in which a passphrase is judged and used: NFKC, ends trimmed, each run of white space one space. */
export function plainForm(passphrase: string): string {
  return passphrase.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ')
}

/** The commonest choices; whoever guesses begins with them. Each costs a guesser about 7 bits. */
const commonest = new Set(
  (
    'password passwort passw0rd contrasena motdepasse qwerty azerty qwertz asdf zxcv abc123 letmein welcome ' +
    'iloveyou admin administrator login master monkey dragon sunshine princess football baseball shadow ' +
    'superman batman trustno freedom whatever secret changeme default guest test hello google facebook ' +
    'witnessmark correct horse battery staple correcthorsebatterystaple'
  ).split(' '),
)
const commonestBits = 7
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
]
const leet = new Map(
  Object.entries({ 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' }),
)

// Longer input cannot be judged worse, and this keeps the work small.
const mostJudged = 200
const longestPiece = 40

/**
 * Base-2 logarithm of the guesses that a plain-form passphrase stands. Different words of the EFF list, apart by
 * spaces: 12.9 bits each, which is exact for generated passphrases. Anything else is estimated from the cheapest
 * way to put it together: words of that list, commonest passwords, repeats, runs of the alphabet, of digits and of keyboards, years, and what is left as single characters. An
 * unknown run of letters counts as one word of an unknown language, not as random letters, so long random
 * lower-case text is underrated. Knows no names, no quotations and no facts about the person: a verse of a
 * song, or a street and a birthday, is overrated.
 */
export function guessBits(plain: string): number {
  const words = plain.split(' ')
  const areListed = words.length > 1 && words.every(isListed)
  if (areListed && new Set(words).size === words.length) return words.length * listedBits()
  const signs = [...plain].slice(0, mostJudged)
  const best = [0]
  for (let end = 1; end <= signs.length; end++) {
    let least = Number.POSITIVE_INFINITY
    for (let start = Math.max(0, end - longestPiece); start < end; start++) {
      const piece = signs.slice(start, end).join('')
      least = Math.min(least, (best[start] ?? 0) + bitsOfPiece(piece, signs.slice(0, start).join('')))
    }
    best.push(least)
  }
  return best.at(-1) ?? 0
}

function bitsOfPiece(piece: string, before: string): number {
  const lower = piece.toLowerCase()
  const capitals = lower === piece ? 0 : 1
  return Math.min(
    bitsOfWord(lower) + capitals,
    bitsOfRepeat(piece, before),
    bitsOfRun(lower) + capitals,
    bitsOfYear(piece),
    bitsOfLetters(piece),
    [...piece].length === 1 ? bitsOfSign(piece) : Number.POSITIVE_INFINITY,
  )
}

function bitsOfWord(lower: string): number {
  const plain = [...lower].map((sign) => leet.get(sign) ?? sign).join('')
  if (commonest.has(lower)) return commonestBits
  if (commonest.has(plain)) return commonestBits + 1
  if (isListed(lower)) return listedBits()
  return plain !== lower && isListed(plain) ? listedBits() + 2 : Number.POSITIVE_INFINITY
}

function listedBits(): number {
  return Math.log2(readWords().length)
}

let listed: ReadonlySet<string> | undefined

function isListed(word: string): boolean {
  listed ??= new Set(readWords())
  return listed.has(word)
}

/** Something said before costs only the choice to say it again. */
function bitsOfRepeat(piece: string, before: string): number {
  if (before.endsWith(piece)) return 1
  return [...piece].length >= 3 && before.includes(piece) ? 2 : Number.POSITIVE_INFINITY
}

/** Neighbours in the alphabet, among digits or on a keyboard, in either direction. */
function bitsOfRun(lower: string): number {
  if (lower.length < 3) return Number.POSITIVE_INFINITY
  const backwards = [...lower].reverse().join('')
  const isRun = rows.some((row) => row.includes(lower) || row.includes(backwards))
  return isRun ? 6 + Math.log2(lower.length) : Number.POSITIVE_INFINITY
}

function bitsOfYear(piece: string): number {
  return /^(19|20)\d\d$/.test(piece) ? 7 : Number.POSITIVE_INFINITY
}

/** An unknown word: 15 bits at six letters, less for shorter ones, little for each further letter. */
function bitsOfLetters(piece: string): number {
  if (!/^[\p{L}\p{M}]{2,}$/u.test(piece) || /\p{Script=Han}/u.test(piece)) return Number.POSITIVE_INFINITY
  const { length } = [...piece]
  return length <= 6 ? 3 + 2 * length : 15 + 1.5 * (length - 6)
}

function bitsOfSign(sign: string): number {
  if (sign === ' ') return 0
  if (/\d/.test(sign)) return 3.3
  if (/\p{Script=Han}/u.test(sign)) return 6
  return /[\p{L}\p{M}]/u.test(sign) ? 4.7 : 5
}
