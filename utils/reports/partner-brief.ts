import { shorten } from '../channels/limits'
import { consentTo } from '../model/case'
import type { FieldLimit } from '../model/channel'
import { attackedPerson, describeContext, describeSender, describeUrgency } from './case-values'
import { addressOf, hasRules } from './compose-text'
import { fillField } from './fill-field'
import { findMissing } from './find-missing'
import { inline, isolate, plainLines } from './foreign-text'
import { shortenedWarning } from './in-product'
import { describePattern } from './item-values'
import type { Prepared, Written } from './prepare'

/** What fits on one printed page, in UTF-16 units. Checked by a test; the sum of the parts below keeps to it. */
export const onePage = 5_200
const linkRoom = { lines: 8, characters: 900 }

/** A part on one line, no longer than its share of the page. */
function part(prepared: Prepared, text: string, share: number): string {
  const limit: FieldLimit = { max: share, unit: 'characters', evidence: 'verified' }
  const flat = plainLines(text).replace(/\s+/g, ' ').trim()
  return shorten(flat, [limit], prepared.words.t('report.ellipsis'))
}

/** A part whose lines each say something of their own, on one line in which they stay apart. */
function listPart(prepared: Prepared, text: string, share: number): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return part(prepared, lines.join(' · '), share)
}

function worst(prepared: Prepared): string {
  const words = prepared.items.map(({ item }) => item.post.text?.trim() ?? '').find((text) => text !== '')
  return words === undefined ? '' : isolate(part(prepared, words, 250))
}

/** As many whole addresses as there is room for, and how many more there are. */
function links(prepared: Prepared): string {
  const { items, words } = prepared
  const chosen: string[] = []
  for (const opened of items) {
    const line = `${chosen.length + 1}. ${addressOf(opened, words)}`
    if (chosen.length >= linkRoom.lines || [...chosen, line].join('\n').length > linkRoom.characters) break
    chosen.push(line)
  }
  const left = items.length - chosen.length
  return [...chosen, ...(left === 0 ? [] : [words.t('report.brief.more-links', { count: left })])].join('\n')
}

function consentLine({ case: owner, words }: Prepared): string {
  const answer = owner.reporterRole === 'self' ? true : consentTo(owner, 'partner')
  return answer === true ? words.t('report.brief.consent') : ''
}

/** The text on one page: who, what, the rule, the worst words, what they mean there, how urgent, where, what is asked. */
function briefText(prepared: Prepared): string {
  const { case: owner, categories, words } = prepared
  const rule = categories[0] && hasRules(prepared.channel) ? inline(categories[0].name, words) : ''
  const story = (owner.narrativeMedium ?? '').trim() || owner.narrative
  const rows: [string, string][] = [
    [words.t('report.section.sender'), listPart(prepared, describeSender(prepared), 350)],
    [words.t('report.section.attacked'), listPart(prepared, attackedPerson(owner), 250)],
    [words.t('report.section.defender-work'), part(prepared, owner.defenderWork ?? '', 350)],
    [words.t('report.section.urgency'), part(prepared, describeUrgency(owner, words), 300)],
    [words.t('report.section.text'), part(prepared, story, 1_000)],
    [words.t('report.section.pattern'), listPart(prepared, describePattern(prepared), 300)],
    [words.t('report.section.category'), part(prepared, rule, 200)],
    [words.t('report.brief.worst'), worst(prepared)],
    [words.t('report.section.context'), listPart(prepared, describeContext(owner, words), 400)],
    [words.t('report.section.links'), links(prepared)],
    [words.t('report.section.steps'), part(prepared, owner.stepsTaken ?? '', 250)],
    [words.t('report.section.asks'), part(prepared, owner.asks ?? '', 250)],
  ]
  const body = rows.flatMap(([heading, value]) => (value === '' ? [] : [`${heading}\n${value}`]))
  return [words.t('report.brief.title'), ...body, consentLine(prepared), words.t('report.brief.bundle')]
    .filter((row) => row !== '')
    .join('\n\n')
}

/** A brief on one page, for a partner organisation or a helpline; the whole story is in the bundle. */
export function writePartnerBrief(prepared: Prepared): Written {
  const filled = prepared.channel.fields.map((field) => fillField(prepared, field))
  return {
    fields: filled.map(({ field }) => field),
    missing: findMissing(prepared),
    warnings: filled.flatMap((entry) => shortenedWarning(prepared, entry)),
    submissionText: briefText(prepared),
    data: {},
  }
}
