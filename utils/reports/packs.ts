import type { FieldContent } from '../model/channel'
import type { ReportSheet } from '../model/report'
import { describeUrgency } from './case-values'
import { exhibitIndex } from './declaration'
import { plainLines } from './foreign-text'
import { writeLetter } from './letter'
import type { Prepared, Written } from './prepare'

const urgentMark = ({ case: owner, words }: Prepared): string[] =>
  owner.isImminent === true ? [words.t('report.urgent.mark')] : []

/** For the special procedures of the UN: the facts in order, and both questions of consent with their answers. */
export function writeUnSubmission(prepared: Prepared): Written {
  const { words } = prepared
  return writeLetter(prepared, {
    title: 'report.un.title',
    lead: urgentMark(prepared),
    more: ['context', 'consent-government', 'consent-public'],
    closing: [words.t('report.un.confidential'), words.t('report.un.update')],
  })
}

/** Names, handles and addresses of people, each in full and, where it has several words, word by word. */
function namesIn({ case: owner }: Prepared): string[] {
  const whole = [
    owner.attackedName,
    owner.reporterName,
    owner.reporterEmail,
    owner.organisation,
    owner.translator,
    ...owner.attackedHandles.split(/[\s,;]+/),
  ].map((name) => plainLines(name ?? '').trim())
  const words = [owner.attackedName, owner.reporterName].flatMap((name) => name.split(/\s+/))
  const bare = whole.flatMap((name) => (name.startsWith('@') ? [name.slice(1)] : []))
  return [...new Set([...whole, ...words, ...bare])].filter((name) => [...name].length > 2)
}

/**
 * A text without the names of the person attacked and of who reports, in any case of the letters. It cannot find
 * a name in another spelling; a person has to read the result.
 */
function redactNames(text: string, prepared: Prepared): string {
  const mark = prepared.words.t('report.redacted.mark')
  return namesIn(prepared)
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, name) => {
      const pattern = new RegExp(name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'giu')
      return left.replace(pattern, mark)
    }, text)
}

/** For a National Contact Point of the OECD: the whole, and a copy without names that may go to the company. */
export function writeOecdSubmission(prepared: Prepared): Written {
  const { words } = prepared
  const written = writeLetter(prepared, {
    title: 'report.oecd.title',
    more: ['reasons', 'links'],
    closing: [words.t('report.oecd.parallel')],
  })
  const redacted: ReportSheet = {
    id: 'redacted',
    title: words.t('report.sheet.redacted'),
    text: [words.t('report.redacted.note'), redactNames(written.submissionText, prepared)].join('\n\n'),
  }
  return { ...written, sheets: [redacted] }
}

/** For police and courts: who, what in order of time, accounts by number, a declaration to sign, every file. */
export function writeLegalPack(prepared: Prepared): Written {
  const { words } = prepared
  const written = writeLetter(prepared, {
    title: 'report.legal.title',
    lead: urgentMark(prepared),
    more: ['attacked', 'text', 'urgency', 'law', 'steps'],
    closing: [words.t('report.legal.whole')],
  })
  const exhibits: ReportSheet = {
    id: 'exhibits',
    title: words.t('report.sheet.exhibits'),
    text: exhibitIndex(prepared),
  }
  return { ...written, sheets: [exhibits] }
}

/** What the police need to ask a platform to keep an account's data; nobody else can file it. */
export function writePreservationRequest(prepared: Prepared): Written {
  const { words } = prepared
  return writeLetter(prepared, {
    title: 'report.preservation.title',
    lead: [words.t('report.preservation.ask', { count: 90 })],
    more: ['links', 'law'],
    closing: [words.t('report.preservation.police')],
  })
}

const regulatorSections: readonly FieldContent[] = ['text', 'pattern', 'links', 'asks', 'sender']

/** For a regulator: what was told to the service, when, what came back, and the pattern. */
export function writeRegulatorPack(prepared: Prepared): Written {
  const { case: owner, words } = prepared
  const urgency = describeUrgency(owner, words)
  return writeLetter(prepared, {
    title: 'report.regulator.title',
    lead: urgency === '' ? [] : [urgency],
    more: regulatorSections,
    closing: [words.t('report.regulator.proof')],
  })
}
