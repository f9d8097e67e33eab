import type { PostReading } from '../model/post'
import type { Words } from '../words/translate'
import { plainLines, showAddress } from './foreign-text'
import { type Child, element, type Html } from './html'
import type { Fact } from './item-facts'

/** Always from left to right: an address, an id, a digest, a command. Text, never a live link. */
export function code(value: string): Html {
  return element('bdi', { class: 'code', dir: 'ltr' }, showCode(value))
}

function showCode(value: string): string {
  return /^https?:/.test(value) ? showAddress(value) : plainLines(value).replace(/\s+/g, ' ')
}

/** Foreign words of several lines, each in its own direction, in the language the page gave. */
export function quotation(value: string, language: string | null): Html {
  const lang = language !== null && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(language) ? language : null
  const lines = plainLines(value).split('\n')
  return element(
    'blockquote',
    { class: 'words', lang },
    lines.map((line) => element('p', { dir: 'auto' }, line)),
  )
}

/** Words of the person who makes the report. */
export function ownWords(value: string): Html {
  return element('p', { class: 'own', dir: 'auto' }, plainLines(value).trim())
}

/** One row of a list of facts. */
export function row(label: string, ...value: Child[]): Html[] {
  return [element('div', { class: 'row' }, element('dt', {}, label), element('dd', {}, ...value))]
}

function factValue({ kind, value }: Fact, post: PostReading): Child {
  if (kind === 'code') return code(value)
  if (kind === 'quote') return quotation(value, post.language)
  return kind === 'foreign' ? element('bdi', {}, plainLines(value).replace(/\s+/g, ' ')) : value
}

/** Facts as a list, in the order given. */
export function factList(facts: Fact[], post: PostReading, words: Words): Html {
  return element(
    'dl',
    {},
    facts.flatMap((fact) => row(words.t(fact.label), factValue(fact, post))),
  )
}

/** One sentence, or several as a list. */
export function sentences(values: string[]): Child {
  return values.length === 1
    ? (values[0] ?? null)
    : element(
        'ul',
        {},
        values.map((value) => element('li', {}, value)),
      )
}
