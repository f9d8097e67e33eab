import { fold, foldName, type Span, spanOf } from './fold'

type Script = 'latin' | 'cyrillic' | 'arabic' | 'devanagari' | 'burmese'

const scripts: [Script, RegExp][] = [
  ['burmese', /[\u1000-\u109f\uaa60-\uaa7f]/],
  ['devanagari', /[\u0900-\u097f]/],
  ['arabic', /[\u0600-\u06ff\u0750-\u077f]/],
  ['cyrillic', /\p{Script=Cyrillic}/u],
]

/** The script a name is written in; Latin for every other one. */
function scriptOf(name: string): Script {
  return scripts.find(([, signs]) => signs.test(name))?.[0] ?? 'latin'
}

/*
 * What is put before and after a name, by script: cases, possessives, particles. Those of a script serve all of its
 * languages. They are folded as names are, for a name and the text around it are compared folded.
 */
const endings: Record<Exclude<Script, 'burmese'>, string> = {
  latin:
    "s es 's ’s n en ns er a e i o u y ę ą ó ě ů ovi owi em om am ego emu iem ie ii ą ów owie ami ach ov ova ová ina in ski ska 'a 'e 'ya 'ye 'yi 'yı 'i 'ı 'u 'ü 'in 'ın 'nin 'nın 'un 'ün 'nun 'nün 'da 'de 'dan 'den 'ta 'te 'tan 'ten 'la 'le 'yla 'yle 'lar 'ler nin nın da de dan den la le ito ita inho inha chen lein ek ka ku ko",
  cyrillic:
    'ую юю а я у ю е ё и ы о ой ей ою ею ом ем ём ым им ого его ому ему ов ев ін ин ова ева ович овна ами ями ах ях ам ям ів їв ові еві єві ію єю є ї і ь ко ка ку ке кою енко очка очки очку енька енько',
  arabic: 'ه ها هم هن ي ك كم نا ا ان ون ين ات ية وا م',
  devanagari: 'ने को का की के से में पर जी ी े ो ा ओं ों यों ियों भाई वाला वाले वाली',
}
const beginnings = [
  '',
  'و',
  'ف',
  'ب',
  'ل',
  'ك',
  'ال',
  'وال',
  'بال',
  'فال',
  'كال',
  'لل',
  'ولل',
  'ول',
  'وب',
  'فل',
  'فب',
  'يا',
]
/** Last letters that are replaced when the word is inflected. */
const dropped: Record<Exclude<Script, 'burmese'>, RegExp> = {
  latin: /[aeioyu]$/,
  cyrillic: /(?:ая|яя|ий|ый|ой|[аяйьоеіїую])$/,
  arabic: /[هاي]$/,
  devanagari: /[ाीे]$/,
}

/** `joined` are found anywhere; `within` make the whole word that they stand in a name: #NameOut, NameName. */
type NameForms = { stems: Map<string, Set<string>>; joined: string[]; within: string[] }

const folded = (words: string): Set<string> => new Set(words.split(' ').map(foldName))
const endingsOf = Object.fromEntries(
  Object.entries(endings).map(([script, words]) => [script, folded(words)]),
) as Record<Exclude<Script, 'burmese'>, Set<string>>
const prefixes = beginnings.map(foldName)
const article = foldName('ال')
const longestEnding = 7

/** A name of so many letters is hardly a part of another word by chance. */
const withinFrom = 6

function addName(forms: NameForms, word: string): void {
  const script = scriptOf(word)
  const plain = foldName(word)
  const length = [...plain].length
  if (script === 'burmese') {
    if (length >= 2) forms.joined.push(plain)
    return
  }
  const put = (stem: string, allowed: Iterable<string>): void => {
    const there = forms.stems.get(stem) ?? new Set<string>()
    for (const ending of allowed) there.add(ending)
    forms.stems.set(stem, there)
  }
  const isShort = length < 3
  if (length >= withinFrom) forms.within.push(plain)
  put(plain, isShort ? [''] : ['', ...endingsOf[script]])
  const stem = foldName(word.normalize('NFC').toLowerCase().replace(dropped[script], ''))
  // The article is swallowed by the preposition before it.
  if (script === 'arabic' && plain.startsWith(article) && length >= 5)
    put(plain.slice(article.length), ['', ...endingsOf.arabic])
  // Without its last letter the word is another one: only with an ending in its place.
  if (!isShort && stem !== plain && [...stem].length >= 3) put(stem, endingsOf[script])
}

const word = /[\p{L}\p{M}\p{N}]+(?:['’ʼ][\p{L}\p{M}]+)*/gu

/** Finds names in texts, inflected as the language does. */
export type NameFinder = (text: string) => Span[]

function matchesStem(forms: NameForms, plain: string): boolean {
  for (let cut = 0; cut <= Math.min(longestEnding, plain.length - 1); cut++) {
    const stem = plain.slice(0, plain.length - cut)
    if (forms.stems.get(stem)?.has(plain.slice(plain.length - cut))) return true
  }
  return false
}

function isName(forms: NameForms, plain: string): boolean {
  if (forms.within.some((name) => plain.includes(name))) return true
  return prefixes.some(
    (prefix) =>
      plain.startsWith(prefix) &&
      plain.length > prefix.length + 1 &&
      matchesStem(forms, plain.slice(prefix.length)),
  )
}

/**
 * A finder for a list of names; each part of a name of several words counts by itself. Reported, never promised: a
 * nickname, another spelling or a language's rarer forms are not in any list.
 */
export function startNameFinder(names: readonly string[]): NameFinder {
  const forms: NameForms = { stems: new Map(), joined: [], within: [] }
  for (const name of names) for (const [part] of name.matchAll(word)) addName(forms, part)
  return (text) => {
    if (forms.stems.size === 0 && forms.joined.length === 0) return []
    const all = fold(text, 'letters')
    const found: Span[] = []
    for (const match of all.text.matchAll(word)) {
      const at = match.index
      if (isName(forms, match[0])) found.push(spanOf(all, at, at + match[0].length))
    }
    for (const name of forms.joined)
      for (let at = all.text.indexOf(name); at >= 0; at = all.text.indexOf(name, at + name.length))
        found.push(spanOf(all, at, at + name.length))
    return found
  }
}
