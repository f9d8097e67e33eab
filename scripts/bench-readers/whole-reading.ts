import type { PostReading } from '../../utils/model/post'
import { collapse, type ExpectedField, type ExpectedPost } from './expected-post'

/*
 * The full expectations of our own fixtures: every field of every reading. Two things the extension adds to what
 * a reader alone says, and both are judged as what they are: language and direction that the reader left open
 * come from the page, and a reading that names neither author nor address gives way to a general one.
 */

/** What a page itself says of language, to judge what the extension took from it. */
export type PageWords = { languages: readonly string[] }

/** Key order does not matter; everything else does. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

type Judge = (found: unknown) => boolean

function judgeOf(field: string, expected: unknown, { languages }: PageWords): Judge {
  if (expected === null && field === 'language')
    return (found) => found === null || languages.some((language) => language === found)
  if (expected === null && field === 'direction') return (found) => found === 'ltr' || found === 'rtl'
  return (found) => canonical(found) === canonical(expected)
}

/**
 * A reading too poor to stand for a post is kept as a general one, with the words that are seen there. A message is
 * enough with its number, or where it is the person's own.
 */
function isTooPoor({ permalink, author, kind, postId, missing }: PostReading): boolean {
  const isOwn = missing.some(({ field, reason }) => field === 'author.handle' && reason === 'own-message')
  if (kind === 'message' && (postId !== null || isOwn)) return false
  return permalink === null && author.handle === null && author.id === null
}

function generalFields(expected: PostReading): ExpectedField[] {
  const words = collapse(expected.text) ?? ''
  return [
    { field: 'platform', check: ({ platform: found }) => equal('generic', found) },
    { field: 'kind', check: ({ kind: found }) => equal('element', found) },
    {
      field: 'text',
      check: ({ text }) => ({
        expected: words,
        found: text,
        isRight: (collapse(text) ?? '').includes(words),
      }),
    },
  ]
}

function equal(expected: string, found: string): { expected: string; found: string; isRight: boolean } {
  return { expected, found, isRight: expected === found }
}

/** A full reading as a list of fields to judge, one for each of its keys. */
export function expectReading(expected: PostReading, page: PageWords): ExpectedPost {
  const isGeneral = isTooPoor(expected)
  const fields = Object.entries(expected).map(([field, value]): ExpectedField => {
    const judge = judgeOf(field, value, page)
    const check = (reading: PostReading) => {
      const found = reading[field as keyof PostReading]
      return { expected: value, found, isRight: judge(found) }
    }
    return { field, check }
  })
  return {
    identity: {
      postIds: expected.postId === null || isGeneral ? [] : [expected.postId],
      permalinks: expected.permalink === null ? [] : [expected.permalink],
      handles: expected.author.handle === null ? [] : [expected.author.handle],
      kinds: [isGeneral ? 'element' : expected.kind],
      textStart: collapse(expected.text),
    },
    fields: isGeneral ? generalFields(expected) : fields,
  }
}
