import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { channels, findChannel } from '../../../utils/channels/index'
import type { AttachmentLimits } from '../../../utils/model/attachment'
import type { Channel } from '../../../utils/model/channel'
import { planAttachments, shareBytes, statedLimits, takesPictures } from '../../../utils/reports/attachments'
import { writeReport } from '../../../utils/reports/write-report'
import { wordsFor } from '../../../utils/words/translate'
import { fullCase, sampleCaseOf, sampleItems, seriesOnX } from './sample-cases'

const none: AttachmentLimits = { maxCount: null, maxBytesEach: null, maxBytesTogether: null, types: null }

function channelOf(id: string, attachments: Partial<Channel['attachments']> = {}): Channel {
  const channel = findChannel(id)
  if (!channel) throw new Error(`${id} is gone`)
  return { ...channel, attachments: { ...channel.attachments, ...attachments } }
}

function reportFor(channel: Channel, attachmentLimits: AttachmentLimits | null) {
  const items = seriesOnX()
  return writeReport({ channel, case: fullCase(items), items, words: wordsFor('en'), attachmentLimits })
}

describe('which pictures go along', () => {
  it('none is touched where nothing is stated and nothing told', () => {
    const report = reportFor(channelOf('x-abuse-form'), null)
    expect(report.attachments).toBeNull()
    expect(report.warnings.join()).not.toContain('no room')
  })

  it('a limit that a person read on the form is kept, each picture once, in the order of the report', () => {
    const { attachments, itemIds } = reportFor(channelOf('x-abuse-form'), { ...none, maxBytesEach: 1000 })
    expect(attachments?.from).toBe('by-hand')
    expect(attachments?.pictures.map(({ itemId }) => itemId)).toEqual(itemIds)
    expect(attachments?.pictures.every(({ mostBytes }) => mostBytes === 1000)).toBe(true)
    expect(attachments?.pictures.every(({ part }) => part === 'screenshot.png')).toBe(true)
  })

  it('what the receiver states holds, and what the form says goes before it', () => {
    const channel = channelOf('x-abuse-form', { maxBytesEach: 5000, maxCount: 2 })
    const stated = reportFor(channel, null)
    expect(stated.attachments).toMatchObject({ from: 'stated', limits: { maxBytesEach: 5000, maxCount: 2 } })
    expect(stated.attachments?.pictures.length).toBe(2)
    expect(stated.attachments?.left).toBe(6)
    expect(stated.warnings.filter((one) => one.includes('6 more pictures'))).toHaveLength(1)
    const told = reportFor(channel, { ...none, maxBytesEach: 700 })
    expect(told.attachments?.limits).toEqual({ ...none, maxBytesEach: 700, maxCount: 2 })
  })

  it('counts anew with each numbered submission', () => {
    const report = reportFor(channelOf('x-in-product'), { ...none, maxCount: 1 })
    expect(report.further.length).toBeGreaterThan(0)
    const found = report.attachments?.pictures.map(({ submission, post }) => `${submission}.${post}`)
    expect(found).toEqual(['1.1', ...report.further.map((one) => `${one.number}.1`)])
  })

  it('no picture ever goes with a notice about intimate images, nor where abuse of children is told', () => {
    const asking = channels.filter(({ shape }) => shape === 'ncii-notice')
    expect(asking.length).toBeGreaterThan(2)
    for (const channel of asking) {
      expect(takesPictures(channel)).toBe(false)
      const items = sampleItems(channel)
      const options = { channel, case: sampleCaseOf(channel, items), items, words: wordsFor('en') }
      expect(writeReport({ ...options, attachmentLimits: { ...none, maxCount: 5 } }).attachments).toBeNull()
    }
    const items = seriesOnX()
    const plan = planAttachments({
      channel: channelOf('x-abuse-form'),
      case: fullCase(items, { isChildSexualAbuse: true }),
      submissions: [items],
      byHand: { ...none, maxCount: 5 },
    })
    expect(plan).toBeNull()
    expect(reportFor(channelOf('discord-form'), { ...none, maxCount: 5 }).attachments).toBeNull()
  })

  it('what the person read goes before what is stated, limit by limit', () => {
    const stated = channelOf('x-abuse-form', { maxCount: 3, maxBytesEach: 900, maxBytesTogether: 4_000 })
    expect(reportFor(stated, { ...none, maxBytesEach: 700 }).attachments).toMatchObject({
      limits: { maxCount: 3, maxBytesEach: 700, maxBytesTogether: 4_000, types: null },
      from: 'by-hand',
    })
  })

  it('no picture goes where a receiver asks for none to be sent, whatever its form takes', () => {
    const form = channelOf('x-abuse-form')
    expect(takesPictures(form)).toBe(true)
    expect(takesPictures({ ...form, warnings: [...form.warnings, 'never-send-image'] })).toBe(false)
  })

  it('of all channels none states a size yet: one that is added has to be read there', () => {
    expect(channels.filter((channel) => statedLimits(channel) !== null).map(({ id }) => id)).toEqual([])
  })

  it('the same input gives the same plan', () => {
    const limits = { ...none, maxBytesTogether: 1234, maxCount: 4 }
    const channel = channelOf('x-abuse-form')
    expect(JSON.stringify(reportFor(channel, limits))).toBe(JSON.stringify(reportFor(channel, limits)))
  })
})

describe('shareBytes', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { maxLength: 20 })

  it('never gives more than there is, nor more than is needed, and all that is needed where it is there', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 20_000_000 }), (needed, together) => {
        const shares = shareBytes(needed, together)
        const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0)
        expect(shares).toHaveLength(needed.length)
        expect(sum(shares)).toBeLessThanOrEqual(together)
        for (const [at, share] of shares.entries()) {
          expect(Number.isInteger(share)).toBe(true)
          expect(share).toBeLessThanOrEqual(needed[at] ?? 0)
        }
        if (sum(needed) <= together) expect(shares).toEqual(needed)
      }),
    )
  })

  it('lets the small have what they need and shares the rest', () => {
    expect(shareBytes([900, 50, 900], 1000)).toEqual([475, 50, 475])
  })
})
