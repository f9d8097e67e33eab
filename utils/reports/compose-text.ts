import { splitGraphemes } from '../channels/limits'
import type { Channel } from '../model/channel'
import type { OpenedItem } from '../model/item'
import type { WordKey, Words } from '../words/translate'
import { inline, isolate, plainLines, quoteLines, showAddress } from './foreign-text'
import { describeAuthor, describeLanguage, postedLabel } from './item-facts'
import { describePosted, showUtc } from './moments'
import type { Prepared } from './prepare'
import { describeLooksAt } from './related-items'
import { describeClockTrouble, describeConflicts } from './said-twice-facts'
import { exactAddress } from './select-items'

/** Long enough for the worst sentence, short enough to be read at a glance. */
const worstLength = 200

/** How much a text tells: everything, the essentials, links only, or the worst words and the story alone. */
export const textLevels = ['long', 'medium', 'short', 'shortest'] as const
export type TextLevel = (typeof textLevels)[number]

/** The address to give for an item, or a sentence that the page showed none. */
export function addressOf({ item }: OpenedItem, words: Words): string {
  const address = exactAddress(item)
  return address === null
    ? words.t('report.no-address', { page: inline(showAddress(item.page.address), words) })
    : showAddress(address)
}

/** The addresses of these items for a field of a form: one a line, exactly as the pages gave them. */
export function linkLines(items: OpenedItem[]): string {
  return items.flatMap(({ item }) => exactAddress(item) ?? []).join('\n')
}

function worstLine({ items, words }: Prepared): string[] {
  const text = items
    .map((opened) => opened.item.post.text)
    .find((value) => value !== null && value.trim() !== '')
  if (!text) return []
  // A beginning that is surely long enough: a post can be as long as a book.
  const parts = splitGraphemes(
    plainLines(text.slice(0, 100 * worstLength))
      .replace(/\s+/g, ' ')
      .trim(),
  )
  const beginning = parts.slice(0, worstLength).join('')
  const quote = isolate(parts.length > worstLength ? `${beginning}…` : beginning)
  return [words.t('report.text.worst', { quote })]
}

/** Whether the receiver judges posts by rules of its own; a helpline or an authority does not. */
export function hasRules({ kind }: Channel): boolean {
  return kind === 'platform' || kind === 'partner' || kind === 'search-engine'
}

/** The receiver's rule by its name; what happened where no rule fits, or where it goes into its own field. */
function ruleLine({ categories, channel, types, words }: Prepared): string[] {
  const rule = channel.shape === 'api-payload' || !hasRules(channel) ? undefined : categories[0]
  if (rule) {
    // The name without its explanation: a receiver knows its own rules, and space can be short.
    const name = rule.name.replace(/ \(.*$/s, '')
    return [words.t('report.text.rule', { rule: inline(name, words) })]
  }
  const kinds = types.map((type) => words.t(`type.${type}`)).join(words.t('report.list-comma'))
  return kinds === '' ? [] : [words.t('report.text.types', { types: kinds })]
}

function peopleLines({ case: owner, words }: Prepared): string[] {
  const isNamed = owner.attackedNaming !== 'none'
  const attacked = isNamed
    ? [owner.attackedName, owner.attackedHandles].filter((name) => name.trim() !== '')
    : []
  const lines: string[] = []
  if (attacked.length > 0)
    lines.push(
      words.t('report.text.attacked', { who: attacked.map(isolate).join(words.t('report.list-comma')) }),
    )
  if (owner.reporterRole !== null)
    lines.push(words.t('report.text.role', { role: words.t(`role.${owner.reporterRole}`) }))
  return lines
}

function indent(lines: string[]): string[] {
  return lines.map((line) => `   ${line.replaceAll('\n', '\n   ')}`)
}

function line(words: Words, label: WordKey, value: string | null): string[] {
  return value === null || value === '' ? [] : [words.t('report.text.line', { label: words.t(label), value })]
}

function accountLine(opened: OpenedItem, words: Words): string[] {
  const { post } = opened.item
  const who = describeAuthor(post)
  const id = post.author.id === null ? null : isolate(post.author.id)
  if (who === null || id === null) return line(words, 'report.fact.account', who ?? id)
  return line(words, 'report.fact.account', words.t('report.text.account-id', { who, id }))
}

/** What a receiver has to know before relying on the item. */
function doubtLines({ item }: OpenedItem, all: readonly OpenedItem[], words: Words): string[] {
  const conflicts = describeConflicts(item, words).flatMap(({ sentence, quotes }) => [
    sentence,
    ...quotes.flatMap(({ label, text }) => [words.t('report.text.label', { label }), quoteLines(text)]),
  ])
  const clock = describeClockTrouble(item, words)
  return [...conflicts, ...(clock === null ? [] : [clock]), ...describeLooksAt(item.id, all, words)]
}

function postLines(opened: OpenedItem, level: TextLevel, { words, all }: Prepared): string[] {
  if (level === 'short') return []
  const { captured, post } = opened.item
  const posted = line(words, postedLabel(post), describePosted(post.posted, words))
  if (level === 'medium') return [...line(words, 'report.fact.account', describeAuthor(post)), ...posted]
  const language = post.language && describeLanguage(post.language, words)
  const quote = post.text === null ? [words.t('report.no-words')] : [quoteLines(post.text)]
  return [
    ...accountLine(opened, words),
    ...posted,
    ...line(words, 'report.fact.captured', inline(showUtc(captured.utc), words)),
    ...line(words, 'report.fact.language', language),
    words.t('report.text.label', { label: words.t('report.fact.words') }),
    ...quote,
    ...doubtLines(opened, all, words),
  ]
}

/** The numbered list of posts: each with its address in full and, by level, its facts below. */
export function numberedPosts(prepared: Prepared, level: TextLevel): string {
  const { items, words } = prepared
  return items
    .map((opened, index) =>
      [`${index + 1}. ${addressOf(opened, words)}`, ...indent(postLines(opened, level, prepared))].join('\n'),
    )
    .join('\n')
}

/** What happened in the person's own words, in the length she has given for a text of this level. */
function storyFor({ case: owner }: Prepared, level: TextLevel): string {
  const { narrative, narrativeMedium = '', narrativeShort = '' } = owner
  const own = {
    long: [narrative],
    medium: [narrativeMedium, narrative],
    short: [narrativeShort, narrativeMedium, narrative],
  }
  const texts = own[level === 'shortest' ? 'short' : level]
  return texts.map((text) => plainLines(text).trim()).find((text) => text !== '') ?? ''
}

/**
 * The words of a report, the rule and the worst sentence first, so that whatever a receiver cuts off, it cuts
 * off the least important.
 */
export function composeText(prepared: Prepared, level: TextLevel): string {
  const { items, leftOut, words } = prepared
  const narrative = storyFor(prepared, level)
  const story = narrative === '' ? [] : [narrative]
  if (level === 'shortest') return [...worstLine(prepared), ...story].join('\n')
  const lead = [...ruleLine(prepared), ...worstLine(prepared)]
  const waiting = leftOut.filter(({ reason }) => reason === 'too-many' || reason === 'other-account')
  const others = prepared.before + waiting.length
  const series = others === 0 ? [] : [words.t('report.text.series', { count: others })]
  const heading = words.t('report.text.posts', { count: items.length })
  const posts = items.length === 0 ? [] : [`${heading}\n${numberedPosts(prepared, level)}`]
  const people = level === 'short' ? [] : peopleLines(prepared)
  const body = level === 'short' ? [...posts, ...story] : [...story, ...series, ...posts]
  return [[...lead, ...people].join('\n'), ...body].filter((part) => part !== '').join('\n\n')
}
