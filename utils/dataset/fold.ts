/**
 * A text in a form in which lookalikes are the same, with the way back: `from[i]` and `to[i]` bound, in UTF-16 units
 * of the original, what unit `i` of the folded text was made of.
 */
export type Folded = { text: string; from: number[]; to: number[] }

/*
 * Letters that are drawn alike, or that one types for another, as the Latin letter they are taken for. Case is gone
 * before. Names and texts are folded the same way, so a wrong pair here costs precision, never recall.
 */
const alike: Record<string, string> = {
  a: 'аαạɑ',
  b: 'ьƅ',
  c: 'сϲⅽ',
  d: 'ԁɗ',
  e: 'еєҽеә',
  g: 'ɡց',
  h: 'һհ',
  i: 'іιıɩӏ',
  j: 'јϳ',
  k: 'кκ',
  l: '1ӏⅼ|ł',
  m: 'мⅿ',
  n: 'ոпη',
  o: '0оοօօө',
  p: 'рρ',
  q: 'ԛ',
  r: 'гᴦ',
  s: 'ѕꜱ',
  t: 'тτ',
  u: 'υսц',
  v: 'ѵνⅴ',
  w: 'ѡԝɯ',
  x: 'хχ',
  y: 'уүγ',
  z: 'ᴢ',
  ss: 'ß',
  ae: 'æ',
  oe: 'œ',
  th: 'þ',
  // Arabic letters that are written for one another, and the Persian and Urdu forms.
  ا: 'أإآٱ',
  ي: 'ىیئ',
  ه: 'ةہھۀ',
  ك: 'کڪ',
  و: 'ؤ',
}

const lookalikes = new Map(
  Object.entries(alike).flatMap(([plain, many]) => [...many].map((letter) => [letter, plain] as const)),
)

// Marks of these scripts are vowels; of all others (and the Arabic short vowels) they are ornament.
const indic = /[\u0900-\u0dff\u1000-\u109f\uaa60-\uaa7f]/
const mark = /\p{M}/u
// Joiners, variation selectors, the Arabic lengthening stroke, the Devanagari dot that many leave out, the
// frame of digits drawn as keys.
const invisible = /\p{Cf}|\p{Cc}|\u0640|\u034f|\u115f|\u1160|\u3164|\u093c|\u20e3|[\ufe00-\ufe0f]/u
const nukta = '\u093c'
const space = /\s/u
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0x1040]

function digitOf(sign: string): string | null {
  const code = sign.codePointAt(0) ?? 0
  const zero = zeros.find((first) => code >= first && code < first + 10)
  return zero === undefined ? null : String(code - zero)
}

const plainAscii = /^[\x20-\x7e]$/
const known = new Map<string, string>()

function foldSign(sign: string, form: 'letters' | 'signs'): string {
  if (space.test(sign)) return ' '
  if (invisible.test(sign)) return ''
  const digit = digitOf(sign)
  if (form === 'signs') return digit ?? (plainAscii.test(sign) ? sign : sign.normalize('NFKC'))
  let folded = ''
  for (const part of sign.normalize('NFKD').toLowerCase().normalize('NFKD')) {
    if (part === nukta || (mark.test(part) && !indic.test(part))) continue
    const letter = digit ?? part
    folded += lookalikes.get(letter) ?? letter
  }
  return folded
}

function foldKnown(sign: string, form: 'letters' | 'signs'): string {
  const key = form === 'letters' ? sign : `\0${sign}`
  const found = known.get(key)
  if (found !== undefined) return found
  const folded = foldSign(sign, form)
  if (known.size < 20_000) known.set(key, folded)
  return folded
}

/**
 * `letters`: case, accents, lookalikes, invisible signs and the width of spaces are gone; for names. `signs`: only
 * invisible signs and the script of digits are; for patterns, whose signs matter.
 */
export function fold(text: string, form: 'letters' | 'signs'): Folded {
  let folded = ''
  const from: number[] = []
  const to: number[] = []
  let at = 0
  for (const sign of text) {
    const end = at + sign.length
    const plain = foldKnown(sign, form)
    const isRepeatedSpace = form === 'letters' && plain === ' ' && folded.endsWith(' ')
    if (plain === '' && to.length > 0) to[to.length - 1] = end
    if (plain !== '' && !isRepeatedSpace) {
      folded += plain
      for (let unit = 0; unit < plain.length; unit++) {
        from.push(at)
        to.push(end)
      }
    }
    at = end
  }
  return { text: folded, from, to }
}

/** The folded form alone, without white space around it. */
export function foldName(text: string): string {
  return fold(text, 'letters').text.trim()
}

/** A part of a text, in UTF-16 units of the original. */
export type Span = { from: number; to: number }

/** Where a part of the folded text lies in the original. */
export function spanOf(folded: Folded, start: number, end: number): Span {
  return { from: folded.from[start] ?? 0, to: folded.to[end - 1] ?? 0 }
}

const wordSign = /[\p{L}\p{N}\p{M}_]/u

/** Whether the units from `start` to `end` are no part of a longer word. */
export function standsAlone(text: string, start: number, end: number): boolean {
  const before = start === 0 ? '' : (text[start - 1] ?? '')
  const after = text[end] ?? ''
  return !wordSign.test(before) && !wordSign.test(after)
}
