import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type en from '../../locales/en.json'
import { projectFolder } from '../shell'

/*
 * The interface's own words, so that buttons are found by the names that people see. Read from the files,
 * because the test runner has no bundler.
 */

export type WordKey = Exclude<keyof typeof en, '@'>
type Entry = string | ({ other: string; note?: string } & Record<string, string>)

/** Finds a name on the screen: exactly this sentence, or one of this shape. */
export type ScreenWords = {
  language: string
  /** The language's own name. */
  languageName: string
  /** The sentence with its values put in. Throws when the language lacks it. */
  t: (key: WordKey, values?: Record<string, string | number>) => string
  /** Every form of the sentence, with anything in place of its values. */
  like: (key: WordKey) => RegExp
  /** What a channel is called. Throws for a channel that is not there. */
  channelName: (id: string) => string
}

function formsOf(entry: Entry): string[] {
  if (typeof entry === 'string') return [entry]
  return Object.entries(entry).flatMap(([form, sentence]) => (form === 'note' ? [] : [sentence]))
}

function fill(sentence: string, values: Record<string, string | number>, language: string): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value
  })
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The words of one language of `locales/`. */
export function screenWords(language: 'en' | 'ar'): ScreenWords {
  const file = readFileSync(join(projectFolder, 'locales', `${language}.json`), 'utf8')
  const locale = JSON.parse(file) as Record<string, Entry> & { '@': { name: string } }
  const find = (key: WordKey): Entry => {
    const entry = locale[key]
    if (entry === undefined) throw new Error(`locales/${language}.json has no ${key}`)
    return entry
  }
  const plurals = new Intl.PluralRules(language)
  return {
    language,
    languageName: locale['@'].name,
    t: (key, values = {}) => {
      const entry = find(key)
      if (typeof entry === 'string') return fill(entry, values, language)
      const count = typeof values.count === 'number' ? values.count : 0
      return fill(entry[plurals.select(count)] ?? entry.other, values, language)
    },
    like: (key) => {
      const forms = formsOf(find(key)).map((form) =>
        form
          .split(/\{\w+\}/)
          .map(escapePattern)
          .join('.*'),
      )
      return new RegExp(`^(?:${forms.join('|')})$`, 's')
    },
    channelName: (id) => {
      const entry = readFileSync(join(projectFolder, 'utils', 'channels', 'data', `${id}.json`), 'utf8')
      const { words } = JSON.parse(entry) as { words: { title: Record<string, string> } }
      return words.title[language] ?? words.title.en ?? ''
    },
  }
}
