import { linkOf } from '../channels/index'
import type { Channel } from '../model/channel'
import type { OpenedItem } from '../model/item'
import { publishedTime } from '../model/post'
import type { Report, ReportSheet, Submission } from '../model/report'
import type { WordKey } from '../words/translate'
import { writeApiPayload } from './api-payload'
import { planAttachments } from './attachments'
import { writeComplaint, writeReferral, writeTakedownAppeal } from './complaint'
import { composeText } from './compose-text'
import { writeDsaNotice } from './dsa-notice'
import { wholeValue } from './fill-field'
import { textsByLength, writeInProduct } from './in-product'
import { writeNciiNotice } from './ncii-notice'
import {
  writeLegalPack,
  writeOecdSubmission,
  writePreservationRequest,
  writeRegulatorPack,
  writeUnSubmission,
} from './packs'
import { writePartnerBrief } from './partner-brief'
import { writeImpersonationSheet, writePrivacySheet } from './person-sheet'
import { mergeMissing, type Prepared, prepareReport, type ReportOptions, type Written } from './prepare'
import { rabatSheet } from './rabat'
import {
  attachmentWarnings,
  channelWarnings,
  doubtOnLength,
  fitWarnings,
  leftOutWarnings,
} from './report-warnings'
import { exactAddress, type LeftOut } from './select-items'
import { writeWebForm } from './web-form'

const writers: Record<Channel['shape'], (prepared: Prepared) => Written> = {
  'in-product': writeInProduct,
  'web-form': writeWebForm,
  'api-payload': writeApiPayload,
  'dsa-notice': writeDsaNotice,
  'ncii-notice': writeNciiNotice,
  'privacy-sheet': writePrivacySheet,
  'impersonation-sheet': writeImpersonationSheet,
  'partner-brief': writePartnerBrief,
  'un-submission': writeUnSubmission,
  'oecd-submission': writeOecdSubmission,
  'legal-pack': writeLegalPack,
  'preservation-request': writePreservationRequest,
  'regulator-pack': writeRegulatorPack,
  complaint: writeComplaint,
  referral: writeReferral,
  'takedown-appeal': writeTakedownAppeal,
}

/** A case with more posts than this many submissions hold is no report any more but a flood, which is punished. */
const mostSubmissions = 10

/** What a program needs of each post; exact values, never wrapped or shortened. */
function itemData({ item }: OpenedItem): Record<string, unknown> {
  const { captured, collection, page, post } = item
  return {
    id: item.id,
    address: exactAddress(item),
    page: page.address,
    platform: post.platform,
    kind: post.kind,
    postId: post.postId,
    author: post.author,
    text: post.text,
    language: post.language,
    posted: publishedTime(post),
    ...(post.kind === 'profile' && { accountSince: post.posted }),
    capturedAt: captured.utc,
    clockSkewSeconds: captured.clockSkewSeconds,
    sources: collection.sources,
    reader: collection.reader,
    headings: page.headings,
    times: page.times,
    group: item.group,
    recheck: item.recheck,
  }
}

type Filed = { prepared: Prepared; written: Written }

/** The items that a further submission can take: those that only the receiver's own limits keep out of this one. */
function waiting({ leftOut }: Prepared, items: readonly OpenedItem[]): OpenedItem[] {
  const ids = leftOut
    .filter(({ reason }) => reason === 'too-many' || reason === 'other-account')
    .map(({ id }) => id)
  return items.filter(({ item }) => ids.includes(item.id))
}

/** The report in as many submissions as the receiver's limits ask for, at most ten. */
function fileAll(options: ReportOptions): Filed[] {
  const filed: Filed[] = []
  let items = options.items
  do {
    const before = filed.reduce((sum, one) => sum + one.prepared.items.length, 0)
    const prepared = { ...prepareReport({ ...options, items }), all: options.items, before }
    filed.push({ prepared, written: writers[options.channel.shape](prepared) })
    items = waiting(prepared, items)
  } while (items.length > 0 && filed.length < mostSubmissions)
  return filed
}

/** What is in no submission: what the first left out for good, and what the last had no room for. */
function leftOutOf(filed: readonly Filed[]): LeftOut[] {
  const taken = new Set(filed.flatMap(({ prepared }) => prepared.items.map(({ item }) => item.id)))
  const all = new Map(filed.flatMap(({ prepared }) => prepared.leftOut.map((entry) => [entry.id, entry])))
  return [...all.values()].filter(({ id }) => !taken.has(id))
}

function submissionOf({ prepared, written }: Filed, number: number, of: number): Submission {
  return {
    number,
    title: prepared.words.t('report.split.title', { number, of }),
    itemIds: prepared.items.map(({ item }) => item.id),
    fields: written.fields,
    submissionText: written.submissionText,
  }
}

/** The whole text, where a field or the page it has to fit on holds less. */
function wholeText({ prepared, written }: Filed): ReportSheet[] {
  const { channel, words } = prepared
  const isCut = channel.fields.some(
    (field, index) => field.limits.length > 0 && written.fields[index]?.value !== wholeValue(prepared, field),
  )
  if (!isCut && channel.shape !== 'partner-brief') return []
  const text = composeText(prepared, 'long')
  return text === '' ? [] : [{ id: 'whole-text', title: words.t('report.sheet.whole-text'), text }]
}

/** Shorter texts to copy, where it is not sure how much the form takes. */
function shorterTexts({ prepared, written }: Filed): ReportSheet[] {
  const { channel, words } = prepared
  const at = channel.fields.findIndex((field) => field.holds === 'text')
  if (at < 0 || doubtOnLength(channel) === null) return []
  const { medium, short } = textsByLength(prepared)
  const texts = [
    { id: 'shorter-text', title: words.t('report.sheet.shorter-text'), text: medium },
    { id: 'shortest-text', title: words.t('report.sheet.shortest-text'), text: short },
  ] as const
  const isShorter = (text: string, than = '') => text !== '' && text.length < than.length
  return texts.filter(({ text }, index) =>
    isShorter(text, index === 0 ? written.fields[at]?.value : texts[0].text),
  )
}

function sheetsOf(first: Filed): ReportSheet[] {
  const rabat = rabatSheet(first.prepared)
  return [
    ...(first.written.sheets ?? []),
    ...(rabat === null ? [] : [rabat]),
    ...wholeText(first),
    ...shorterTexts(first),
  ]
}

/**
 * Shapes a case for one channel. Pure: same case, same report. Never over a limit of the receiver; whatever
 * was shortened, split or left out is said in `warnings`, whatever is lacking in `missing`.
 */
export function writeReport(options: ReportOptions): Report {
  const filed = fileAll(options)
  const [first, ...others] = filed
  if (!first) throw new Error('a report has at least one submission')
  const leftOut = leftOutOf(filed)
  const prepared = { ...first.prepared, leftOut }
  const { written } = first
  const { channel, words } = prepared
  const missing = mergeMissing(filed.flatMap((one) => one.written.missing))
  const isReady = missing.every((fact) => !fact.isBlocking)
  const further = others.map((one, index) => submissionOf(one, index + 2, filed.length))
  const sheets = sheetsOf(first)
  const attachments = planAttachments({
    channel,
    case: options.case,
    submissions: filed.map((one) => one.prepared.items),
    byHand: options.attachmentLimits ?? null,
  })
  return {
    channelId: channel.id,
    language: words.language,
    isReady,
    missing,
    fields: written.fields,
    itemIds: filed.flatMap((one) => one.prepared.items.map(({ item }) => item.id)),
    leftOutItemIds: leftOut.map((entry) => entry.id),
    warnings: [
      ...channelWarnings(prepared),
      ...(further.length === 0 ? [] : [words.t('report.split', { count: filed.length })]),
      ...leftOutWarnings(prepared),
      ...attachmentWarnings(attachments, words),
      ...new Set(filed.flatMap((one) => one.written.warnings)),
      ...fitWarnings(prepared),
    ],
    submissionText: written.submissionText,
    further,
    sheets,
    attachments,
    submission: {
      version: 1,
      channel: { id: channel.id, receiver: channel.receiver, address: linkOf(channel), asOf: channel.asOf },
      language: words.language,
      isReady,
      missing,
      types: prepared.types,
      category: prepared.categories[0]
        ? { id: prepared.categories[0].id, name: prepared.categories[0].name }
        : null,
      fields: written.fields,
      items: filed.flatMap((one) => one.prepared.items.map(itemData)),
      leftOut,
      ...written.data,
      ...(further.length === 0
        ? {}
        : { further: further.map((one, index) => ({ ...one, ...others[index]?.written.data })) }),
      ...(sheets.length === 0 ? {} : { sheets }),
    },
  }
}

const rule = '='.repeat(30)

/** Everything of a report that a person reads, as one text: the submissions by number, then what goes with them. */
export function submissionFile({
  submissionText,
  further,
  sheets,
}: Pick<Report, 'submissionText' | 'further' | 'sheets'>): string {
  const parts = [
    ...further.map((one) => ({ title: one.title, text: one.submissionText })),
    ...sheets.map(({ title, text }) => ({ title, text })),
  ]
  return [submissionText, ...parts.map(({ title, text }) => `${rule}\n${title}\n${rule}\n\n${text}`)].join(
    '\n\n\n',
  )
}

/** The sentence that belongs to a missing fact. */
export function missingWord(field: string): WordKey {
  return `missing.${field}` as WordKey
}
