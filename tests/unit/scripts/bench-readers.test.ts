import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { comparePage } from '../../../scripts/bench-readers/compare'
import { readFolder } from '../../../scripts/bench-readers/read-folder'
import { expectSample, unknownFields } from '../../../scripts/bench-readers/sample'
import { differencesOf, tableOf } from '../../../scripts/bench-readers/table'
import { expectReading } from '../../../scripts/bench-readers/whole-reading'
import type { PostReading } from '../../../utils/model/post'
import { emptyReading } from '../../../utils/platforms/dom'

const author = { handle: 'lenavasko', name: 'Lena Vasko', profile: null, id: null }
const posted = {
  ...emptyReading('x', 'post').posted,
  iso: '2026-11-20T09:14:37.000Z',
  source: 'dom' as const,
}

function reading(changes: Partial<PostReading> = {}): PostReading {
  const permalink = 'https://x.com/lenavasko/status/21237'
  const text = 'The river  belongs\nto nobody.'
  return { ...emptyReading('x', 'post'), postId: '21237', permalink, author, posted, text, ...changes }
}

const sample = {
  authorHandle: 'lenavasko',
  authorName: 'Lena Vasko',
  permalink: 'https://x.com/lenavasko/status/21237',
  postId: '21237',
  textStartsWith: 'The river belongs',
  postedAt: '2026-11-20T09:14:37Z',
  kind: 'post',
}

function wrongFields(
  expectation: Parameters<typeof expectSample>[0],
  readings: PostReading[],
  isComplete = false,
): string[] {
  const { posts } = comparePage({ expected: [expectSample(expectation)], readings, isComplete })
  return posts.flatMap(({ checks }) => checks.flatMap(({ field, isRight }) => (isRight ? [] : field)))
}

describe('a short expectation', () => {
  it('is met by the reading that it describes, white space aside', () => {
    expect(wrongFields(sample, [reading()])).toEqual([])
  })

  it.each<[string, Partial<PostReading>]>([
    ['authorHandle', { author: { ...author, handle: 'other' } }],
    ['authorName', { author: { ...author, name: null } }],
    ['permalink', { permalink: null }],
    ['postId', { postId: '21238' }],
    ['textStartsWith', { text: 'Another sentence.' }],
    ['postedAt', { posted: { ...posted, iso: null } }],
    ['kind', { kind: 'reply' }],
  ])('names %s when only that differs', (field, changes) => {
    expect(wrongFields(sample, [reading(changes)])).toEqual([field])
  })

  it('refuses a moment that was invented, and words where there should be none', () => {
    expect(wrongFields({ ...sample, postedAt: null }, [reading()])).toEqual(['postedAt'])
    expect(wrongFields({ ...sample, textStartsWith: null }, [reading()])).toEqual(['textStartsWith'])
    expect(wrongFields({ ...sample, textStartsWith: '' }, [reading()])).toEqual(['textStartsWith'])
  })

  it('takes another right answer', () => {
    const expectation = { ...sample, postId: 'other', postIdAlternates: ['21237'] }
    expect(wrongFields(expectation, [reading()])).toEqual([])
  })

  it('takes the handle of somebody who bears the name on the page, and no other', () => {
    const shared = reading({ repostedBy: 'kestrel' })
    const theirs = reading({
      postId: '5',
      permalink: null,
      author: { ...author, handle: 'kestrel', name: 'K' },
    })
    expect(wrongFields({ ...sample, repostedByName: 'K' }, [shared, theirs])).toEqual([])
    expect(wrongFields({ ...sample, repostedByName: 'K' }, [shared])).toEqual(['repostedByName'])
  })

  it('counts media that a sentence tells of', () => {
    const image = { kind: 'image' as const, address: null, alt: null, isHidden: false }
    const expectation = { ...sample, media: '2 photos' }
    expect(wrongFields(expectation, [reading({ media: [image, image] })])).toEqual([])
    expect(wrongFields(expectation, [reading({ media: [image] })])).toEqual(['media'])
    expect(wrongFields({ ...sample, media: 'video' }, [reading({ media: [image] })])).toEqual(['media'])
  })

  it('says which of its fields nobody compares', () => {
    expect(unknownFields([{ ...sample, note: 'x', moodOfAuthor: 'grim' }])).toEqual(['moodOfAuthor'])
  })
})

describe('comparing a page', () => {
  it('has every field of a missing post wrong', () => {
    const { posts } = comparePage({ expected: [expectSample(sample)], readings: [], isComplete: false })
    expect(posts[0]).toMatchObject({ number: 1, at: null })
    expect(posts[0]?.checks.map(({ isRight }) => isRight)).toEqual(Array(7).fill(false))
  })

  it('gives each reading to one expected post only', () => {
    const expected = [expectSample(sample), expectSample(sample)]
    const { posts } = comparePage({ expected, readings: [reading()], isComplete: false })
    expect(posts.map(({ at }) => at)).toEqual([0, null])
  })

  it('tells a quoted post from the same post standing alone', () => {
    const expected = [expectSample({ ...sample, kind: 'quote' }), expectSample(sample)]
    const readings = [reading(), reading({ kind: 'quote' })]
    const { posts } = comparePage({ expected, readings, isComplete: true })
    expect(posts.map(({ at }) => at)).toEqual([1, 0])
  })

  it('calls a further post false only where all are listed, an empty one always', () => {
    const further = reading({ postId: '9', permalink: 'https://x.com/a/status/9' })
    const decoy = emptyReading('generic', 'element')
    const readings = [reading(), further, decoy]
    const expected = [expectSample(sample)]
    expect(comparePage({ expected, readings, isComplete: false })).toMatchObject({
      falsePosts: [decoy],
      otherPosts: 1,
    })
    expect(comparePage({ expected, readings, isComplete: true }).falsePosts).toEqual([further, decoy])
  })
})

describe('a full expectation', () => {
  const page = { languages: ['en'] }
  const wrong = (expected: PostReading, found: PostReading): string[] => {
    const { posts } = comparePage({
      expected: [expectReading(expected, page)],
      readings: [found],
      isComplete: true,
    })
    return posts.flatMap(({ checks }) => checks.flatMap(({ field, isRight }) => (isRight ? [] : field)))
  }

  it('compares every field, those within others too', () => {
    const seen = { direction: 'ltr' } as const
    expect(wrong(reading(), reading(seen))).toEqual([])
    const other = reading({ ...seen, counts: { likes: '3' }, isAd: true })
    expect(wrong(reading(), other)).toEqual(['counts', 'isAd'])
  })

  it('lets the page add its language and direction, and nothing else', () => {
    expect(wrong(reading(), reading({ language: 'en', direction: 'rtl' }))).toEqual([])
    expect(wrong(reading(), reading({ language: 'fr', direction: 'ltr' }))).toEqual(['language'])
    expect(wrong(reading({ language: 'en', direction: 'rtl' }), reading())).toEqual(['language', 'direction'])
  })

  it('expects a general reading of a post without author and address', () => {
    const poor = emptyReading('x', 'post')
    expect(
      wrong({ ...poor, text: 'Gone.' }, { ...emptyReading('generic', 'element'), text: 'Gone. Reply' }),
    ).toEqual([])
    expect(wrong({ ...poor, text: 'Gone.' }, { ...poor, text: 'Gone.' })).toEqual(['platform', 'kind'])
  })
})

describe('a folder', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'witnessmark-pages-'))
    mkdirSync(join(folder, 'x'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const write = (name: string, content: unknown): void =>
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))

  it('gives pages with addresses, and says in a sentence what is wrong with the others', () => {
    write('addresses.json', { 'x/whole': 'https://x.com/home', 'x/broken': 'https://x.com/home' })
    for (const name of ['whole', 'broken', 'homeless']) write(`x/${name}.html`, '<p>')
    write('x/whole.expected.json', [{ ...sample, moodOfAuthor: 'grim' }])
    write('x/broken.expected.json', '{')
    write('x/homeless.expected.json', [sample])
    const { cases, troubles } = readFolder(folder)
    expect(cases.map(({ platform, name, isComplete }) => ({ platform, name, isComplete }))).toEqual([
      { platform: 'x', name: 'whole', isComplete: false },
    ])
    expect(troubles).toEqual([
      'x/broken: its .expected.json is missing or not of the known shape.',
      'x/homeless: addresses.json gives no address for it.',
      'x/whole: the field moodOfAuthor is not compared.',
    ])
  })

  it('takes fixtures, too, and reads them at their own moment', () => {
    mkdirSync(join(folder, 'x', 'plain'))
    write('x/plain/page.html', '<html lang="en">')
    write('x/plain/address.txt', 'https://x.com/home\n')
    write('x/plain/expected.json', [reading()])
    write('x/plain/case.json', { reviewed: true, now: '2026-01-02T00:00:00.000Z' })
    const { cases, troubles } = readFolder(folder)
    expect(troubles).toEqual([])
    expect(cases).toMatchObject([{ name: 'plain', isComplete: true, now: '2026-01-02T00:00:00.000Z' }])
  })
})

describe('what is printed', () => {
  const result = comparePage({
    expected: [
      expectSample(sample),
      expectSample({ ...sample, postId: '3', permalink: null, authorHandle: null }),
    ],
    readings: [reading({ kind: 'reply' }), emptyReading('generic', 'element')],
    isComplete: true,
  })
  const named = [{ platform: 'x', name: 'home', result, failure: null }]

  it('sums posts, fields and false posts', () => {
    expect(tableOf(named)[1]).toMatch(/^x +1 +1 \/ 2 +6 \/ 14 +1 +0$/)
  })

  it('names posts and fields, and people’s words only when asked', () => {
    const plain = differencesOf(named, { values: 'without' })
    expect(plain).toEqual(['x/home', '  post 1: kind', '  post 2: not found', '  false post 1: element'])
    expect(differencesOf(named, { values: 'with' })).toContain('    kind: expected "post", found "reply"')
  })
})
