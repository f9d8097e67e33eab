import { expect, test } from 'vitest'
import { channels } from '../../../utils/channels/index'
import type { Report } from '../../../utils/model/report'
import { missingWord, writeReport } from '../../../utils/reports/write-report'
import { type Words, wordsFor } from '../../../utils/words/translate'
import { fullCase, samplesByChannel } from './sample-cases'

/** A report as a reviewer reads it. Read each changed sample before committing it. */
function sheet(report: Report, words: Words): string {
  const fields = report.fields.map(
    (field) =>
      `[${field.name}] ${field.length}/${field.limit ?? '?'} ${field.unit}` +
      `${field.isRequired ? ', required' : ''}${field.isUnverified ? ', not confirmed' : ''}\n${field.value}`,
  )
  const missing = report.missing.map(
    (fact) => `${fact.isBlocking ? 'BLOCKS' : 'lacks'} ${fact.field}: ${words.t(missingWord(fact.field))}`,
  )
  return [
    `${report.channelId}, ${report.language}, ${report.isReady ? 'ready' : 'NOT READY'}`,
    `items ${report.itemIds.length}, left out ${report.leftOutItemIds.length}`,
    ['--- warnings', ...report.warnings].join('\n'),
    ['--- missing', ...missing].join('\n'),
    `--- fields\n${fields.join('\n\n')}`,
    `--- submission.txt\n${report.submissionText}`,
    `--- submission.json\n${JSON.stringify(report.submission, null, 1)}`,
  ].join('\n\n')
}

test.each(channels.map((channel) => [channel.id, channel] as const))(
  'the sample of %s',
  async (id, channel) => {
    const items = samplesByChannel[id]?.()
    if (!items) throw new Error(`no sample items for ${id}: add them to samplesByChannel`)
    for (const language of ['en', 'ar']) {
      const words = wordsFor(language)
      const report = writeReport({ channel, case: fullCase(items), items, words })
      await expect(`${sheet(report, words)}\n`).toMatchFileSnapshot(`./samples/${id}.${language}.txt`)
    }
  },
)
