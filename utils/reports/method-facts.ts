import { findReceiver } from '../channels/index'
import type { OpenedItem } from '../model/item'
import type { WordKey, Words } from '../words/translate'
import { inline, isolate } from './foreign-text'
import { describeClock, describeSources } from './said-twice-facts'

/** How an item was made: a label and one or more sentences. An empty `values` is never given. */
export type MethodFact = { label: WordKey; values: string[] }

type Collection = OpenedItem['item']['collection']

function reasonText(reason: string, words: Words): string {
  // Details after a colon are not part of the code.
  const code = reason.replace(/:.*$/s, '').replaceAll(' ', '-')
  return words.ofCode('readerReason', code) ?? isolate(reason)
}

/** What the platform's own reader did not find, though such posts have it. */
function lackSentences({ reader }: Collection, words: Words): string[] {
  if (reader.platform === 'generic' || reader.reason === null) return []
  return [words.t('report.method.reader-lack', { reason: reasonText(reader.reason, words) })]
}

function readerSentence({ reader }: Collection, words: Words): string {
  if (reader.platform !== 'generic') {
    const platform = inline(findReceiver(reader.platform) ?? reader.platform, words)
    const version = String(reader.version)
    const how = reader.isConfirmed === false ? 'unconfirmed' : 'value'
    return words.t(`report.method.reader-${how}`, { platform, version })
  }
  if (reader.reason === null) return words.t('report.method.reader-plain')
  const reason = reasonText(reader.reason, words)
  if (reader.expected === null) return words.t('report.method.reader-generic', { reason })
  const platform = inline(findReceiver(reader.expected) ?? reader.expected, words)
  return words.t('report.method.reader-expected', { platform, reason })
}

function windowSentence({ zoom, window }: Collection, words: Words): string[] {
  const percent = { style: 'percent', maximumFractionDigits: 1 } as const
  const size =
    zoom === null
      ? null
      : words.t('report.method.zoom', {
          percent: isolate(new Intl.NumberFormat(words.language, percent).format(Number(zoom))),
        })
  const kind = window && words.t(`report.method.window-${window}`)
  if (size !== null && kind !== null)
    return [words.t('report.method.window-value', { zoom: size, window: kind })]
  return [size ?? kind ?? []].flat()
}

function gapSentences({ post }: OpenedItem['item'], words: Words): string[] {
  return post.missing.map(({ field, reason }) =>
    words.t('item.missingValue', {
      field: words.ofCode('missingField', field) ?? isolate(field),
      reason: words.ofCode('missingReason', reason) ?? isolate(reason),
    }),
  )
}

function selfCheckSentences({ selfCheck }: Collection, words: Words): string[] {
  const { textPresent, pictureNotBlank, pageUnchanged } = selfCheck
  const text = textPresent === null ? 'none' : textPresent ? 'yes' : 'no'
  return [
    words.t(`report.check.text-${text}`),
    words.t(`report.check.picture-${pictureNotBlank ? 'yes' : 'no'}`),
    words.t(`report.check.page-${pageUnchanged ? 'yes' : 'no'}`),
  ]
}

function screenSentence({ viewport, pixelRatio }: Collection, words: Words): string {
  return words.t('report.method.screen-value', {
    width: String(viewport.width),
    height: String(viewport.height),
    ratio: pixelRatio,
  })
}

/** How an item was saved and what that leaves open, in the order in which every report gives it. */
export function methodFacts({ item }: OpenedItem, words: Words): MethodFact[] {
  const { captured, collection } = item
  const orNothing = (values: string[]) => (values.length === 0 ? [words.t('report.method.nothing')] : values)
  const dropped = Object.entries(collection.droppedFromHtml)
  const coded = (prefix: string, codes: readonly string[]) =>
    codes.map((code) => words.ofCode(prefix, code) ?? isolate(code))
  const { tool } = collection
  return [
    { label: 'report.method.item', values: [inline(item.id, words)] },
    { label: 'report.method.tool', values: [inline(`${tool.name} ${tool.version}`, words)] },
    {
      label: 'report.method.reader',
      values: [readerSentence(collection, words), ...lackSentences(collection, words)],
    },
    { label: 'report.method.browser', values: [isolate(`${collection.browser}, ${collection.system}`)] },
    { label: 'report.method.screen', values: [screenSentence(collection, words)] },
    ...windowSentence(collection, words).map((value) => ({
      label: 'report.method.window' as const,
      values: [value],
    })),
    { label: 'report.method.picture', values: [words.t(`report.method.picture-${collection.method}`)] },
    { label: 'report.method.self-check', values: selfCheckSentences(collection, words) },
    { label: 'report.method.sources', values: describeSources(item, words) },
    { label: 'report.method.locker', values: [words.t(`report.method.locker-${collection.lockerWas}`)] },
    {
      label: 'report.method.platform-date',
      values: [
        captured.platformDate === null
          ? words.t('report.method.platform-date-none')
          : isolate(captured.platformDate),
      ],
    },
    {
      label: 'report.method.clock',
      values: [describeClock(item, words) ?? words.t('report.method.clock-unknown')],
    },
    { label: 'report.method.actions', values: orNothing(coded('action', collection.actions)) },
    {
      label: 'report.method.dropped',
      values: orNothing(dropped.map(([name, count]) => isolate(`${name}: ${count}`))),
    },
    { label: 'report.method.not-recorded', values: orNothing(coded('notRecorded', collection.notRecorded)) },
    {
      label: 'report.method.missing',
      values: orNothing(gapSentences(item, words)),
    },
  ]
}
