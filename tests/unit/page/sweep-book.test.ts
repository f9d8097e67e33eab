import { describe, expect, it } from 'vitest'
import { createBook, isOverdue, takeBatch, type Waiting } from '../../../utils/page/sweep-book'

function waitingFor(key: string, letters = 0): Waiting {
  return {
    post: { key } as Waiting['post'],
    words: { visibleText: 'w'.repeat(letters) } as Waiting['words'],
    html: null,
    isWritten: false,
    readAt: 0,
    tries: 0,
    seenAt: 1_000,
    shownAt: 1_000,
    isSent: false,
  }
}

describe('the posts of a sweep', () => {
  it('keeps of saved posts the keys alone, and each once', () => {
    const book = createBook()
    book.add(waitingFor('a'))
    book.settle('a', 'kept')
    book.settle('a', 'kept')
    book.add(waitingFor('a'))
    expect(book.waiting()).toEqual([])
    expect([book.count(), book.isSaved('a'), book.savedKeys()]).toEqual([1, true, ['a']])
  })

  it('hands a post over again for which the picture did not count', () => {
    const book = createBook()
    book.add({ ...waitingFor('a'), isSent: true })
    book.settle('a', 'again')
    expect(book.waiting()).toEqual([{ ...waitingFor('a'), tries: 1 }])
    expect(book.isSaved('a')).toBe(false)
  })
})

describe('a post that waits for a picture', () => {
  const { tries, seenAt, shownAt } = waitingFor('a')
  const now = 1_000

  it('waits a moment after it has gone, for pages draw posts anew', () => {
    expect(isOverdue({ tries, seenAt, shownAt }, now + 300)).toBe(false)
    expect(isOverdue({ tries, seenAt, shownAt }, now + 301)).toBe(true)
  })

  it('waits ten seconds at the edge of the window', () => {
    expect(isOverdue({ tries, seenAt, shownAt: now + 10_000 }, now + 10_000)).toBe(false)
    expect(isOverdue({ tries, seenAt, shownAt: now + 10_001 }, now + 10_001)).toBe(true)
  })

  it('waits no longer when six pictures did not count for it', () => {
    expect(isOverdue({ tries: 5, seenAt, shownAt }, now)).toBe(false)
    expect(isOverdue({ tries: 6, seenAt, shownAt }, now)).toBe(true)
  })
})

describe('one message', () => {
  const keys = (posts: Waiting[]) => posts.map(({ post }) => post.key)

  it('carries as many posts as fit, in order', () => {
    const posts = [waitingFor('a', 40), waitingFor('b', 60), waitingFor('c', 1)]
    expect(keys(takeBatch(posts, { count: 60, most: 100 }))).toEqual(['a', 'b'])
    expect(keys(takeBatch(posts, { count: 1, most: 100 }))).toEqual(['a'])
    expect(takeBatch([], { count: 60, most: 100 })).toEqual([])
  })

  it('carries one post that is too large by itself: it must not wait for ever', () => {
    const posts = [waitingFor('a', 400), waitingFor('b', 1)]
    expect(keys(takeBatch(posts, { count: 60, most: 100 }))).toEqual(['a'])
  })

  it('counts the HTML', () => {
    const html = { html: 'h'.repeat(99), dropped: {} }
    const posts = [waitingFor('a', 1), { ...waitingFor('b', 1), html }]
    expect(keys(takeBatch(posts, { count: 60, most: 100 }))).toEqual(['a'])
  })
})
