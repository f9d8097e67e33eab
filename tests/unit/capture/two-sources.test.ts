import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareSources } from '../../../utils/capture/two-sources'
import { samplePost } from '../../support/sample-items'

const posted = {
  asShown: '3h',
  iso: '2026-11-20T09:14:37.000Z',
  from: null,
  to: null,
  precision: 'second',
  source: 'dom',
} as const
const post = samplePost({
  postId: '42',
  author: { handle: 'granite_fox', name: 'Granite  Fox 🦊', profile: null, id: '7' },
  text: 'Nobody asked you. We will keep telling you until you understand it.',
  posted,
})

const verdict = (source: object) => compareSources(post, [source]).map(({ agrees }) => agrees)

describe('what a page says twice', () => {
  it.each([
    ['the same moment', { fact: 'posted', source: 'id', value: '2026-11-20T09:14:36.412Z' }, true],
    ['another hour', { fact: 'posted', source: 'id', value: '2026-11-20T08:14:37.000Z' }, false],
    ['the same handle', { fact: 'handle', source: 'permalink', value: '@Granite_Fox' }, true],
    ['another handle', { fact: 'handle', source: 'permalink', value: 'lenavasko' }, false],
    ['the same name', { fact: 'name', source: 'label', value: 'Granite Fox 🦊' }, true],
    ['a name with another sign', { fact: 'name', source: 'label', value: 'Granite Fox 🐺' }, false],
    ['the same words', { fact: 'text', source: 'meta', value: post.text }, true],
    ['the beginning of them', { fact: 'text', source: 'meta', value: 'Nobody asked you. We wi…' }, true],
    ['a beginning without saying so', { fact: 'text', source: 'meta', value: 'Nobody asked you.' }, false],
    [
      'other words',
      { fact: 'text', source: 'embedded-data', value: 'Nobody loves you. We will keep…' },
      false,
    ],
    ['the same id', { fact: 'post-id', source: 'permalink', value: '42' }, true],
    ['another id of the account', { fact: 'author-id', source: 'embedded-data', value: '8' }, false],
  ])('%s', (_, source, expected) => {
    expect(verdict(source)).toEqual([expected])
  })

  it.each([
    ['a fact that is none', { fact: 'weather', source: 'id', value: 'x' }],
    ['a field of its own', { fact: 'text', source: 'meta', value: 'x', agrees: true }],
    ['a time that is none', { fact: 'posted', source: 'id', value: 'yesterday' }],
    ['nothing at all', null],
  ])('leaves out %s', (_, source) => {
    expect(compareSources(post, [source])).toEqual([])
  })

  it('leaves out what the reading has nothing to compare with', () => {
    const empty = samplePost({
      text: null,
      postId: null,
      author: { handle: null, name: null, profile: null, id: null },
      posted: { ...posted, iso: null },
    })
    const sources = ['posted', 'handle', 'name', 'text', 'post-id', 'author-id'].map((fact) => ({
      fact,
      source: 'meta',
      value: '2026-11-20T09:14:37.000Z',
    }))
    expect(compareSources(empty, sources)).toEqual([])
  })

  it('judges a window by its edges, where the page shows an age only', () => {
    const aged = samplePost({
      posted: {
        ...posted,
        iso: null,
        from: '2026-11-20T06:00:00.000Z',
        to: '2026-11-20T07:00:00.000Z',
        precision: 'hour',
        source: 'relative',
      },
    })
    const at = (value: string) =>
      compareSources(aged, [{ fact: 'posted', source: 'id', value }]).map(({ agrees }) => agrees)
    expect(at('2026-11-20T06:30:00.000Z')).toEqual([true])
    expect(at('2026-11-20T08:30:00.000Z')).toEqual([false])
  })

  it.each([
    ['day', '2026-11-20T20:00:00.000Z', true],
    ['day', '2026-11-22T09:14:37.000Z', false],
    ['minute', '2026-11-20T09:15:30.000Z', true],
    ['minute', '2026-11-20T09:16:30.000Z', false],
  ] as const)(
    'takes a time that is known to the %s for as exact as that: %s',
    (precision, value, expected) => {
      const known = samplePost({ posted: { ...posted, precision } })
      const compared = compareSources(known, [{ fact: 'posted', source: 'id', value }])
      expect(compared.map(({ agrees }) => agrees)).toEqual([expected])
    },
  )

  it('compares words that the page cuts as far as it shows them', () => {
    const cut = samplePost({ text: 'Nobody asked you. We will ke', isTruncated: true })
    const compare = (value: string) =>
      compareSources(cut, [{ fact: 'text', source: 'meta', value }]).map(({ agrees }) => agrees)
    expect(compare('Nobody asked you. We will keep telling you.')).toEqual([true])
    expect(compare('Nobody loves you. We will keep telling you.')).toEqual([false])
  })

  it('always agrees with itself and never with a text that has one more word, in any script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (text) => {
        const own = samplePost({ text, isTruncated: false })
        const compare = (value: string) =>
          compareSources(own, [{ fact: 'text', source: 'meta', value }]).map(({ agrees }) => agrees)
        const hasEllipsis = /(…|\.\.\.)\s*$/.test(text)
        expect(compare(text)).toEqual([true])
        if (!hasEllipsis) expect(compare(`${text} więcej`)).toEqual([false])
      }),
    )
  })
})
