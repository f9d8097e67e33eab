import { expect, test } from 'vitest'
import { findChannel } from '../../../utils/channels/index'
import type { Report } from '../../../utils/model/report'
import { missingWord, submissionFile, writeReport } from '../../../utils/reports/write-report'
import { type Words, wordsFor } from '../../../utils/words/translate'
import { sampleCaseOf, sampleItems } from './sample-cases'

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
    `--- submission.txt\n${submissionFile(report)}`,
    `--- submission.json\n${JSON.stringify(report.submission, null, 1)}`,
  ].join('\n\n')
}

/** The twelve whose reports a person has read, in every language; the others are checked by rule. */
const read = [
  'x-in-product',
  'facebook-in-product',
  'youtube-flag',
  'tiktok-in-product',
  'reddit-in-product',
  'linkedin-in-product',
  'telegram-in-product',
  'discord-form',
  'bluesky-api',
  'mastodon-api',
  'eu-dsa-art16',
  'un-sr-hrd',
]

test.each(read)('the sample of %s', async (id) => {
  const channel = findChannel(id)
  if (!channel) throw new Error(`${id} is gone`)
  const items = sampleItems(channel)
  for (const language of ['en', 'es', 'ar']) {
    const words = wordsFor(language)
    const report = writeReport({ channel, case: sampleCaseOf(channel, items), items, words })
    await expect(`${sheet(report, words)}\n`).toMatchFileSnapshot(`./samples/${id}.${language}.txt`)
  }
})
