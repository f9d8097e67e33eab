import type { LoadedMedium } from './load-media'

/*
 * What our own scripts share inside a page. They run in the extension's isolated world, whose globals the page
 * cannot see.
 */

export type IsolatedWorld = {
  /** The element of a choice, while its capture lasts. */
  elementOf: (choice: number) => Element | null
  /** The original pictures of a choice; null when its capture is over. */
  mediaOf: (choice: number) => Promise<{ media: LoadedMedium[]; missed: number } | null>
  /** Draws a choice again; gives a PNG as base64. There once the redraw script has been injected. */
  redraw?: (choice: number) => Promise<string>
}

type Holder = { witnessmark?: IsolatedWorld }

/** What is shared in this page, or null before the first script has run. */
export function isolatedWorld(): IsolatedWorld | null {
  // An own one only: `<a id="witnessmark">` is a global name, too, and would keep every script from starting.
  return Object.hasOwn(globalThis, 'witnessmark') ? ((globalThis as Holder).witnessmark ?? null) : null
}

/** Shares it with the scripts that are injected later. */
export function openIsolatedWorld(world: IsolatedWorld): void {
  const holder = globalThis as Holder
  holder.witnessmark = world
}
