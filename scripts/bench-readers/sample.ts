import type { PostMedia, PostReading } from '../../utils/model/post'
import { z } from '../../utils/model/schema'
import { collapse, type ExpectedField, type ExpectedPost } from './expected-post'

/*
 * The short expectations of saved pages: a few fields of each post, with other right answers beside them as
 * `<field>Alternates`. A field that an expectation does not name is not judged.
 */

const text = z.string().nullable()
const answers = z.array(z.string()).optional()
const SampleMedia = z.looseObject({
  type: z.string(),
  alt: z.string().nullable().optional(),
  hidden: z.boolean().optional(),
})

const Sample = z.looseObject({
  authorHandle: text,
  authorName: text.optional(),
  permalink: text.optional(),
  postId: text.optional(),
  textStartsWith: text,
  postedAt: text.optional(),
  kind: z.string(),
  postedAtSource: text.optional(),
  isAd: z.boolean().optional(),
  truncated: z.boolean().optional(),
  edited: z.boolean().optional(),
  repostedBy: text.optional(),
  repostedByName: text.optional(),
  replyToHandle: text.optional(),
  quotedIn: text.optional(),
  parentPostId: text.optional(),
  parentAuthorHandle: text.optional(),
  contentWarning: text.optional(),
  /** A list of media, or a sentence about them. Null leaves them open. */
  media: z.union([z.array(SampleMedia), z.string(), z.null()]).optional(),
  authorHandleAlternates: answers,
  authorNameAlternates: answers,
  permalinkAlternates: answers,
  postIdAlternates: answers,
  postedAtAlternates: answers,
  kindAlternates: answers,
})
type Sample = z.infer<typeof Sample>

/** The expectations of one page; fails when one is not of this shape. */
export const Samples = z.array(Sample)

/** Fields that say more about the page than a reader can: never judged. */
const remarks = ['note', 'idTime', 'indexedAt', 'originalUrl']

/** Names of fields in these expectations that nothing here compares, remarks left out. */
export function unknownFields(samples: readonly Sample[]): string[] {
  const known = new Set([...Object.keys(Sample.shape), ...remarks])
  return [...new Set(samples.flatMap((sample) => Object.keys(sample)))].filter((name) => !known.has(name))
}

type Value = string | boolean | null
type Plain = { field: keyof Sample & string; of: (reading: PostReading) => Value }

/** Fields that are right when they are equal to what is expected, or to another right answer. */
const plainFields: Plain[] = [
  { field: 'authorHandle', of: ({ author }) => author.handle },
  { field: 'authorName', of: ({ author }) => author.name },
  { field: 'permalink', of: ({ permalink }) => permalink },
  { field: 'postId', of: ({ postId }) => postId },
  { field: 'kind', of: ({ kind }) => kind },
  { field: 'postedAtSource', of: ({ posted }) => posted.source },
  { field: 'isAd', of: ({ isAd }) => isAd },
  { field: 'truncated', of: ({ isTruncated }) => isTruncated },
  { field: 'edited', of: ({ isEdited }) => isEdited },
  { field: 'repostedBy', of: ({ repostedBy }) => repostedBy },
  { field: 'replyToHandle', of: ({ replyToHandle }) => replyToHandle },
  { field: 'parentAuthorHandle', of: ({ replyToHandle }) => replyToHandle },
  { field: 'quotedIn', of: ({ quotedIn }) => quotedIn },
  { field: 'parentPostId', of: ({ parentPostId }) => parentPostId },
  { field: 'contentWarning', of: ({ contentWarning }) => contentWarning },
]

function rightAnswers(sample: Sample, field: string): unknown[] {
  const others = sample[`${field}Alternates`]
  return [sample[field], ...(Array.isArray(others) ? others : [])]
}

function plainField({ field, of }: Plain, sample: Sample): ExpectedField[] {
  if (sample[field] === undefined) return []
  const right = rightAnswers(sample, field)
  const check = (reading: PostReading) => ({
    expected: sample[field],
    found: of(reading),
    isRight: right.includes(of(reading)),
  })
  return [{ field, check }]
}

/** The words begin so; an empty beginning says that there are none, null that they are not in the page. */
function textField({ textStartsWith: expected }: Sample): ExpectedField {
  const start = collapse(expected)
  const check = (reading: PostReading) => {
    const found = collapse(reading.text)
    const isEmpty = found === null || found === ''
    const isRight =
      start === null ? found === null : start === '' ? isEmpty : (found?.startsWith(start) ?? false)
    return { expected, found, isRight }
  }
  return { field: 'textStartsWith', check }
}

function momentOf(iso: unknown): number | null {
  return typeof iso === 'string' ? Date.parse(iso) : null
}

function timeField(sample: Sample): ExpectedField[] {
  if (sample.postedAt === undefined) return []
  const right = rightAnswers(sample, 'postedAt').map(momentOf)
  const check = ({ posted }: PostReading) => ({
    expected: sample.postedAt,
    found: posted.iso,
    isRight: right.includes(momentOf(posted.iso)),
  })
  return [{ field: 'postedAt', check }]
}

/** Right is the name, or the handle of an account that bears this name on the same page. */
function sharerField({ repostedByName: expected }: Sample): ExpectedField[] {
  if (expected === undefined) return []
  const check = ({ repostedBy: found }: PostReading, page: readonly PostReading[]) => {
    const isTheirs = page.some(({ author }) => author.handle === found && author.name === expected)
    return { expected, found, isRight: found === expected || (found !== null && isTheirs) }
  }
  return [{ field: 'repostedByName', check }]
}

const mediaWords: { kind: PostMedia['kind']; shape: RegExp }[] = [
  { kind: 'image', shape: /(\d+)?\s*(?:image|photo|picture)s?\b/ },
  { kind: 'video', shape: /(\d+)?\s*videos?\b/ },
  { kind: 'card', shape: /(\d+)?\s*link cards?\b/ },
]

/** A sentence about media names kinds and numbers: so many of each, at least one where it says no number. */
function isAsTold(sentence: string, media: readonly PostMedia[]): boolean {
  if (/not in the DOM/i.test(sentence)) return true
  return mediaWords.every(({ kind, shape }) => {
    const told = shape.exec(sentence)
    if (told === null) return true
    const count = media.filter((one) => one.kind === kind).length
    return told[1] === undefined ? count > 0 : count === Number(told[1])
  })
}

function mediaField({ media: expected }: Sample): ExpectedField[] {
  if (expected === undefined || expected === null) return []
  const check = ({ media }: PostReading) => {
    const found = media.map(({ kind, alt, isHidden }) => ({ type: kind, alt, hidden: isHidden }))
    if (typeof expected === 'string') return { expected, found, isRight: isAsTold(expected, media) }
    const shape = expected.map(({ type, alt = null, hidden = false }) => ({ type, alt, hidden }))
    return { expected: shape, found, isRight: JSON.stringify(shape) === JSON.stringify(found) }
  }
  return [{ field: 'media', check }]
}

function strings(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === 'string')
}

/** A short expectation as a list of fields to judge. */
export function expectSample(sample: Sample): ExpectedPost {
  return {
    identity: {
      postIds: strings(rightAnswers(sample, 'postId')),
      permalinks: strings(rightAnswers(sample, 'permalink')),
      handles: strings(rightAnswers(sample, 'authorHandle')),
      kinds: strings(rightAnswers(sample, 'kind')),
      textStart: collapse(sample.textStartsWith),
    },
    fields: [
      ...plainFields.flatMap((field) => plainField(field, sample)),
      textField(sample),
      ...timeField(sample),
      ...sharerField(sample),
      ...mediaField(sample),
    ],
  }
}
