import { findChannel } from '../channels/index'
import type { Case } from '../model/case'
import type { Channel } from '../model/channel'
import type { CaptureSource } from '../model/corroboration'
import type { OpenedItem } from '../model/item'
import type { RedactedFacts } from '../model/redaction'
import type { Report } from '../model/report'
import type { WordKey, Words } from '../words/translate'
import { channelWords } from './channel-words'
import { inline, isolate } from './foreign-text'
import { type Child, element, type Html } from './html'
import { code, ownWords, row } from './html-parts'
import { showUtc } from './moments'
import { typesOf } from './prepare'
import { missingWord } from './write-report'

export type ReportFile = {
  case: Case
  items: OpenedItem[]
  report: Report | null
  words: Words
  madeAt: string
  tool: { name: string; version: string }
  /** Who signs the bundle, and the checkpoint of the custody log; null where there is no signature. */
  fingerprints: { key: string; checkpoint: string; before?: readonly string[] } | null
  /** The items whose picture goes into the report; that of any other lies beside it. */
  pictures: ReadonlySet<string>
  /** What is said of those items that are redacted copies, by id. Absent: none is. */
  redacted?: ReadonlyMap<string, RedactedFacts>
  /** Where items came from that were not captured under the locker that makes the report. */
  sources?: ReadonlyMap<string, CaptureSource> | undefined
}

const notProved: readonly WordKey[] = [
  'report.not-proved.page',
  'report.not-proved.person',
  'report.not-proved.account',
  'report.not-proved.clock',
  'report.not-proved.complete',
  'report.not-proved.truth',
]

function asks(channel: Channel | null, holds: Channel['fields'][number]['holds']): boolean {
  return channel?.fields.some((field) => field.holds === holds) === true
}

/** Who makes the report. Name and address only where this receiver asks for them. */
function senderLines({ case: owner, words }: ReportFile, channel: Channel | null): string[] {
  const lines = [
    owner.reporterRole === null ? '' : words.t(`role.${owner.reporterRole}`),
    owner.organisation,
    asks(channel, 'reporter-name') ? owner.reporterName : '',
    asks(channel, 'reporter-email') ? owner.reporterEmail : '',
  ].filter((line) => line.trim() !== '')
  return lines.length === 0 ? [words.t('report.html.by-unsaid')] : lines
}

function lines(values: string[]): Child {
  return values.map((value) => element('div', {}, element('bdi', {}, value)))
}

function period({ items, words }: ReportFile): Html[] {
  const times = items.map(({ item }) => item.captured.utc).toSorted()
  const [from, to] = [times[0], times.at(-1)]
  if (from === undefined || to === undefined) return []
  if (from === to) return row(words.t('report.fact.captured'), inline(showUtc(from), words))
  const between = { from: inline(showUtc(from), words), to: inline(showUtc(to), words) }
  return row(words.t('report.html.period'), words.t('report.html.period-value', between))
}

function coverFacts(file: ReportFile, channel: Channel | null): Html {
  const { case: owner, items, report, words, madeAt, tool } = file
  const attacked = [owner.attackedName, owner.attackedHandles].filter((name) => name.trim() !== '')
  const types = typesOf(owner, items).map((type) => words.t(`type.${type}`))
  const receiver =
    channel === null ? words.t('report.html.for-nobody') : channelWords({ channel, words }).name
  const count = (number: number) => words.t('report.html.count', { count: number })
  const leftOut = report?.leftOutItemIds.length ?? 0
  return element('dl', {}, [
    ...row(words.t('report.html.case'), element('bdi', {}, owner.title)),
    ...row(words.t('report.html.for'), receiver),
    ...row(words.t('report.html.by'), lines(senderLines(file, channel))),
    ...(attacked.length === 0 ? [] : row(words.t('report.html.attacked'), lines(attacked))),
    ...(types.length === 0
      ? []
      : row(words.t('report.html.types'), types.join(words.t('report.list-comma')))),
    ...row(words.t('report.html.items'), count(items.length)),
    ...(leftOut === 0 ? [] : row(words.t('report.html.left-out'), count(leftOut))),
    ...period(file),
    ...row(words.t('report.html.made'), inline(showUtc(madeAt), words)),
    ...row(words.t('report.html.tool'), inline(`${tool.name} ${tool.version}`, words)),
    ...signature(file),
  ])
}

/** What a receiver compares with what the sender says by another way. */
function signature({ fingerprints, words }: ReportFile): Html[] {
  if (!fingerprints) return []
  return [
    ...row(words.t('report.html.key'), code(fingerprints.key)),
    ...(fingerprints.before ?? []).flatMap((before) => row(words.t('report.html.keyBefore'), code(before))),
    ...row(words.t('report.html.checkpoint'), code(fingerprints.checkpoint)),
  ]
}

function gaps({ report, words }: ReportFile): Child {
  const blocking = report?.missing.filter((fact) => fact.isBlocking) ?? []
  if (blocking.length === 0) return null
  const points = blocking.map((fact) => element('li', {}, words.t(missingWord(fact.field))))
  return element(
    'div',
    { class: 'notice' },
    element('p', {}, words.t('report.html.unready')),
    element('ul', {}, points),
  )
}

function story({ case: owner, words }: ReportFile, channel: Channel | null): Child {
  const part = (label: WordKey, value: string): Child =>
    value.trim() === '' ? null : [element('h3', {}, words.t(label)), ownWords(value)]
  const law = [owner.country, owner.provision].filter((name) => name.trim() !== '').map(isolate)
  const isLegal = asks(channel, 'reasons')
  return [
    part('report.html.story', owner.narrative),
    isLegal ? part('report.html.reasons', owner.reasons) : null,
    isLegal ? part('report.html.law', law.join(words.t('report.list-comma'))) : null,
  ]
}

function checking(words: Words): Child {
  const [before = '', after = ''] = words.t('report.html.check-2', { command: '\u0000' }).split('\u0000')
  return [
    element('h3', {}, words.t('report.html.check')),
    element(
      'ol',
      {},
      element('li', {}, words.t('report.html.check-1')),
      element('li', {}, before, code('sha256sum -c manifest-sha256.txt'), after),
      element('li', {}, words.t('report.html.check-3')),
      element('li', {}, words.t('report.html.check-4')),
    ),
    element('h3', {}, words.t('report.html.not-proved')),
    element(
      'ul',
      {},
      notProved.map((key) => element('li', {}, words.t(key))),
    ),
  ]
}

/** The first sheet: what this is, for whom, by whom, when, how to check it, and what it does not prove. */
export function coverSection(file: ReportFile): Html {
  const { report, words } = file
  const channel = report === null ? null : findChannel(report.channelId)
  return element(
    'section',
    {},
    element('h1', {}, words.t('report.html.title')),
    element('p', { class: 'soft' }, words.t('report.html.what')),
    gaps(file),
    coverFacts(file, channel),
    checking(words),
    story(file, channel),
    element('p', { class: 'soft' }, words.t('report.html.foot')),
  )
}
