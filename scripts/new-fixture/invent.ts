import { createHmac } from 'node:crypto'
import { type Draw, drawWord, withCaseOf } from './alphabets'
import { findHeld, foldWord, isUnspaced } from './words'

/** Gives the same inventions for the same seed, and tells nothing about what they stand for without it. */
export type Inventor = {
  /** A number source that depends on the seed and on this text only. */
  drawFor: (...key: string[]) => Draw
  /** The invented word of a name: the same for the same letters, different for different ones. */
  nameFor: (word: string) => string
  /** An invented word of about the same length for this place of a sentence. */
  wordFor: (word: string, place: string) => string
  /** Whether no word of the real page is in it. */
  isNew: (text: string) => boolean
  /** The invented number of the same length; 0 and 1 stay. */
  numberFor: (digits: string) => string
}

/** Numbers of the real page that must not come back, and words. */
export type Forbidden = { words: ReadonlySet<string>; numbers: ReadonlySet<string> }

const attempts = 400

function startDraw(seed: string, key: readonly string[]): Draw {
  let block = Buffer.alloc(0)
  let round = 0
  return (below) => {
    if (block.length < 4) {
      block = createHmac('sha256', seed)
        .update(JSON.stringify([round, ...key]))
        .digest()
      round += 1
    }
    const value = block.readUInt32BE(0)
    block = block.subarray(4)
    return value % below
  }
}

/** A map that gives each key a value of its own: the first of its candidates that is free. */
function ownValues(
  candidate: (key: string, attempt: number) => string,
  isAllowed: (value: string) => boolean,
) {
  const values = new Map<string, string>()
  const used = new Set<string>()
  return (key: string): string => {
    const known = values.get(key)
    if (known !== undefined) return known
    let shared: string | undefined
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const value = candidate(key, attempt)
      if (!isAllowed(value)) continue
      shared ??= value
      if (used.has(value)) continue
      used.add(value)
      values.set(key, value)
      return value
    }
    // Of one or two letters there are not enough for every page; then two share one.
    if (shared === undefined)
      throw new Error(`no free word of ${[...key].length} letters is left for this page`)
    values.set(key, shared)
    return shared
  }
}

function drawDigits(digits: string, draw: Draw): string {
  // Only short numbers keep the zeros at their start: a long one is somebody's id.
  const zeros = digits.length < 5 ? (/^0*/.exec(digits)?.[0] ?? '') : ''
  const rest = digits.length - zeros.length
  return (
    zeros + Array.from({ length: rest }, (_, index) => String(index === 0 ? 1 + draw(9) : draw(10))).join('')
  )
}

const zeroOf = (digit: string): number => {
  let code = digit.codePointAt(0) ?? 48
  for (let steps = 0; steps < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1)); steps += 1) code -= 1
  return code
}

/** Starts the inventions of one page. */
export function startInventor(seed: string, forbidden: Forbidden): Inventor {
  const drawFor = (...key: string[]): Draw => startDraw(seed, key)
  const isNew = (value: string): boolean => findHeld(value, forbidden.words) === null
  const ownName = ownValues((word, attempt) => {
    const draw = drawFor('name', word, String(attempt))
    return drawWord(word, [...word].length, draw, { isFree: attempt > 20 || [...word].length < 3 })
  }, isNew)
  const ownNumber = ownValues(
    (digits, attempt) => drawDigits(digits, drawFor('number', digits, String(attempt))),
    (value) => (value.length > 1 ? !forbidden.numbers.has(value) : value > '1'),
  )

  const wordFor = (word: string, place: string): string => {
    const length = [...foldWord(word)].length
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const draw = drawFor('word', place, String(attempt))
      const change = length < 4 || isUnspaced(word) ? 0 : draw(3) - 1
      const found = drawWord(foldWord(word), length + change, draw, { isFree: attempt > 20 })
      if (isNew(found)) return withCaseOf(word, found)
    }
    throw new Error(`no free word of ${length} letters is left for this page`)
  }

  const numberFor = (shown: string): string => {
    const digits = shown.normalize('NFKC')
    if (/^[01]?$/.test(digits)) return shown
    if (!/^[0-9]+$/.test(digits)) {
      const zero = zeroOf(shown)
      const ascii = [...shown].map((digit) => (digit.codePointAt(0) ?? zero) - zero).join('')
      if (!/^[0-9]+$/.test(ascii)) return shown.replace(/\p{Nd}/gu, String.fromCodePoint(zero + 3))
      const plain = numberFor(ascii)
      return [...plain].map((digit) => String.fromCodePoint(zero + Number(digit))).join('')
    }
    return ownNumber(digits)
  }

  return {
    drawFor,
    isNew,
    wordFor,
    numberFor,
    nameFor: (word) => withCaseOf(word, ownName(foldWord(word))),
  }
}
