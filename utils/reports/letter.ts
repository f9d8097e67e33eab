import type { ChannelField, FieldContent } from '../model/channel'
import type { WordKey } from '../words/translate'
import { caseValues, describeSenderAlone } from './case-values'
import { numberedPosts } from './compose-text'
import { fillField } from './fill-field'
import { findMissing } from './find-missing'
import { inline, plainLines } from './foreign-text'
import { shortenedWarning } from './in-product'
import { inTimeOrder, itemValues } from './item-values'
import type { Prepared, Written } from './prepare'

/** A text of several sections under a title, as letters and packs are. */
export type Letter = {
  title: WordKey
  /** What stands before the sections; empty sentences are left out. */
  lead?: string[]
  /** Sections besides those of the channel's own fields, after them. */
  more?: readonly FieldContent[]
  closing?: string[]
}

/** Contents that a person gives there, or that stand in another section. */
const unwritten: readonly FieldContent[] = [
  'by-hand',
  'nothing',
  'reporter-role',
  'reporter-name',
  'reporter-email',
]

/** What happened, in the person's words, and below it every post with its facts, oldest first. */
function storyWithPosts(prepared: Prepared): string {
  const story = plainLines(prepared.case.narrative).trim()
  const items = inTimeOrder(prepared.items)
  const posts = items.length === 0 ? '' : numberedPosts({ ...prepared, items }, 'long')
  return [story, posts].filter((part) => part !== '').join('\n\n')
}

function valueFor(prepared: Prepared, field: ChannelField): string {
  if (field.holds === 'text') return storyWithPosts(prepared)
  if (field.holds === 'category') return inline(itemValues.category?.(prepared, field) ?? '', prepared.words)
  const read = caseValues[field.holds] ?? itemValues[field.holds]
  return read?.(prepared, field) ?? ''
}

/** One section under its heading; empty when there is nothing to say in it. */
export function section(heading: string, value: string): string {
  return value === '' ? '' : `${heading}\n${value}`
}

function sectionOf(prepared: Prepared, holds: FieldContent): string {
  const heading = prepared.words.ofCode('report.section', holds)
  const own = prepared.channel.fields.find((field) => field.holds === holds)
  const field: ChannelField = own ?? {
    id: holds,
    holds,
    choices: null,
    name: holds,
    isRequired: false,
    limits: [],
    note: '',
    evidence: 'verified',
    source: null,
  }
  return heading === null ? '' : section(heading, valueFor(prepared, field))
}

/** By what right somebody writes stands with the sender, unless it has a section of its own. */
function senderSection(prepared: Prepared, contents: readonly FieldContent[]): string {
  return contents.includes('authorisation')
    ? section(prepared.words.t('report.section.sender'), describeSenderAlone(prepared))
    : sectionOf(prepared, 'sender')
}

/** The text of a letter: title, lead, a section for each thing the receiver asks for, closing. */
function letterText(prepared: Prepared, letter: Letter): string {
  const asked = prepared.channel.fields.map((field) => field.holds)
  const contents = [...new Set([...asked, ...(letter.more ?? [])])].filter(
    (holds) => !unwritten.includes(holds),
  )
  return [
    prepared.words.t(letter.title),
    ...(letter.lead ?? []),
    ...contents.map((holds) =>
      holds === 'sender' ? senderSection(prepared, contents) : sectionOf(prepared, holds),
    ),
    ...(letter.closing ?? []),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** A report whose text is a letter: its fields filled and checked one by one, its text in sections. */
export function writeLetter(prepared: Prepared, letter: Letter): Written {
  const filled = prepared.channel.fields.map((field) => {
    // Where there is room for all of it, what happened stands in the order of time in the field, too.
    const isWhole = field.holds === 'text' && field.limits.length === 0
    return isWhole ? fillField(prepared, field, storyWithPosts(prepared)) : fillField(prepared, field)
  })
  return {
    fields: filled.map(({ field }) => field),
    missing: findMissing(prepared),
    warnings: filled.flatMap((entry) => shortenedWarning(prepared, entry)),
    submissionText: letterText(prepared, letter),
    data: {},
  }
}
