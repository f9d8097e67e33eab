import { fold, type Span, spanOf } from './fold'

/** What patterns find, in the order in which they are looked for: an earlier kind wins where two overlap. */
const patternKinds = ['mail', 'link', 'mention', 'iban', 'coordinate', 'phone', 'plate', 'id'] as const
export type PatternKind = (typeof patternKinds)[number]

export type Found<K extends string = string> = Span & { kind: K }

type Pattern = { kind: PatternKind; form: RegExp; accepts?: (match: string) => boolean }

const at = String.raw`(?:@|\s?[\[({<]\s?(?:at|@)\s?[\])}>]\s?|\s(?:at|AT)\s(?=[\w-]+\s?(?:[\[({]\s?(?:dot|\.)\s?[\])}]|\sdot\s)))`
const dot = String.raw`(?:\.|\s?[\[({]\s?(?:dot|\.)\s?[\])}]\s?|\s(?:dot|DOT)\s)`
const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?`
const endings =
  'com|org|net|info|biz|edu|gov|mil|int|io|co|me|tv|cc|ly|gg|app|dev|xyz|site|online|shop|blog|news|live|link|page|club|social|media|top|example|invalid|test|local|onion|eu|uk|us|de|at|ch|fr|es|it|pt|nl|be|pl|cz|sk|hu|ro|bg|gr|tr|ru|ua|by|kz|ge|am|az|ir|iq|sa|ae|eg|ma|tn|dz|lb|sy|jo|ps|il|in|pk|bd|lk|np|mm|th|vn|id|my|ph|cn|jp|kr|tw|hk|sg|au|nz|ca|mx|br|ar|cl|pe|ve|za|ng|ke|gh|et|tz|ug|se|no|dk|fi|is|ie|ee|lv|lt|rs|hr|si|ba|mk|al|xk|su|рф|укр|бел|भारत|مصر|السعودية|امارات|ایران'

const digits = (text: string): string => text.replace(/\D/g, '')
const monthDay =
  /^(?:\d{4}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:\d{4}|\d{2}))(?:[ T]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?$/
const amount = /^[1-9]\d{0,2}(?:([.,'’])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?$/
const years = /^(?:19|20)\d\d\s?[-–/ ]\s?(?:19|20)\d\d$/

const isDate = (part: string): boolean => monthDay.test(part) || years.test(part)

function isPhone(match: string): boolean {
  const plain = match.trim()
  const count = digits(plain).length
  if (amount.test(plain) || years.test(plain) || plain.split(/\s+/).some(isDate)) return false
  return count >= 7 && count <= 16
}

const isLong = (match: string) => digits(match).length >= 5

/** Half a pair of coordinates: degrees with a decimal point, also with their direction, or with minutes and seconds. */
const degrees = String.raw`[-+−]?\d{1,3}\.\d{3,}\s?°?\s?[NSEW]?`
const directed = String.raw`(?:[NSEW]\s?\d{1,3}[.\s°]{1,2}\d+(?:\.\d+)?['′’]?|\d{1,3}\.\d+\s?°?\s?[NSEW])`
const seconds = `(?:["″”]|''|’’|′′)`
const sexagesimal = String.raw`\d{1,3}\s?°\s?\d{1,2}(?:\.\d+)?\s?['′’]\s?(?:\d{1,2}(?:\.\d+)?\s?(?:${seconds}\s?)?)?[NSEWО-Я]?`

const patterns: readonly Pattern[] = [
  {
    kind: 'mail',
    form: new RegExp(
      String.raw`(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}][\p{L}\p{M}\p{N}._%+-]{0,63}${at}${label}(?:${dot}${label}){1,5}`,
      'giu',
    ),
  },
  {
    kind: 'mail',
    form: /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,63}@[\p{L}\p{N}][\p{L}\p{N}-]{1,63}/gu,
  },
  {
    kind: 'mail',
    form: /(?<![\p{L}\p{N}_%+-])[\p{L}\p{N}][\p{L}\p{N}_%+-]{0,40}(?:\s?\.\s?[\p{L}\p{N}_%+-]{1,40}){0,3}\s@\s[\p{L}\p{N}-]{1,63}(?:\s?\.\s?[\p{L}\p{N}-]{1,63}){1,4}/gu,
  },
  { kind: 'link', form: /(?<![\p{L}\p{N}])t\s?\.\s?me\s?\/\s?[\p{L}\p{N}_+]+/giu },
  {
    kind: 'link',
    form: /(?:\bh(?:tt|xx)ps?|\bftp|\btg|\bgeo|\bwhatsapp|\bsignal|\bipfs|\bmagnet):(?:\/\/)?[^\s<>"«»“”]+/giu,
  },
  { kind: 'link', form: /\bwww\d?\.[^\s<>"«»“”]+/giu },
  {
    kind: 'link',
    form: new RegExp(
      String.raw`(?<![\p{L}\p{N}@.])(?:${label}(?:\.|\s?[\[({]\s?(?:dot|\.)\s?[\])}]\s?)){1,5}(?:${endings})(?![\p{L}\p{M}\p{N}])(?:[:/?#][^\s<>"«»“”]*)?`,
      'giu',
    ),
  },
  {
    kind: 'mention',
    form: /(?<![\p{L}\p{N}])@[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.-]{0,100}[\p{L}\p{M}\p{N}_])?(?:@[\p{L}\p{N}][\p{L}\p{N}.-]{0,100}[\p{L}\p{N}])?/gu,
  },
  { kind: 'mention', form: /(?<![\p{L}\p{N}])\/?[ur]\/[A-Za-z0-9_-]{2,40}/gu },
  { kind: 'mention', form: /(?<![\p{L}\p{N}#])[\p{L}\p{N}_.]{2,32}#\d{4}(?![\p{L}\p{N}])/gu },
  {
    kind: 'iban',
    form: /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?(?![\p{L}\p{N}])/giu,
    accepts: (match) => digits(match).length >= 8,
  },
  {
    kind: 'coordinate',
    form: new RegExp(String.raw`(?<![\p{L}\p{N}.])${directed}\s?[,;/ ]\s?${directed}(?![\p{L}\p{N}])`, 'gu'),
  },
  {
    kind: 'coordinate',
    form: /(?<![\p{L}\p{N}])lat(?:itude)?\W{0,3}[-+−]?\d{1,3}\.\d+\W{1,3}(?:lon|lng|long)(?:itude)?\W{0,3}[-+−]?\d{1,3}\.\d+/giu,
  },
  {
    kind: 'coordinate',
    form: new RegExp(String.raw`(?<![\p{L}\p{N}.])${degrees}\s?[,;/ ]\s?${degrees}(?![\p{L}\p{N}])`, 'giu'),
  },
  {
    kind: 'coordinate',
    form: new RegExp(String.raw`(?<![\p{L}\p{N}.])${sexagesimal}(?:\s?[,;/]?\s?${sexagesimal})?`, 'giu'),
  },
  {
    kind: 'coordinate',
    form: /(?<![\p{L}\p{N}])[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?![\p{L}\p{N}])/giu,
  },
  { kind: 'coordinate', form: /\/\/\/[\p{L}\p{M}]{1,40}\.[\p{L}\p{M}]{1,40}\.[\p{L}\p{M}]{1,40}/gu },
  { kind: 'id', form: /(?<![\p{L}\p{N}.])(?:\d{1,3}\.){3}\d{1,3}(?![\p{N}.]*\p{N})/gu },
  { kind: 'id', form: /(?<![\p{L}\p{N}])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\p{L}\p{N}])/giu },
  { kind: 'id', form: /(?<![\p{L}\p{N}:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}(?![\p{L}\p{N}:])/giu },
  {
    kind: 'phone',
    form: /(?<![\p{L}\p{N}+])(?:\+|00)\s?(?:\(?\d{1,4}\)?[\s./\-–]{0,2}){2,14}\d+(?![\p{L}\p{N}])/gu,
    accepts: isPhone,
  },
  {
    kind: 'phone',
    form: /(?<![\p{L}\p{N}.,+])\(?\d{1,5}\)?(?:(?:[./–-]|\s(?:[-–/]\s)?)\(?\d{1,8}\)?){1,15}(?![\p{L}\p{N}])/gu,
    accepts: isPhone,
  },
  { kind: 'phone', form: /(?<![\p{L}\p{N}.,+])\d{7,12}(?![\p{L}\p{N}]|[.,]\d)/gu, accepts: isPhone },
  { kind: 'plate', form: /(?<![\p{L}\p{N}])[A-ZÄÖÜ]{1,3}[-–][A-Z]{1,2} ?\d{1,4}[EH]?(?![\p{L}\p{N}])/gu },
  { kind: 'plate', form: /(?<![\p{L}\p{N}])[A-Z]{2}[ -]?\d{2,3}[ -]?[A-Z]{2,3}(?![\p{L}\p{N}])/gu },
  {
    kind: 'plate',
    form: /(?<![\p{L}\p{N}])[A-Z]{2}[ -]?\d{1,2}[ -]?[A-Z]{1,3}[ -]?\d{3,4}(?![\p{L}\p{N}])/gu,
  },
  { kind: 'plate', form: /(?<![\p{L}\p{N}])\d{2}[ -]?[A-Z]{1,3}[ -]?\d{2,4}(?![\p{L}\p{N}])/gu },
  { kind: 'plate', form: /(?<![\p{L}\p{N}])(?:[A-Z]{3}[ -]?)?\d[A-Z][-/ ]\d{4}(?![\p{L}\p{N}])/gu },
  { kind: 'plate', form: /(?<![\p{L}\p{N}])[A-Z]{2,3}[ -]\d{3,5}[A-Z]{0,2}(?![\p{L}\p{N}])/gu },
  { kind: 'plate', form: /(?<![\p{L}\p{N}])\d{4}[ -]?[BCDFGHJKLMNPRSTVWXYZ]{3}(?![\p{L}\p{N}])/gu },
  {
    kind: 'plate',
    form: /(?<![\p{L}\p{N}])[АВЕКМНОРСТУХІ]{1,2}\s?\d{3,4}\s?[АВЕКМНОРСТУХІ]{2}\s?(?:\d{2,3})?(?![\p{L}\p{N}])/giu,
  },
  {
    kind: 'plate',
    form: /(?<![\p{L}\p{N}])(?:[ء-ي] ?){1,3} ?\d{3,4}(?![\p{L}\p{N}])/gu,
    accepts: (match) => /^(?:[ء-ي] ){1,2}[ء-ي] ?\d{3,4}$/.test(match),
  },
  { kind: 'plate', form: /(?<![\p{L}\p{N}])\d{3,4} ?(?:[ء-ي] ){1,2}[ء-ي](?![\p{L}\p{N}])/gu },
  {
    kind: 'plate',
    form: /(?<![\p{L}\p{N}])\d{2} ?[ابپتجدسصطعقلمنوهی] ?\d{3}[ -]?(?:ایران|ايران)? ?\d{2}(?![\p{L}\p{N}])/gu,
  },
  { kind: 'id', form: /(?<![\p{L}\p{N}])[A-ZА-Я]{1,3}-?\d{6,12}[A-Z]?(?![\p{L}\p{N}])/giu },
  { kind: 'id', form: /(?<![\p{L}\p{N}])[A-ZА-Я]{1,3} \d{6,12}[A-Z]?(?![\p{L}\p{N}])/gu },
  { kind: 'id', form: /(?<![\p{L}\p{N}])[A-Z]{5}\d{4}[A-Z](?![\p{L}\p{N}])/gu },
  { kind: 'id', form: /(?<![\p{L}\p{N}])\d{8}[ -]?[A-Z](?![\p{L}\p{N}])/gu },
  { kind: 'id', form: /(?<![\p{L}\p{N}])\d{1,2}\/[\p{L}\p{M}]{2,20}\([\p{L}\p{M}]{1,8}\)\d{6}(?!\p{N})/gu },
  { kind: 'id', form: /(?<![\p{L}\p{N}.,])\d{13,22}(?![\p{L}\p{N}])/gu, accepts: isLong },
  { kind: 'id', form: /(?<![\p{L}\p{N}.,])(?:\d{4}[ -]){3}\d{1,7}(?![\p{L}\p{N}])/gu },
  // Addresses of wallets, tokens, digests: long, of letters and digits.
  {
    kind: 'id',
    form: /(?<![\p{L}\p{N}])(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{20,}(?![\p{L}\p{N}])/gu,
  },
]

/** Trailing signs of a sentence are no part of an address. */
function withoutEnd(match: string): string {
  return match.replace(/[\s.,;:!?…،؛؟।၊။'"’”»)\]}]+$/u, '')
}

type Ranked = Found<PatternKind> & { rank: number }

/** Two forms that overlap are one thing, seen in part by each; it is called what the earlier form calls it. */
function joinOverlapping(found: Ranked[]): Found<PatternKind>[] {
  const joined: Ranked[] = []
  for (const one of found.sort((first, second) => first.from - second.from)) {
    const last = joined.at(-1)
    if (!last || one.from >= last.to) {
      joined.push(one)
      continue
    }
    last.to = Math.max(last.to, one.to)
    if (one.rank < last.rank) Object.assign(last, { rank: one.rank, kind: one.kind })
  }
  return joined.map(({ kind, from, to }) => ({ kind, from, to }))
}

/**
 * Everything in the text that has the form of an address, a number or a plate; in order, never overlapping. Every
 * form is bounded, so that a text made to be slow is not.
 */
export function findPatterns(text: string): Found<PatternKind>[] {
  const folded = fold(text, 'signs')
  const found: Ranked[] = []
  for (const [rank, { kind, form, accepts }] of patterns.entries()) {
    for (const match of folded.text.matchAll(form)) {
      const plain = kind === 'coordinate' ? match[0].trimEnd() : withoutEnd(match[0])
      if (plain === '' || (accepts && !accepts(plain))) continue
      found.push({ ...spanOf(folded, match.index, match.index + plain.length), kind, rank })
    }
  }
  return joinOverlapping(found)
}
