import { type Folded, fold, foldName, type Span, spanOf, standsAlone } from './fold'

/** What may not be found in what leaves. */
const needleKinds = ['handle', 'name', 'permalink', 'id', 'text', 'target', 'listed'] as const
export type NeedleKind = (typeof needleKinds)[number]
type Hit = Span & { kind: NeedleKind }

/** Below this length a word is found only where it stands alone. */
const aloneBelow = 6
const shortest = 3
const gram = 3
/** So much of a post's words is enough to find it by, and all that is remembered of it. */
const textLength = 40
/** Shorter posts ("lol") are nobody's. */
const shortestText = 24

type Needle = { value: string; kind: NeedleKind }

// Scripts that write several words, or a word with its particles, in one.
const joinedScript = /[\u0900-\u097f\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff]/

/** A set of words and phrases that is searched for all at once. */
export type SearchIndex = {
  /** Remembers what is to be found. What is too short to mean anything is passed over. */
  add: (kind: NeedleKind, value: string | null) => void
  /** Whether anything that was remembered is in the text, and where. */
  find: (text: string) => Hit[]
  /** Whether the value as a whole was remembered, however short it is. */
  has: (value: string) => boolean
  size: () => number
}

function wanted(kind: NeedleKind, value: string): string {
  if (kind !== 'text') return foldName(kind === 'handle' ? value.replace(/^@/, '') : value)
  const folded = foldName(value)
  return folded.length < shortestText ? '' : folded.slice(0, textLength)
}

/** Starts an empty index. Needles and texts are compared folded, so that lookalikes and invisible signs hide nothing. */
export function startSearchIndex(): SearchIndex {
  const byStart = new Map<string, Needle[]>()
  const whole = new Set<string>()

  function add(kind: NeedleKind, value: string | null): void {
    const folded = value === null ? '' : wanted(kind, value)
    if (folded === '' || whole.has(folded)) return
    whole.add(folded)
    const isShort = [...folded].length < (joinedScript.test(folded) ? 2 : shortest)
    if (isShort) return
    const start = folded.slice(0, gram)
    const there = byStart.get(start)
    if (there) there.push({ value: folded, kind })
    else byStart.set(start, [{ value: folded, kind }])
  }

  function isThere({ value, kind }: Needle, text: string, at: number): boolean {
    if (!text.startsWith(value, at)) return false
    const mayBeInside = kind === 'text' || value.length >= aloneBelow || joinedScript.test(value)
    return mayBeInside || standsAlone(text, at, at + value.length)
  }

  function longestAt(folded: Folded, at: number): Needle | null {
    let longest: Needle | null = null
    for (let length = Math.min(gram, 3); length >= 2; length--) {
      for (const needle of byStart.get(folded.text.slice(at, at + length)) ?? []) {
        if (needle.value.length <= (longest?.value.length ?? 0)) continue
        if (isThere(needle, folded.text, at)) longest = needle
      }
    }
    return longest
  }

  function find(text: string): Hit[] {
    if (byStart.size === 0) return []
    const folded = fold(text, 'letters')
    const hits: Hit[] = []
    for (let at = 0; at < folded.text.length; at++) {
      const needle = longestAt(folded, at)
      if (!needle) continue
      hits.push({ ...spanOf(folded, at, at + needle.value.length), kind: needle.kind })
      at += needle.value.length - 1
    }
    return hits
  }

  return { add, find, has: (value) => whole.has(foldName(value)), size: () => whole.size }
}
