import { describe, expect, it } from 'vitest'
import { deviceRect } from '../../../utils/capture/crop'
import { describeItem } from '../../../utils/capture/describe-item'
import { checkReading, isTextVisible } from '../../../utils/capture/readings'
import { canonicalBytes } from '../../../utils/crypto/canonical-json'
import type { PreparedPost } from '../../../utils/messages/protocol'
import { Item } from '../../../utils/model/item'
import { emptyReading } from '../../../utils/platforms/dom'

const reading = {
  ...emptyReading('chirp', 'reply'),
  postId: '42',
  author: { handle: 'ringo_quill', name: 'Ringo Quill', profile: null, id: null },
  text: 'We know which door you use.',
}

const prepared: PreparedPost = {
  reading,
  context: [],
  reader: { platform: 'chirp', version: 3, reason: null, expected: null, isConfirmed: true },
  sources: [],
  page: {
    address: 'https://chirp.example/42',
    canonical: null,
    title: 'Chirp',
    language: 'en',
    headings: [],
    times: [],
  },
  visibleText: 'Ringo Quill @ringo_quill We know which door you use. 3 likes',
  frame: { x: 0, y: 0, width: 600, height: 200 },
  avatar: null,
  band: { top: 0, bottom: 800 },
  offset: { x: 0, y: 0 },
  viewport: { width: 1280, height: 800 },
  pixelRatio: 1.25,
  actions: [],
}

describe('a reading at the trusted end', () => {
  it('stands when it fits', () => {
    expect(checkReading(prepared)).toEqual({
      post: reading,
      context: [],
      reader: prepared.reader,
      sources: [],
    })
  })

  it.each([
    ['an address that is no web address', { permalink: 'javascript:alert(1)' }],
    ['a field of its own', { injected: true }],
    ['a time that is none', { posted: { ...reading.posted, iso: 'yesterday' } }],
    ['words without end', { text: 'x'.repeat(300_000) }],
    ['a platform with a path in it', { platform: '../../etc' }],
  ])('is kept as a generic one, with the reason, when it has %s', (_, wrong) => {
    const checked = checkReading({ ...prepared, reading: { ...reading, ...wrong } })
    expect(checked.post.platform).toBe('generic')
    expect(checked.post.text).toBe(prepared.visibleText)
    expect(checked.reader.reason).toMatch(/^reading refused: /)
    // Whose reader that was: the list of readers counts it.
    expect(checked.reader.expected).toBe(prepared.reader.platform)
  })

  it('is kept when the page sends nothing that can be read', () => {
    for (const nothing of [undefined, null, 'text', 7, []])
      expect(checkReading({ ...prepared, reading: nothing }).post.kind).toBe('element')
  })

  it('keeps context that fits and leaves the rest', () => {
    expect(
      checkReading({ ...prepared, context: [reading, { ...reading, kind: 'nonsense' }, 3] }).context,
    ).toEqual([reading])
  })
})

describe('whether the words read are the words shown', () => {
  it('ignores signs, spaces and drawn emoji', () => {
    expect(isTextVisible('Look 🙏 — at   THIS!', 'look at this')).toBe(true)
  })
  it('sees words that the page does not show', () => {
    expect(isTextVisible('entirely other words here', 'We know which door you use.')).toBe(false)
  })
  it('works in scripts without Latin letters', () => {
    expect(isTextVisible('نعرف أين تسكنين', 'قبل قليل نعرف أين تسكنين رد')).toBe(true)
  })
  it('says nothing where there are no words', () => {
    expect(isTextVisible(null, 'anything')).toBeNull()
    expect(isTextVisible('🙏', 'anything')).toBeNull()
  })
})

describe('the facts of a capture', () => {
  const item = describeItem({
    id: 'a'.repeat(32),
    prepared,
    checked: checkReading(prepared),
    parts: [],
    pictured: { method: 'none' },
    droppedFromHtml: { script: 2 },
    isPageUnchanged: true,
    lockerWas: 'locked',
    notRecorded: ['post-picture'],
    at: new Date('2026-11-20T10:11:12.345Z'),
    monotonicMs: 1234.56,
    clock: null,
    group: null,
    recheck: null,
    zoom: '1',
    window: 'normal',
    hidMarks: true,
    trigger: 'pressed-mark',
    tool: { name: 'Witnessmark', version: '0.1.0' },
    browserName: 'Browser',
    system: 'System',
  })

  it('fit their schema and have a canonical form without fractions', () => {
    expect(Item.parse(item)).toEqual(item)
    const fractions: unknown[] = []
    JSON.parse(new TextDecoder().decode(canonicalBytes(item)), (_, value: unknown) => {
      if (typeof value === 'number' && !Number.isInteger(value)) fractions.push(value)
      return value
    })
    expect(fractions).toEqual([])
  })

  it('say the moment in UTC, and what the check found', () => {
    expect(item.captured.utc).toBe('2026-11-20T10:11:12.345Z')
    expect(item.collection.pixelRatio).toBe('1.25')
    expect(item.collection.selfCheck).toEqual({
      textPresent: true,
      pictureNotBlank: false,
      pageUnchanged: true,
    })
  })
})

describe('a rectangle of the window in device pixels', () => {
  it('covers every pixel it touches and stays in the picture', () => {
    expect(
      deviceRect({ x: 10.2, y: 20.7, width: 30.1, height: 5 }, 1.5, { width: 100, height: 100 }),
    ).toEqual({
      x: 15,
      y: 31,
      width: 46,
      height: 8,
    })
    expect(deviceRect({ x: -5, y: 90, width: 200, height: 50 }, 1, { width: 100, height: 100 })).toEqual({
      x: 0,
      y: 90,
      width: 100,
      height: 10,
    })
  })
})
