import type { PatternKind } from '../../../utils/dataset/patterns'
import { type CorpusLanguage, corpusLanguages } from './languages'

export type CorpusKind = PatternKind | 'name'
/** What was planted in a text, in UTF-16 units. */
type Planted = { kind: CorpusKind; from: number; to: number }
export type CorpusPost = { language: CorpusLanguage; text: string; planted: Planted[] }

type Dice = () => number

function startDice(seed: number): Dice {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

function pick<T>(dice: Dice, list: readonly T[]): T {
  const one = list[Math.floor(dice() * list.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

const letters = 'abcdefghijklmnopqrstuvwxyz'
const some = (dice: Dice, from: string, count: number) =>
  Array.from({ length: count }, () => pick(dice, [...from])).join('')
const digits = (dice: Dice, count: number) => some(dice, '0123456789', count)
/** Each `#` a digit. */
const filled = (dice: Dice, form: string) => form.replace(/#/g, () => digits(dice, 1))
const between = (dice: Dice, low: number, high: number) => low + Math.floor(dice() * (high - low + 1))

function mail(dice: Dice): string {
  const name = `${some(dice, letters, 5)}${pick(dice, ['.', '_', '', '+x'])}${some(dice, letters, 4)}`
  const host = `${some(dice, letters, 6)}`
  const end = pick(dice, ['com', 'org', 'de', 'co.uk', 'net.pl'])
  return pick(dice, [
    `${name}@${host}.${end}`,
    `${name}@mail.${host}.${end}`,
    `${name} [at] ${host} [dot] ${end.split('.').at(-1)}`,
    `${name}(at)${host}.${end}`,
  ])
}

function link(dice: Dice): string {
  const host = `${some(dice, letters, 7)}.${pick(dice, ['com', 'org', 'info', 'ru', 'me', 'io'])}`
  const path = `/${some(dice, letters, 4)}/${digits(dice, 5)}?q=${some(dice, letters, 3)}`
  return pick(dice, [
    `https://${host}${path}`,
    `www.${host}`,
    `${host}${path}`,
    `hxxps://${host}${path}`,
    host,
    `t.me/${some(dice, letters, 8)}`,
  ])
}

function mention(dice: Dice, language: CorpusLanguage): string {
  const handle = `${some(dice, letters, 4)}_${some(dice, letters, 4)}${digits(dice, 2)}`
  const local =
    language.script === 'Latin'
      ? handle
      : pick(dice, [handle, Object.keys(language.names)[0]?.split(' ')[0] ?? handle])
  return pick(dice, [
    `@${handle}`,
    `@${local}`,
    `@${handle}@${some(dice, letters, 6)}.social`,
    `u/${handle}`,
    `＠${handle}`,
  ])
}

const iban = (dice: Dice): string => {
  const country = pick(dice, ['DE', 'FR', 'PL', 'TR', 'AE', 'GB'])
  const body = country === 'GB' ? `WEST${digits(dice, 14)}` : digits(dice, 18)
  const whole = `${country}${digits(dice, 2)}${body}`
  return pick(dice, [whole, whole.replace(/(.{4})(?=.)/g, '$1 ')])
}

function coordinate(dice: Dice): string {
  const [lat, lon] = [between(dice, 1, 89), between(dice, 1, 179)]
  return pick(dice, [
    `${lat}.${digits(dice, 5)}, ${lon}.${digits(dice, 5)}`,
    `-${lat}.${digits(dice, 4)},${lon}.${digits(dice, 6)}`,
    `${lat}°${between(dice, 10, 59)}'${between(dice, 10, 59)}"N ${lon}°${between(dice, 10, 59)}'${between(dice, 10, 59)}"E`,
    `geo:${lat}.${digits(dice, 4)},${lon}.${digits(dice, 4)}`,
    `8FVC${digits(dice, 0)}9G8F+6X`,
    `///${some(dice, letters, 6)}.${some(dice, letters, 5)}.${some(dice, letters, 7)}`,
  ])
}

const id = (dice: Dice): string =>
  pick(dice, [
    `${some(dice, 'ABCDEFGH', 2)}${digits(dice, 7)}`,
    `${digits(dice, 4)} ${digits(dice, 4)} ${digits(dice, 4)}`.replace(/^0/, '4'),
    digits(dice, 16).replace(/^0/, '4'),
    `${digits(dice, 8)}${some(dice, 'ABCDEFGH', 1)}`,
    `192.168.${between(dice, 1, 250)}.${between(dice, 1, 250)}`,
    `${some(dice, 'ABCDEF', 5)}${digits(dice, 4)}${some(dice, 'ABCDEF', 1)}`,
    `3f2a${digits(dice, 4)}-${digits(dice, 4)}-4a1b-9c8d-${digits(dice, 12)}`,
  ])

/** Some of the digits in the language's own signs. */
function inScript(dice: Dice, text: string, zero: number | null): string {
  if (zero === null || dice() < 0.5) return text
  return text.replace(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)))
}

const nameForms = (language: CorpusLanguage) => Object.values(language.names).flat()

const makers: Record<CorpusKind, (dice: Dice, language: CorpusLanguage) => string> = {
  mail,
  link,
  mention,
  iban,
  coordinate,
  phone: (dice, language) => inScript(dice, filled(dice, pick(dice, language.mobile)), language.zero),
  plate: (dice, language) => pick(dice, language.plates),
  id: (dice, language) => inScript(dice, id(dice), language.zero),
  name: (dice, language) => pick(dice, nameForms(language)),
}

export const corpusKinds = Object.keys(makers) as CorpusKind[]

/** One in eight is hidden from simple searches: an invisible sign within, wide digits, digits drawn as keys. */
function disguised(dice: Dice, secret: string): string {
  if (dice() > 0.125) return secret
  const middle = Math.floor(secret.length / 2)
  return pick(dice, [
    `${secret.slice(0, middle)}\u200b${secret.slice(middle)}`,
    secret.replace(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    secret.replace(/[0-9]/g, (digit) => `${digit}\ufe0f\u20e3`),
  ])
}

/** In Burmese a name is written in one with titles and particles, which name nobody: only the name has to go. */
function nameWithin(language: CorpusLanguage, secret: string, from: number): { from: number; to: number } {
  const name =
    language.script === 'Burmese' && Object.keys(language.names).find((one) => secret.includes(one))
  if (!name) return { from, to: from + secret.length }
  const start = from + secret.indexOf(name)
  return { from: start, to: start + name.length }
}

function post(dice: Dice, language: CorpusLanguage, kind: CorpusKind): CorpusPost {
  const sentence = pick(dice, language.sentences)
  const secret = disguised(dice, makers[kind](dice, language))
  const before = dice() < 0.6 ? `${pick(dice, language.plain)} ` : ''
  const after = dice() < 0.4 ? ` ${pick(dice, language.plain)}` : ''
  const from = before.length + sentence.indexOf('#')
  const text = before + sentence.replace('#', () => secret) + after
  return { language, text, planted: [{ kind, ...nameWithin(language, secret, from) }] }
}

/** The names that a person would have put on her list. */
export const listedNames: readonly string[] = corpusLanguages.flatMap(({ names }) => Object.keys(names))

/** Invented posts in every language, every kind equally often, and as many again with nothing to find. */
export function makeCorpus(options: { seed: number; each: number }): CorpusPost[] {
  const dice = startDice(options.seed)
  return corpusLanguages.flatMap((language) => {
    const planted = corpusKinds.flatMap((kind) =>
      Array.from({ length: options.each }, () => post(dice, language, kind)),
    )
    const plain = Array.from({ length: options.each }, () => ({
      language,
      text: `${pick(dice, language.plain)} ${pick(dice, language.plain)}`,
      planted: [],
    }))
    return [...planted, ...plain]
  })
}
