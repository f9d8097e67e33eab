import type { Page } from 'puppeteer-core'

import { type Eyes, openEyes, type Seen, waitUntil } from './seen'
import type { ScreenWords, WordKey } from './words'

/** The types that the strip offers. */
type StripType = WordKey extends infer K ? (K extends `mark.type.${infer T}` ? T : never) : never

export type MarkState = 'idle' | 'saving' | 'saved' | 'redrawn' | 'failed'

/** A mark on the page, as a person finds it. */
export type Mark = { seen: Seen; state: MarkState; author: string }

const states: readonly MarkState[] = ['idle', 'saving', 'saved', 'redrawn', 'failed']

function authorIn(name: string, sentence: string): string | null {
  const [before = '', after = ''] = sentence.split('{author}')
  const isIt = name.startsWith(before) && name.endsWith(after) && name.length >= before.length + after.length
  return isIt ? name.slice(before.length, name.length - after.length) : null
}

function markOf(seen: Seen, words: ScreenWords): Mark | null {
  for (const state of states) {
    const author = authorIn(seen.name, words.t(`mark.${state}`))
    if (author !== null) return { seen, state, author }
  }
  return null
}

/** The marks of a page, and what can be done with them. */
export type Marks = {
  /** All marks that are there now, in reading order. */
  all: () => Promise<Mark[]>
  /** The first mark of this author, waited for. */
  of: (author: string) => Promise<Mark>
  /**
   * Presses a mark and waits until the post is saved or has failed. Promises the final state and the
   * milliseconds from click to word.
   */
  press: (mark: Mark) => Promise<{ state: MarkState; ms: number }>
  /** Distance of a mark from the top of the window in CSS pixels; null when it is not drawn. */
  topOf: (mark: Mark) => Promise<number | null>
  /** Names the type of the post just saved, on the strip. */
  nameType: (type: StripType) => Promise<void>
  /** Puts the strip away, which may lie over the mark of the next post. Nothing where there is none. */
  closeStrip: () => Promise<void>
}

const heardWithinSeconds = 4

/** Whether the mark has left its first state, or is gone. */
async function wasHeard(eyes: Eyes, mark: Mark, words: ScreenWords): Promise<boolean> {
  return waitUntil(
    'the mark to hear the press',
    async () => {
      const seen = (await eyes.lookFor('button')).find((one) => one.node === mark.seen.node)
      return seen === undefined || markOf(seen, words)?.state !== mark.state
    },
    heardWithinSeconds,
  ).catch(() => false)
}

async function watchMark(eyes: Eyes, mark: Mark, words: ScreenWords): Promise<MarkState> {
  const done = await waitUntil(
    `the mark of ${mark.author} to say what became of it`,
    async () => {
      const seen = (await eyes.lookFor('button')).find((one) => one.node === mark.seen.node)
      const now = seen === undefined ? null : markOf(seen, words)
      return now !== null && now.state !== 'idle' && now.state !== 'saving' ? now : null
    },
    60,
  )
  return done.state
}

/**
 * Finds the marks of a page in its closed shadow root, through the accessibility tree. `frame` is a selector of the
 * frame in the page whose marks are meant.
 */
export async function marksOn(page: Page, words: ScreenWords, frame: string | null = null): Promise<Marks> {
  const eyes = await openEyes(page, frame)
  const all = async (): Promise<Mark[]> =>
    (await eyes.lookFor('button')).flatMap((seen) => {
      const mark = markOf(seen, words)
      return mark === null ? [] : [mark]
    })
  return {
    all,
    of: (author) =>
      waitUntil(`a mark on a post by ${author}`, async () =>
        (await all()).find((mark) => mark.author === author),
      ),
    press: async (mark) => {
      const start = performance.now()
      await eyes.press(mark.seen)
      // Marks move aside while a page still arranges itself: who sees that nothing happened presses once more.
      const isNew = mark.state === 'idle'
      if (isNew && !(await wasHeard(eyes, mark, words))) await eyes.press(mark.seen)
      const state = await watchMark(eyes, mark, words)
      return { state, ms: performance.now() - start }
    },
    topOf: async (mark) => (await eyes.placeOf(mark.seen))?.y ?? null,
    nameType: async (type) => {
      const label = words.t(`mark.type.${type}`)
      const chip = await waitUntil(`the chip "${label}"`, async () =>
        (await eyes.lookFor('button')).find((seen) => seen.name.endsWith(label)),
      )
      await eyes.press(chip)
    },
    closeStrip: async () => {
      const later = (await eyes.lookFor('button')).find(({ name }) => name === words.t('mark.later'))
      if (later) await eyes.press(later)
    },
  }
}
