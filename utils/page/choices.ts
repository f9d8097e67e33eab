import type { PostKind } from '../model/post'
import type { Guard } from './guard-post'
import { plain } from './plain'

/** Something that was chosen to be captured. */
export type Choice = {
  element: Element
  /** Null when it is a post of the platform; else what it is instead. */
  kind: Extract<PostKind, 'profile' | 'element' | 'selection' | 'page'> | null
  /** Of a page: what the window shows, or all of it. */
  extent: 'window' | 'whole'
  key: string
  /** Puts the page back as it was before the capture. */
  restore: () => void
  /** From the reading to the last picture. */
  guard: Guard | null
}

export type Chosen = Omit<Choice, 'restore' | 'guard' | 'extent'> & Partial<Pick<Choice, 'extent'>>

/** The choices whose captures are under way, by the number that the background knows them by. */
export type Choices = {
  open: (chosen: Chosen) => { number: number; choice: Choice }
  /** Ends it, and what watches it. */
  close: (number: number) => void
  /** Null when there is none of this number, or the page has taken its element away. */
  find: (number: number) => Choice | null
  /** How many are under way. */
  count: () => number
}

/** An empty list of choices. */
export function createChoices(): Choices {
  const choices = new Map<number, Choice>()
  // Not from one on: after a navigation, a capture still under way must not find the new page's choice.
  let next = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  return {
    open: (chosen) => {
      const number = next++
      const choice: Choice = { extent: 'window', ...chosen, restore: () => undefined, guard: null }
      choices.set(number, choice)
      return { number, choice }
    },
    close: (number) => {
      choices.get(number)?.guard?.end()
      choices.delete(number)
    },
    count: () => choices.size,
    find: (number) => {
      const choice = choices.get(number)
      return choice && plain(choice.element).isConnected ? choice : null
    },
  }
}
