import type en from '../../locales/en.json'

type Plural = { zero?: string; one?: string; two?: string; few?: string; many?: string; other: string }
/** A sentence, or its plural forms; `note` is for the translator. */
type Entry = string | (Plural & { note?: string })
type About = { name: string; direction: string; isReviewed: boolean; readBy: string }
export type WordKey = Exclude<keyof typeof en, '@'>
type Locale = { '@': About } & Partial<Record<WordKey, Entry>>
type WordValues = Record<string, string | number>

const files = import.meta.glob<Locale>('../../locales/*.json', { eager: true, import: 'default' })
const locales = new Map(
  Object.entries(files).map(([path, locale]) => [path.replace(/^.*\/(.+)\.json$/, '$1'), locale]),
)

/** The words of one language, with what is needed to lay them out. */
export type Words = {
  /** BCP 47 tag, for `lang` and `Intl`. */
  language: string
  direction: 'ltr' | 'rtl'
  /** False while no native speaker has read the translation; the interface says so. */
  isReviewed: boolean
  /** The sentence of `key`, with `{name}` replaced. `count` also chooses the plural form. */
  t: (key: WordKey, values?: WordValues) => string
  /** Every key there is, for code that hands a part of the words on. */
  keys: () => WordKey[]
  /**
   * The words of a code that comes as data, under `prefix.code`. Null for a code unknown here: one of a later
   * version, or no code at all.
   */
  ofCode: (prefix: string, code: string) => string | null
}

/** The languages there are words in, by their own names, English first. */
export function listLanguages(): { language: string; name: string }[] {
  return [...locales]
    .map(([language, locale]) => ({ language, name: locale['@'].name }))
    .sort((a, b) => Number(b.language === 'en') - Number(a.language === 'en') || a.name.localeCompare(b.name))
}

/** The best language we have for what a person prefers, most preferred first. English when none fits. */
export function chooseLanguage(preferred: readonly string[]): string {
  for (const tag of preferred) {
    const found = [tag, tag.split('-')[0] ?? ''].find((candidate) => locales.has(candidate))
    if (found) return found
  }
  return 'en'
}

function fill(sentence: string, values: WordValues, language: string): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value
  })
}

/** The words of a language; English for an unknown one, and for a sentence that a translation lacks. */
export function wordsFor(tag: string): Words {
  const language = chooseLanguage([tag])
  const locale = locales.get(language)
  const english = locales.get('en')
  if (!locale || !english) throw new Error('locales/en.json is missing')
  const plurals = new Intl.PluralRules(language)
  const t: Words['t'] = (key, values = {}) => {
    const entry = locale[key] ?? english[key]
    if (entry === undefined) throw new Error(`no words for ${key}`)
    if (typeof entry === 'string') return fill(entry, values, language)
    const count = typeof values.count === 'number' ? values.count : 0
    return fill(entry[plurals.select(count)] ?? entry.other, values, language)
  }
  return {
    language,
    direction: locale['@'].direction === 'rtl' ? 'rtl' : 'ltr',
    isReviewed: locale['@'].isReviewed,
    keys: () => Object.keys(english).filter((key) => key !== '@') as WordKey[],
    t,
    ofCode: (prefix, code) => {
      const key = `${prefix}.${code}`
      return Object.hasOwn(english, key) ? t(key as WordKey) : null
    },
  }
}
