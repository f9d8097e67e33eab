import { uncoveredTypes } from '../channels/categories'
import { linkOf } from '../channels/index'
import type { Channel } from '../model/channel'
import type { OpenedItem } from '../model/item'
import type { Report } from '../model/report'
import type { WordKey } from '../words/translate'
import { writeApiPayload } from './api-payload'
import { channelWords } from './channel-words'
import { writeDsaNotice } from './dsa-notice'
import { inline } from './foreign-text'
import { writeInProduct } from './in-product'
import { mergeMissing, type Prepared, prepareReport, type ReportOptions, type Written } from './prepare'
import { exactAddress, type LeftOutReason } from './select-items'
import { writeWebForm } from './web-form'

const writers: Record<Channel['shape'], (prepared: Prepared) => Written> = {
  'in-product': writeInProduct,
  'web-form': writeWebForm,
  'api-payload': writeApiPayload,
  'dsa-notice': writeDsaNotice,
}

const leftOutReasons: readonly LeftOutReason[] = [
  'other-service',
  'same-post',
  'no-address',
  'other-account',
  'too-many',
]

function leftOutWarnings({ leftOut, words }: Prepared): string[] {
  return leftOutReasons.flatMap((reason) => {
    const count = leftOut.filter((entry) => entry.reason === reason).length
    return count === 0 ? [] : [words.t(`report.left-out.${reason}`, { count })]
  })
}

function categoryWarnings({ categories, channel, types, words }: Prepared): string[] {
  const list = (names: string[]) => names.join(words.t('report.list-comma'))
  const uncovered = uncoveredTypes(channel, types).map((type) => words.t(`type.${type}`))
  const others = categories.slice(1, 4).map((category) => inline(category.name, words))
  return [
    ...(uncovered.length === 0 ? [] : [words.t('report.no-rule', { types: list(uncovered) })]),
    ...(others.length === 0 ? [] : [words.t('report.other-rules', { rules: list(others) })]),
  ]
}

function limitWarnings({ channel, words }: Prepared): string[] {
  const hasLooseLimit = channel.fields.some(
    (field) =>
      field.holds === 'text' &&
      (field.limits.length === 0 || field.limits.some((limit) => limit.evidence !== 'verified')),
  )
  const isUnread = channel.fields.some((field) => field.evidence !== 'verified')
  return [
    ...(hasLooseLimit ? [words.t('report.limit-unknown')] : []),
    ...(isUnread ? [words.t('report.fields-unread')] : []),
  ]
}

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
    posted: post.posted,
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

/**
 * Shapes a case for one channel. Pure: same case, same report. Never over a limit of the receiver; whatever
 * was shortened or left out is said in `warnings`, whatever is lacking in `missing`.
 */
export function writeReport(options: ReportOptions): Report {
  const prepared = prepareReport(options)
  const { channel, words, items, leftOut } = prepared
  const written = writers[channel.shape](prepared)
  const missing = mergeMissing(written.missing)
  const itemIds = items.map((opened) => opened.item.id)
  const leftOutItemIds = leftOut.map((entry) => entry.id)
  const isReady = missing.every((fact) => !fact.isBlocking)
  return {
    channelId: channel.id,
    language: words.language,
    isReady,
    missing,
    fields: written.fields,
    itemIds,
    leftOutItemIds,
    warnings: [
      ...channelWords({ channel, words }).warnings,
      ...leftOutWarnings(prepared),
      ...written.warnings,
      ...categoryWarnings(prepared),
      ...limitWarnings(prepared),
    ],
    submissionText: written.submissionText,
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
      items: items.map(itemData),
      leftOut,
      ...written.data,
    },
  }
}

/** The sentence that belongs to a missing fact. */
export function missingWord(field: string): WordKey {
  return `missing.${field}` as WordKey
}
