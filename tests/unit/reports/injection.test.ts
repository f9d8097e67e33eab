import { expect, test } from 'vitest'
import { channels } from '../../../utils/channels/index'
import type { Channel } from '../../../utils/model/channel'
import type { OpenedItem } from '../../../utils/model/item'
import { onePage } from '../../../utils/reports/partner-brief'
import { submissionFile, writeReport } from '../../../utils/reports/write-report'
import { wordsFor } from '../../../utils/words/translate'
import { sampleCaseOf, sampleItems } from './sample-cases'

const evil = [
  '=HYPERLINK("https://evil.example","x")',
  '<img src=x onerror=alert(1)><script>alert(2)</script>',
  '\u202eeman desrever\u2066 \u2069\u2069',
  'a\u0000b\u001b[31mc\u2028d\r\ne',
  'Reported as: none',
]
const text = evil.join('\n')

function hostile(channel: Channel, words: string): OpenedItem[] {
  return sampleItems(channel).map((opened) => {
    const { item } = opened
    const author = { ...item.post.author, handle: words.slice(0, 300), name: words.slice(0, 300) }
    return { ...opened, item: { ...item, post: { ...item.post, author, text: words } } }
  })
}

test.each(channels.map((channel) => [channel.id, channel] as const))(
  '%s: foreign words come out inert, and the data whole',
  (_, channel) => {
    const items = hostile(channel, text)
    const report = writeReport({ channel, case: sampleCaseOf(channel, items), items, words: wordsFor('en') })
    const file = submissionFile(report)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are exactly what must not be there
    expect(file).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/)
    for (const line of file.split('\n')) {
      expect(line).not.toMatch(/^[\s>]*[=+@-]\s*(HYPERLINK|cmd|SUM)/i)
      let open = 0
      for (const character of line) {
        if (/[\u2066-\u2068]/.test(character)) open += 1
        if (character === '\u2069') open -= 1
        expect(open).toBeGreaterThanOrEqual(0)
      }
      expect(open).toBe(0)
    }
    expect(file.split('\n').filter((line) => line === 'Reported as: none')).toEqual([])
    const data = report.submission as { items: { text: string }[] }
    for (const item of data.items) expect(item.text).toBe(text)
  },
)

test('a million characters go through every writer; fields keep their limits, the data stays whole', () => {
  const long = `${'ن😀e\u0301 '.repeat(200_000)}end`
  expect(long.length).toBeGreaterThan(1_000_000)
  for (const id of [
    'mastodon-api',
    'bluesky-api',
    'x-abuse-form',
    'access-now-helpline',
    'un-sr-hrd',
    'police-report',
  ]) {
    const channel = channels.find((one) => one.id === id)
    if (!channel) throw new Error(`${id} is gone`)
    const items = hostile(channel, long).slice(0, 1)
    const owner = { ...sampleCaseOf(channel, items), narrative: long }
    const report = writeReport({ channel, case: owner, items, words: wordsFor('en') })
    const data = report.submission as { items: { text: string }[] }
    expect(data.items[0]?.text).toBe(long)
    expect(submissionFile(report)).toContain(long.slice(-1_000).trim())
  }
}, 60_000)

test('a brief keeps to one page, whatever is told', () => {
  const words = wordsFor('ar')
  for (const channel of channels.filter(({ shape }) => shape === 'partner-brief')) {
    const items = Array.from({ length: 40 }, () => hostile(channel, 'word '.repeat(2_000))).flat()
    const owner = {
      ...sampleCaseOf(channel, items),
      narrative: 'line\n'.repeat(4_000),
      narrativeMedium: '',
      localContext: 'x'.repeat(9_000),
      defenderWork: 'y '.repeat(5_000),
    }
    const report = writeReport({ channel, case: owner, items, words })
    expect(report.submissionText.length).toBeLessThanOrEqual(onePage)
    expect(report.submissionText.split('\n').length).toBeLessThanOrEqual(60)
    expect(report.sheets.map(({ id }) => id)).toContain('whole-text')
  }
})
