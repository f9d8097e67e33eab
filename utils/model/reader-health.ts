import type { ItemSummary } from './item'
import { PostReading } from './post'

/** What can go wrong with a reader. Each code has words under `readers.reason.<code>` in `locales/`. */
export const troubleCodes = [
  'reader-threw',
  'reader-found-nothing',
  'reader-found-only-in-frame',
  'no-permalink-and-no-author',
  'no-author',
  'reading-refused',
  'other',
] as const
type TroubleCode = (typeof troubleCodes)[number]

/** A platform's reader as it is shipped. */
export type ReaderFacts = { id: string; name: string; version: number; isConfirmed: boolean }

/** What the items in the locker say of one platform's reader. Days are those of UTC, as `2026-11-22`. */
export type ReaderHealth = ReaderFacts & {
  /** Captures that the reader could read. */
  read: number
  /** Captures that were kept without it, because it failed. */
  generic: number
  /** Null while it has read nothing that is in the locker. */
  lastReadAt: string | null
  /** `field` is the part of a reading that was refused, by its name in the schema. */
  lastTrouble: { at: string; code: TroubleCode; field: string | null } | null
}

type Captured = Pick<ItemSummary, 'reader' | 'capturedAt' | 'recheck'>

const refused = /^reading refused: ([a-zA-Z]+)/

/** Only codes and names of our own come out: whatever else stands in a reason could be words of a page. */
function troubleOf(reason: string | null): { code: TroubleCode; field: string | null } {
  const known = troubleCodes.find((code) => code === reason)
  if (known) return { code: known, field: null }
  const [isRefused, name] = refused.exec(reason ?? '') ?? []
  if (isRefused === undefined) return { code: 'other', field: null }
  const field = Object.keys(PostReading.shape).find((one) => one === name) ?? null
  return { code: 'reading-refused', field }
}

/** A second look that finds nothing says something of the post: it may be gone. */
function isOfThePost({ reader, recheck }: Captured): boolean {
  return recheck !== null && reader.reason === 'reader-found-nothing'
}

function dayOf({ capturedAt }: Captured): string {
  return new Date(capturedAt).toISOString().slice(0, 10)
}

function newestOf(items: readonly Captured[]): Captured | null {
  return items.reduce<Captured | null>(
    (newest, one) => (newest && Date.parse(newest.capturedAt) >= Date.parse(one.capturedAt) ? newest : one),
    null,
  )
}

/**
 * How each reader has done, in the order of `readers`, worked out from the items in the locker. Nothing of an item
 * but its day and the reader's own codes goes into it.
 */
export function readerHealth(readers: readonly ReaderFacts[], items: readonly Captured[]): ReaderHealth[] {
  return readers.map(({ id, name, version, isConfirmed }) => {
    const read = items.filter(({ reader }) => reader.platform === id)
    const generic = items.filter(
      (one) => one.reader.platform !== id && one.reader.expected === id && !isOfThePost(one),
    )
    const lastRead = newestOf(read)
    const lastTroubled = newestOf([...generic, ...read.filter(({ reader }) => reader.reason !== null)])
    return {
      id,
      name,
      version,
      isConfirmed,
      read: read.length,
      generic: generic.length,
      lastReadAt: lastRead && dayOf(lastRead),
      lastTrouble: lastTroubled && { at: dayOf(lastTroubled), ...troubleOf(lastTroubled.reader.reason) },
    }
  })
}

/** The browser's name and main version, such as `Firefox 153`, out of what it says of itself; else `unknown`. */
export function browserName(userAgent: string): string {
  // Edge and Opera call themselves Chrome first.
  const names = /\b(Edg|OPR)\/(\d+)/.exec(userAgent) ?? /\b(Firefox|Chrome)\/(\d+)/.exec(userAgent)
  const [, name, version] = names ?? []
  return name && version ? `${name} ${version}` : 'unknown'
}

function lineOf({ id, version, isConfirmed, read, generic, lastReadAt, lastTrouble }: ReaderHealth): string {
  const trouble =
    lastTrouble && [lastTrouble.at, lastTrouble.code, lastTrouble.field].filter(Boolean).join(' ')
  return [
    `${id} ${version}`,
    isConfirmed ? 'confirmed' : 'not confirmed',
    `read ${read}`,
    `generic ${generic}`,
    `last read ${lastReadAt ?? 'never'}`,
    `last trouble ${trouble ?? 'none'}`,
  ].join('; ')
}

/**
 * The same as plain text for those who repair readers: in English, of codes, counts and days alone. No address,
 * handle, word or id of an item can get into it.
 */
export function healthReport(
  health: readonly ReaderHealth[],
  about: { version: string; userAgent: string },
): string {
  const head = [`tool: Witnessmark ${about.version}`, `browser: ${browserName(about.userAgent)}`]
  return `${[...head, ...health.map(lineOf)].join('\n')}\n`
}
