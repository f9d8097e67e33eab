import { timeFromShortAge } from '../../utils/platforms/short-ages'
import { ageWords } from './age-words'
import type { Inventor } from './invent'
import type { Clock } from './moments'
import type { Vocabulary } from './vocabulary'
import { decoded, foldWord, letterRuns, uncoded } from './words'

/** Turns what a page says into something invented. */
export type Mapping = {
  /** Words that people read. `language`: BCP 47 tag of the page, or null. */
  text: (text: string, language: string | null) => string
  /** Handles, ids and other values without sentences. `isMarkup`: known words may stay inside a longer token. */
  value: (text: string, options?: { isMarkup: boolean }) => string
  /** An address, absolute or not. */
  address: (href: string) => string
}

export type MappingParts = {
  inventor: Inventor
  clock: Clock
  vocabulary: Vocabulary
  ownHosts: readonly string[]
  /** Words of names, handles and addresses: they get the same invention wherever they stand. */
  names: ReadonlySet<string>
  /** Hosts that stand in addresses of the page: in texts they are recognised whatever their ending. */
  hosts: ReadonlySet<string>
}

const usualEndings = new Set(
  'com org net info app dev social online site blog world live news space zone club page cloud tech xyz'.split(
    ' ',
  ),
)
const domainShape = /(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,}/gu
const keptPrefixes = /^(?:t[1-6]_|UC(?=[\w-]{22}$)|Ug(?=[\w-]{10})|id__|pfbid(?=\w{10}))/
const tracking = /^(?:utm_|fbclid|gclid|igsh|ref_src|ref_url|__cft__|__tn__|si$|feature$)/
const anyMoment = new Date(Date.UTC(2026, 0, 1))
const held = /[\uE000-\uF8FF]/gu

/** Parts that are finished while the rest is still being invented, each behind one private character. */
function startHolding() {
  const parts: string[] = []
  return {
    hold: (part: string): string => String.fromCharCode(0xe000 + (parts.push(part) - 1)),
    release: (text: string): string => text.replace(held, (mark) => parts[mark.charCodeAt(0) - 0xe000] ?? ''),
  }
}

/** The mapping of one page. */
export function startMapping({ inventor, clock, vocabulary, ownHosts, names, hosts }: MappingParts): Mapping {
  const number = (digits: string): string => clock.moveNumber(digits) ?? inventor.numberFor(digits)
  /** Runs of letters of one kind of script, and numbers, each for itself. */
  const pieces = (text: string): string =>
    text
      .replace(/\p{Nd}+/gu, number)
      .replace(letterRuns, (run) => (/^\p{M}+$/u.test(run) ? run : inventor.nameFor(run)))

  const isKnown = (token: string): boolean =>
    !/\p{Nd}{5}/u.test(token) &&
    (token.match(letterRuns) ?? []).every((word) => vocabulary.words.has(foldWord(word)))

  const longestPrefix = (token: string): string =>
    [...vocabulary.tokens].reduce(
      (best, start) =>
        /[-_]$/.test(start) && token.startsWith(start) && start.length > best.length ? start : best,
      keptPrefixes.exec(token)?.[0] ?? '',
    )

  const token = (whole: string, isMarkup: boolean): string => {
    const moved = clock.moveKey(whole)
    if (moved !== null) return moved
    if (vocabulary.tokens.has(whole) && !/\p{Nd}{3}/u.test(whole)) return whole
    if (isMarkup && isKnown(whole)) return whole
    const start = longestPrefix(whole)
    return start === '' || start === whole
      ? pieces(whole)
      : start + token(whole.slice(start.length), isMarkup)
  }

  const domain = (host: string): string => {
    const own = ownHosts.find(
      (known) => host.toLowerCase() === known || host.toLowerCase().endsWith(`.${known}`),
    )
    if (own === undefined) {
      const labels = host.split('.')
      return [...labels.slice(0, -1).map((label) => pieces(label.toLowerCase())), 'example'].join('.')
    }
    const before = host.slice(0, host.length - own.length)
    return before.replace(/[\p{L}\p{N}\p{M}_-]+/gu, (label) => token(label, true)) + own
  }
  const isDomain = (text: string): boolean => {
    const plain = text.toLowerCase()
    const ending = plain.slice(plain.lastIndexOf('.') + 1)
    return hosts.has(plain) || usualEndings.has(ending) || /^[a-z]{2}$/.test(ending)
  }

  const value = (text: string, options?: { isMarkup: boolean }): string => {
    const { hold, release } = startHolding()
    const plain = text.normalize('NFC').replace(held, '')
    const start = longestPrefix(plain)
    const dated = clock.moveDates(hold(start) + plain.slice(start.length), hold)
    const hosted = dated.replace(domainShape, (found) => (isDomain(found) ? hold(domain(found)) : found))
    return release(
      hosted.replace(/[\p{L}\p{N}\p{M}_-]+/gu, (part) => token(part, options?.isMarkup ?? false)),
    )
  }

  const coded = (text: string): string | null => {
    const inner = uncoded(text)
    return inner === null ? null : Buffer.from(inner.replace(/\d+/g, number)).toString('base64')
  }

  const query = (text: string): string =>
    text
      .split('&')
      .filter((pair) => !tracking.test(pair))
      .map((pair) => {
        const [name = '', ...rest] = pair.split('=')
        const shown = decoded(rest.join('=').replaceAll('+', ' '))
        const mapped = /^(?:https?:)?\//.test(shown) ? address(shown) : (coded(shown) ?? value(shown))
        const key = isKnown(decoded(name)) ? name : encodeURIComponent(value(decoded(name)))
        return rest.length === 0 ? key : `${key}=${encodeURIComponent(mapped)}`
      })
      .join('&')

  const path = (text: string): string =>
    text
      .split('/')
      .map((part) => {
        const mapped = value(decoded(part))
        return decoded(part) === part ? mapped : encodeURIComponent(mapped).replaceAll('%40', '@')
      })
      .join('/')

  const address = (href: string): string => {
    const [, scheme = '', host, inner = '', search, hash] =
      /^([a-z][a-z0-9+.-]*:)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(href.trim()) ?? []
    if (scheme !== '' && !/^(?:https?|blob|at|did):$/i.test(scheme)) return '#'
    if (/^blob:/i.test(scheme)) return `blob:${address(inner)}`
    const name = host === undefined ? '' : `//${domain(host.replace(/^.*@|:\d+$/g, ''))}`
    const searched = search === undefined ? '' : query(search)
    const end = hash === undefined ? '' : `#${value(decoded(hash))}`
    return `${scheme}${name}${path(inner)}${searched === '' ? '' : `?${searched}`}${end}`
  }

  /** A chunk without spaces that is more than a word: a handle, an address, a tag, an id. */
  const isHandle = (chunk: string): boolean =>
    /[@_/\\#=]|\p{L}\.\p{L}|\p{L}\p{Nd}|\p{Nd}\p{L}/u.test(chunk) &&
    !/^\p{Nd}[\p{Nd}.,٫٬]*\p{L}+\.?$/u.test(chunk)

  const sentence = (text: string): string => {
    let before = ''
    return text.replace(letterRuns, (word) => {
      before += ` ${foldWord(word)}`
      if (/^\p{M}+$/u.test(word)) return word
      if ([...word].length === 1) return inventor.nameFor(word)
      return names.has(foldWord(word)) ? inventor.nameFor(word) : inventor.wordFor(word, before)
    })
  }

  const age = (text: string, language: string | null): string | null => {
    const shown = text.replace(/^[\s•·]+|[\s•·]+$/g, '')
    if (shown.length > 32 || !/\p{Nd}/u.test(shown)) return null
    const known = ageWords(language)
    const words = foldWord(text).match(letterRuns) ?? []
    // Asked first: to try all languages takes long.
    if (!words.some((word) => known.has(word))) return null
    if (timeFromShortAge(shown, language, anyMoment).source !== 'relative') return null
    return text.replace(letterRuns, (word) => (known.has(foldWord(word)) ? word : inventor.nameFor(word)))
  }

  const text = (shown: string, language: string | null): string => {
    if (!/[\p{L}\p{N}]/u.test(shown)) return shown
    const finished = clock.moveShown(shown) ?? age(shown, language)
    if (finished !== null) return finished
    const { hold, release } = startHolding()
    const plain = shown.normalize('NFC').replace(held, '')
    const linked = plain.replace(/https?:\/\/\S+/gi, (found) => hold(address(found)))
    const dated = clock.moveDates(linked, hold)
    const chunked = dated.replace(/[^\s\uE000-\uF8FF]+/gu, (chunk) => {
      const hosted = chunk.replace(domainShape, (found) => (isDomain(found) ? hold(domain(found)) : found))
      if (hosted !== chunk || isHandle(chunk)) return hold(value(chunk))
      return hosted.replace(/\p{Nd}+/gu, (digits) => hold(number(digits)))
    })
    return release(sentence(chunked))
  }

  return { text, value, address }
}
