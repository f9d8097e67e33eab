import { Window } from 'happy-dom'
import { expect, test } from 'vitest'
import { findChannel } from '../../../utils/channels/index'
import type { Case } from '../../../utils/model/case'
import type { CaptureSource } from '../../../utils/model/corroboration'
import type { OpenedItem } from '../../../utils/model/item'
import { type ReportPiece, writeHtmlReport } from '../../../utils/reports/html-report'
import { writeReport } from '../../../utils/reports/write-report'
import { wordsFor } from '../../../utils/words/translate'
import { sampleId, sampleItem, samplePart, samplePng } from '../../support/sample-items'
import { commentOnYouTube, fullCase, seriesOnX } from './sample-cases'

type Options = {
  channelId?: string | null
  language?: string
  overrides?: Partial<Case>
  sources?: ReadonlyMap<string, CaptureSource>
  pictures?: ReadonlySet<string>
}

/** The whole text, with a word in place of each picture. */
function join(pieces: Iterable<ReportPiece>): string {
  return [...pieces].map((piece) => (typeof piece === 'string' ? piece : 'PICTURE')).join('')
}

function write(items: OpenedItem[], options: Options = {}): string {
  const { channelId = 'x-in-product', language = 'en', overrides = {} } = options
  const words = wordsFor(language)
  const owner = fullCase(items, overrides)
  const channel = channelId === null ? null : findChannel(channelId)
  const report = channel === null ? null : writeReport({ channel, case: owner, items, words })
  const tool = { name: 'Witnessmark', version: '0.1.0' }
  const fingerprints = { key: 'one two three four five six seven eight', checkpoint: '0123 4567 89ab cdef' }
  const file = {
    case: owner,
    items,
    report,
    words,
    madeAt: '2024-05-14T09:00:00.000Z',
    tool,
    fingerprints,
    sources: options.sources,
    pictures: options.pictures ?? new Set(items.map(({ item }) => item.id)),
  }
  return join(writeHtmlReport(file))
}

function parse(html: string) {
  return new new Window().DOMParser().parseFromString(html, 'text/html')
}

function textOf(html: string): string {
  return (parse(html).body.textContent ?? '').replace(/[\u2066-\u2069]/g, '')
}

const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'&lt;<!--]]></style></title>'

/** An item with a hostile string wherever a page can put one. */
function hostileItem(): OpenedItem {
  const author = {
    handle: hostile,
    name: hostile,
    profile: `https://x.com/${encodeURI('"')}"><script>`,
    id: hostile,
  }
  const post = {
    postId: hostile,
    permalink: 'https://x.com/"onmouseover="alert(1)"><script>alert(1)</script>',
    author,
    text: hostile,
    language: hostile,
    contentWarning: hostile,
    replyToHandle: hostile,
    repostedBy: hostile,
    quotedIn: hostile,
    parentPostId: hostile,
    counts: { [hostile.slice(0, 40)]: hostile },
    media: [
      { kind: 'image' as const, address: 'https://evil.example/pixel.png', alt: hostile, isHidden: false },
    ],
    links: [{ address: 'https://evil.example/', text: hostile }],
    missing: [{ field: hostile.slice(0, 60), reason: hostile.slice(0, 120) }],
  }
  const item = sampleItem({
    post,
    page: { headings: [hostile], times: [{ asShown: hostile, machine: hostile }] },
    collection: {
      actions: [hostile],
      notRecorded: [hostile],
      browser: hostile,
      reader: {
        platform: 'generic',
        version: 1,
        reason: hostile.slice(0, 300),
        expected: 'x',
        isConfirmed: null,
      },
      sources: [
        { fact: 'handle', source: 'label', value: `${hostile}2`, agrees: false },
        { fact: 'text', source: 'title', value: hostile.repeat(9), agrees: false },
      ],
    },
  })
  const context = [{ ...item.item.post }]
  return { ...item, item: { ...item.item, context, page: { ...item.item.page, title: hostile } } }
}

test('hostile strings become text: no element, attribute or address of theirs', () => {
  const overrides = {
    title: hostile,
    narrative: hostile,
    reasons: hostile,
    attackedName: hostile,
    organisation: hostile,
  }
  for (const channelId of ['x-in-product', 'eu-dsa-art16', null]) {
    const page = parse(write([hostileItem()], { channelId, overrides }))
    expect(page.querySelectorAll('script, iframe, object, embed, link, a, form, base')).toHaveLength(0)
    for (const element of page.querySelectorAll('*'))
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^on/)
        if (name === 'src' || name === 'href') expect(value).toMatch(/^(data:image\/|#picture-\d+$)/)
      }
    expect(page.body.textContent).toContain('<script>alert(1)</script>')
  }
})

test('nothing in it refers to anything outside: policy, pictures, style', () => {
  const html = write(seriesOnX())
  const policy = parse(html).querySelector('meta[http-equiv="Content-Security-Policy"]')
  expect(policy?.getAttribute('content')).toBe(
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
  )
  const style = parse(html).querySelector('style')?.textContent ?? ''
  expect(style).not.toMatch(/url\(|@import|https?:/)
  expect(html).not.toMatch(/(src|href|action|poster|data)="(https?:|\/\/)/)
})

test.each([
  ['en', 'ltr', 'Saved posts: report'],
  ['ar', 'rtl', 'منشورات محفوظة: تقرير'],
])('in %s it runs %s', (language, direction, title) => {
  const page = parse(write(seriesOnX(), { language }))
  expect(page.documentElement.getAttribute('lang')).toBe(language)
  expect(page.documentElement.getAttribute('dir')).toBe(direction)
  expect(page.querySelector('h1')?.textContent).toBe(title)
})

test('the cover says for whom, how many, how to check, and what is not proved', () => {
  const text = textOf(write(seriesOnX()))
  for (const said of [
    'X: report in the app',
    '8 items',
    'sha256sum -c manifest-sha256.txt',
    'Who sat at the browser.',
    'That nothing was left out.',
    'That the page was not changed in the browser before the post was saved.',
    '2024-05-14 09:00:00 UTC',
    'Witnessmark 0.1.0',
  ])
    expect(text).toContain(said)
})

test('name and address of the reporter stand on it only where the receiver asks for them', () => {
  expect(write(seriesOnX())).not.toMatch(/Maradunn|lanternhouse/)
  expect(write(seriesOnX(), { channelId: null })).not.toMatch(/Maradunn|lanternhouse/)
  const notice = write(seriesOnX(), { channelId: 'eu-dsa-art16' })
  expect(notice).toContain('Ilse Maradunn')
  expect(notice).toContain('ilse@lanternhouse.example')
})

test('what blocks the report is on its first sheet', () => {
  const html = write(seriesOnX(), { channelId: 'eu-dsa-art16', overrides: { isGoodFaith: false } })
  expect(textOf(html)).toContain('This report is not complete.')
  expect(textOf(write(seriesOnX(), { channelId: 'eu-dsa-art16' }))).not.toContain('not complete')
})

test('an age, a picture drawn again, failed checks and a locked locker are said plainly', () => {
  const collection = {
    method: 'redrawn',
    lockerWas: 'locked',
    selfCheck: { textPresent: false, pictureNotBlank: false, pageUnchanged: false },
    notRecorded: ['the video itself'],
  } as const
  const drawn = sampleItem({
    seed: 'drawn',
    collection: { ...collection, notRecorded: ['the video itself'] },
  })
  const text = textOf(write([drawn, commentOnYouTube()], { channelId: null }))
  for (const said of [
    'shown as “3 hours ago”; between 2024-05-14 03:30:12 UTC and 2024-05-14 04:30:12 UTC',
    'Drawn again from the page, because the pixels could not be had.',
    'not a picture of the screen',
    'The words of the post were not found in the page’s visible text.',
    'The picture is one flat colour, or there is none.',
    'The address or the post changed while it was being saved.',
    'Locked when it was saved',
    'the video itself',
    '2024-05-14 09:30:12 UTC+02:00',
  ])
    expect(text).toContain(said)
})

test('addresses are printed in full and are no links', () => {
  const html = write(seriesOnX())
  expect(textOf(html)).toContain('https://x.com/harrow_blackmoor/status/1790000000000000007')
  expect(parse(html).querySelectorAll('a')).toHaveLength(0)
})

test('each file stands there with its digest', () => {
  const [item] = seriesOnX()
  if (!item) throw new Error('the series is empty')
  const text = textOf(write([item]))
  for (const { name, sha256 } of item.item.parts) {
    expect(text).toContain(name)
    expect(text).toContain(sha256)
  }
})

test('a tall picture is embedded once and shown in pieces that cover all of it', () => {
  const picture = {
    name: 'screenshot.png',
    role: 'screenshot',
    mediaType: 'image/png',
    method: 'pixels',
  } as const
  const parts = [samplePart({ ...picture, width: 40, height: 301 }, samplePng({ width: 40, height: 301 }))]
  const html = write([sampleItem({ parts })])
  expect(html.split('data:image/png;base64,')).toHaveLength(2)
  const frames = [...html.matchAll(/viewBox="0 (\d+) 40 (\d+)"/g)].map(([, top, height]) => [
    Number(top),
    Number(height),
  ])
  expect(frames.length).toBeGreaterThan(1)
  const ends = frames.map(([top = 0, height = 0]) => top + height)
  // Each begins a tenth of the width above the end of the one before, where a line of words might have been cut.
  expect(frames.map(([top]) => top)).toEqual([0, ...ends.slice(0, -1).map((end) => end - 4)])
  expect(ends.at(-1)).toBe(301)
})

test('the fingerprint of the checkpoint stands whole at the foot that is printed on each sheet', () => {
  for (const language of ['en', 'ar']) {
    const page = parse(write(seriesOnX(), { language }))
    expect(page.querySelectorAll('body > .foot')).toHaveLength(1)
    expect(page.querySelector('.foot .code')?.textContent).toBe('0123 4567 89ab cdef')
    const style = page.querySelector('style')?.textContent ?? ''
    expect(style).toMatch(
      /\.foot \{ display: none; \}[\s\S]*@media print \{[\s\S]*\.foot \{ display: block; position: fixed;/,
    )
  }
})

test('the last sheet is a draft to sign, about the items saved here, and names nobody', () => {
  const items = seriesOnX().slice(0, 3)
  const [first] = items
  if (!first) throw new Error('the series is empty')
  const source = { kind: 'bundle' as const, key: 'their log', words: 'eight words of a key' }
  const last = (sources?: ReadonlyMap<string, CaptureSource>) =>
    [
      ...parse(write(items, { channelId: 'eu-dsa-art16', ...(sources && { sources }) })).querySelectorAll(
        'section',
      ),
    ].at(-1)
  const own = last()?.textContent ?? ''
  expect(own).toContain('Declaration of whoever saved the posts')
  expect(own).toContain('I saved 3 items')
  expect(own).toContain('I, ________, declare:')
  expect(own).toContain('listed in this report below each item')
  expect(own).not.toContain('Maradunn')
  expect(last(new Map([[first.item.id, source]]))?.textContent).toContain('I saved 2 items')
  const received = new Map(items.map(({ item }) => [item.id, source]))
  expect(last(received)?.textContent).not.toContain('declare')
})

test('an item without a picture says so', () => {
  expect(textOf(write([sampleItem({ parts: [] })]))).toContain('No picture could be taken.')
})

test('a picture that was too large to hand over is said to be in its own file', () => {
  const html = write([sampleItem()], { pictures: new Set() })
  expect(textOf(html)).toContain('The picture is in the file screenshot.png')
  expect(html).not.toContain('base64')
})

test('items of the report come first; the others say that they are not in it', () => {
  const items = [commentOnYouTube(), ...seriesOnX().slice(0, 1)]
  const sections = [...parse(write(items)).querySelectorAll('section')].map(
    (section) => section.textContent ?? '',
  )
  expect(sections[1]).toContain('harrow_blackmoor')
  expect(sections[2]).toContain('not in the report to this receiver')
  expect(sections[1]).not.toContain('not in the report to this receiver')
})

test('the place of each picture is given with its item, between the markup around it', () => {
  const items = seriesOnX().slice(0, 2)
  const words = wordsFor('en')
  const pieces = [
    ...writeHtmlReport({
      case: fullCase(items),
      items,
      report: null,
      words,
      madeAt: '2024-05-14T09:00:00.000Z',
      tool: { name: 'Witnessmark', version: '0.1.0' },
      fingerprints: null,
      pictures: new Set(items.map(({ item }) => item.id)),
    }),
  ]
  const places = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece]))
  expect(places).toEqual(
    items.map(({ item }) => ({
      itemId: item.id,
      part: item.parts.find(({ role }) => role === 'screenshot'),
    })),
  )
  for (const [index, piece] of pieces.entries())
    if (typeof piece !== 'string') expect(String(pieces[index - 1])).toMatch(/data:image\/png;base64,$/)
})

test('words of a page never stand for a place of a picture', () => {
  const html = write([sampleItem({ post: { text: 'before\u0001after' } })])
  expect(textOf(html)).toContain('before\ufffdafter')
  expect(html.split('PICTURE')).toHaveLength(2)
})

test('the same input gives the same file', () => {
  expect(write(seriesOnX())).toBe(write(seriesOnX()))
})

const conflict = { fact: 'handle', source: 'permalink', value: 'saltmarsh77', agrees: false } as const
const agreement = { fact: 'posted', source: 'id', value: '2024-05-13T09:14:05.000Z', agrees: true } as const
const doubtful = () =>
  sampleItem({
    seed: 'x1',
    captured: { clockSkewSeconds: 192 },
    collection: { sources: [conflict, agreement] },
  })

test('what the page says twice is printed: conflicts before the picture, agreements with their limit', () => {
  const html = write([doubtful()])
  const said =
    'The page says two different things about the author’s handle: harrow_blackmoor where the post is shown, ' +
    'saltmarsh77 in the address of the post. One of them was changed, or the platform shows it differently.'
  const notice = parse(html).querySelector('section:nth-of-type(2) .notice')
  expect(notice?.textContent?.replace(/[\u2066-\u2069]/g, '')).toContain(said)
  expect(html.indexOf('class="notice"')).toBeLessThan(html.indexOf('<figure'))
  const text = textOf(html)
  expect(text).toContain(
    'The page says the same about when it was posted in the number of the post or account.',
  )
  expect(text).toContain('A page changed in both places would not show here.')
})

test('two texts that differ stand below each other', () => {
  const value = `${'We know where you park. '.repeat(12)}And where you live.`
  const item = sampleItem({
    collection: { sources: [{ fact: 'text', source: 'title', value, agrees: false }] },
  })
  const quotes = [...parse(write([item])).querySelectorAll('.notice blockquote')]
  expect(quotes.map((quote) => quote.textContent)).toEqual([item.item.post.text?.replace('\n', ''), value])
})

test.each([
  [192, 'The clock of the device was 3 minutes, 12 seconds behind the clock of the platform.', true],
  [-121, 'The clock of the device was 2 minutes, 1 second ahead of the clock of the platform.', true],
  [120, 'The clock of the device was 2 minutes behind the clock of the platform.', false],
  [0, 'The clock of the device agreed with the clock of the platform to the second.', false],
  [null, 'Not compared with another.', false],
])('a clock %s seconds off', (clockSkewSeconds, sentence, isLoud) => {
  const html = write([sampleItem({ captured: { clockSkewSeconds } })])
  expect(textOf(html)).toContain(sentence)
  const notices = [...parse(html).querySelectorAll('.notice')].map((one) => one.textContent)
  expect(notices.some((text) => text?.includes('The clock of the device'))).toBe(isLoud)
})

test('the same post from another locker is said of both, with whose it is and whether the words are the same', () => {
  const post = { postId: '1790000000000000042', permalink: null }
  const own = sampleItem({ seed: 1, post: { ...post, text: 'Nobody wants you here' } })
  const theirs = sampleItem({ seed: 2, post: { ...post, text: 'Nobody wants you' } })
  const alone = sampleItem({ seed: 3, post: { postId: '1790000000000000043', permalink: null } })
  const source = { kind: 'bundle' as const, key: 'their log', words: 'eight words of a key' }
  const sources = new Map([[theirs.item.id, source]])
  const [, first, second, third] = textOf(write([own, theirs, alone], { sources })).split(/Item \d of 3/)
  expect(first).toContain('The same post as in item 2')
  expect(first).toContain('signed by the key eight words of a key. The words are different.')
  expect(second).toContain('The same post as in item 1')
  expect(second).toContain('under the locker that made this report')
  expect(third).not.toContain('The same post as')
  expect(second).toContain('Receivedsigned by the key eight words of a key')
  expect(first).not.toContain('Received')
  expect(textOf(write([own, theirs, alone]))).not.toContain('The same post as')
})

test('second looks and groups name the items that they are about', () => {
  const first = doubtful()
  const group = { id: sampleId('thread'), kind: 'thread' as const, position: 1 }
  const look = sampleItem({
    seed: 'look',
    captured: { utc: '2024-05-20T10:00:00.000Z' },
    recheck: { itemId: first.item.id, outcome: 'edited' },
    group,
  })
  const stray = sampleItem({ seed: 'stray', recheck: { itemId: sampleId('gone'), outcome: 'not-shown' } })
  const answer = sampleItem({ seed: 'answer', group: { ...group, position: 2 } })
  const page = parse(write([first, look, stray, answer], { channelId: null }))
  const text = [...page.querySelectorAll('section')].map((section) =>
    (section.textContent ?? '').replace(/[\u2066-\u2069]/g, ''),
  )
  expect(text[1]).toContain('Looked at again on 2024-05-20 10:00:00 UTC: edited (item 2).')
  expect(text[2]).toContain('This is a second look at item 1: edited.')
  expect(text[2]).toContain('its thread, as number 2 in reading order; also here: item 4')
  expect(text[3]).toContain('a second look at an item that is not in this report: not shown any more.')
})

test('a general reading says why, and what stood around it', () => {
  const item = sampleItem({
    post: { platform: 'generic', kind: 'element', postId: null, permalink: null },
    page: {
      headings: ['Letters', 'May'],
      times: [{ asShown: 'yesterday', machine: '2024-05-13' }],
    },
    collection: {
      reader: {
        platform: 'generic',
        version: 1,
        reason: 'reader-found-nothing',
        expected: 'x',
        isConfirmed: null,
      },
      zoom: '1.25',
      window: 'private',
    },
  })
  const text = textOf(write([item], { channelId: null }))
  for (const said of [
    'general, because the reader for X could not be used: it found no posts on this page; the platform may have changed',
    'Letters › May',
    'yesterday (2024-05-13)',
    'zoom 125%, private window, without the accounts of other windows',
  ])
    expect(text).toContain(said)
})

test('what the platform’s reader did not find is said beside its name', () => {
  const reader = { platform: 'x', version: 3, expected: null, isConfirmed: true }
  const lacking = sampleItem({ collection: { reader: { ...reader, reason: 'no-author' } } })
  const said = 'The reader had trouble: it did not find who wrote the post'
  expect(textOf(write([lacking], { channelId: null }))).toContain(said)
  const whole = sampleItem({ collection: { reader: { ...reader, reason: null } } })
  expect(textOf(write([whole], { channelId: null }))).not.toContain('The reader had trouble')
})

test('what the page did not give is said in words, an unknown reason as it is', () => {
  const missing = [
    { field: 'author.id', reason: 'not-in-page' },
    { field: 'shoe size', reason: 'reason-of-tomorrow' },
  ]
  for (const [language, said] of [
    ['en', 'Number of the account: not in the page'],
    ['ar', 'رقم الحساب: غير موجود في الصفحة'],
  ] as const) {
    const text = textOf(write([sampleItem({ post: { missing } })], { language }))
    expect(text).toContain(said)
    expect(text).toContain('shoe size: reason-of-tomorrow')
  }
})
