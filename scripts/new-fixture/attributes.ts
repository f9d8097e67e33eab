import type { Mapping } from './mapping'
import type { Vocabulary } from './vocabulary'
import { foldWord, letterRuns } from './words'

/** Instead of a picture that stands in the page itself: one grey point. */
const placeholder = 'data:image/gif;base64,R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=='

const sentences = new Set(
  'alt title aria-label aria-description aria-valuetext aria-roledescription aria-placeholder placeholder content label value summary'.split(
    ' ',
  ),
)
const references = new Set(
  'id for name headers aria-labelledby aria-describedby aria-controls aria-owns aria-details aria-activedescendant slot data-testid'.split(
    ' ',
  ),
)
const addresses = new Set('href src action poster cite data-url data-permalink xlink:href'.split(' '))
const figures = new Set(
  'tabindex aria-posinset aria-setsize aria-level aria-colcount aria-rowcount aria-colindex aria-rowindex colspan rowspan width height start datetime'.split(
    ' ',
  ),
)
const plain = new Set(
  (
    'role lang dir type rel target hidden open disabled checked selected draggable charset property translate' +
    ' contenteditable spellcheck reversed http-equiv kind aria-hidden aria-expanded aria-haspopup aria-pressed' +
    ' aria-selected aria-checked aria-disabled aria-current aria-live aria-modal aria-multiline aria-orientation' +
    ' aria-busy aria-atomic aria-autocomplete aria-readonly aria-required aria-invalid aria-sort class style d'
  ).split(' '),
)
const styleNames = new Set(
  'display visibility position width height min-width max-width min-height max-height border-right-width opacity white-space -webkit-line-clamp line-clamp'.split(
    ' ',
  ),
)
const styleValue =
  /^(?:-?[\d.]{1,8}(?:px|%|em|rem|vh|vw)?|none|block|inline|inline-block|flex|grid|hidden|visible|absolute|relative|fixed|sticky|static|auto|nowrap|pre-wrap|pre|normal)$/

/** Whether an attribute stays at all: those of HTML and ARIA, and those that the reader names. */
export function isKept(name: string, vocabulary: Vocabulary): boolean {
  if (name === 'style' || name === 'd')
    return vocabulary.tokens.has('style') ? true : vocabulary.values.has(name)
  if (/^on|^(?:srcset|srcdoc|nonce|integrity|ping|jsaction|jscontroller)$/.test(name)) return false
  const isUsual = [sentences, references, addresses, figures, plain].some((names) => names.has(name))
  return isUsual || vocabulary.tokens.has(name) || vocabulary.values.has(name)
}

function isKnown(token: string, vocabulary: Vocabulary): boolean {
  const words = token.match(letterRuns) ?? []
  return !/\p{Nd}{5}/u.test(token) && words.every((word) => vocabulary.words.has(foldWord(word)))
}

/** The longest of the parts that the reader looks for inside this attribute and that stand in the value. */
function findPart(name: string, value: string, vocabulary: Vocabulary): string | null {
  const parts = (vocabulary.values.get(name) ?? []).filter(
    (part) => /\p{L}{2}/u.test(part) && value.includes(part),
  )
  return parts.sort((one, other) => other.length - one.length)[0] ?? null
}

function around(value: string, part: string, map: (text: string) => string): string {
  const start = value.indexOf(part)
  return `${map(value.slice(0, start))}${part}${map(value.slice(start + part.length))}`
}

/** Class names that the reader knows; of names that it knows in part, that part. */
function keepClasses(value: string, vocabulary: Vocabulary, mapping: Mapping): string {
  return value
    .split(/\s+/)
    .flatMap((name) => {
      if (name !== '' && isKnown(name, vocabulary)) return [name]
      const part = findPart('class', name, vocabulary)
      return part === null ? [] : [around(name, part, mapping.value)]
    })
    .join(' ')
}

function keepStyle(value: string): string {
  return value
    .split(';')
    .map((line) => line.split(':').map((part) => part.trim().toLowerCase()))
    .filter(([name = '', set = '']) => styleNames.has(name) && styleValue.test(set))
    .map((line) => line.join(': '))
    .join('; ')
}

function keepPlain(value: string, vocabulary: Vocabulary): string | null {
  return value.split(/[\s:/;=.]+/).every((token) => isKnown(token, vocabulary)) ? value : null
}

const languageTag = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$/

function isPicture(element: Element, name: string): boolean {
  return name === 'poster' || (name === 'src' && /^(?:img|source|input|image|embed)$/i.test(element.tagName))
}

function mapJson(value: unknown, mapping: Mapping, vocabulary: Vocabulary): unknown {
  if (typeof value === 'string') return mapValue(value, mapping)
  if (typeof value === 'number') return Number(mapping.value(String(value)))
  if (Array.isArray(value)) return value.map((one) => mapJson(one, mapping, vocabulary))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, inner]) => {
    const isType = key === '@type' && typeof inner === 'string' && isKnown(inner, vocabulary)
    const isSchema = key === '@context' && inner === 'https://schema.org'
    const name =
      isKnown(key, vocabulary) || vocabulary.tokens.has(key) ? key : mapping.value(key, { isMarkup: true })
    return [name, isType || isSchema ? inner : mapJson(inner, mapping, vocabulary)]
  })
  return Object.fromEntries(entries)
}

/** JSON with every value in it invented. Empty when it is no JSON. */
export function mapJsonText(text: string, mapping: Mapping, vocabulary: Vocabulary): string {
  try {
    // Within a script element a closing tag inside a string would end it.
    return JSON.stringify(mapJson(JSON.parse(text), mapping, vocabulary)).replaceAll('<', '\\u003c')
  } catch {
    return ''
  }
}

function mapValue(value: string, mapping: Mapping): string {
  if (/^(?:https?:)?\/\/|^\/[^/\s]*(?:\/\S*)?$/.test(value)) return mapping.address(value)
  return /\s/.test(value.trim()) ? mapping.text(value, null) : mapping.value(value)
}

/** The value that a kept attribute gets; null when it has to go. */
export function mapAttribute(
  element: Element,
  { name, value }: { name: string; value: string },
  { mapping, vocabulary, language }: { mapping: Mapping; vocabulary: Vocabulary; language: string | null },
): string | null {
  if (value === '') return ''
  if (name === 'class') return keepClasses(value, vocabulary, mapping) || null
  if (name === 'style') return keepStyle(value) || null
  if (name === 'd') return vocabulary.values.get('d')?.find((start) => value.startsWith(start)) ?? null
  if (isPicture(element, name) && !/^(?:https?:)?\/\/|^\/|^blob:/.test(value)) return placeholder
  const part = findPart(name, value, vocabulary)
  if (isPicture(element, name) && part !== null) return around(value, part, mapping.address)
  if (addresses.has(name)) return mapping.address(value)
  if (figures.has(name) && /^[\d.%-]{1,4}$/.test(value)) return value
  if (sentences.has(name)) return mapping.text(value, language)
  if (references.has(name)) {
    const map = (text: string): string => mapping.value(text, { isMarkup: true })
    return part === null ? map(value) : around(value, part, map)
  }
  if (name === 'lang') return languageTag.test(value) ? value : null
  if (plain.has(name)) return keepPlain(value, vocabulary)
  if (/^\s*[[{]/.test(value)) return mapJsonText(value, mapping, vocabulary) || null
  // What the reader itself looks for as the attribute's whole value.
  if (vocabulary.values.get(name)?.includes(value)) return value
  if (/^(?:true|false|public|unlisted|private|direct)$/.test(value)) return value
  return part === null ? mapValue(value, mapping) : around(value, part, mapping.value)
}
