import list from './eff-large.txt?raw'

let words: readonly string[] | undefined

/** The EFF large word list, 7,776 words in their order (Joseph Bonneau, EFF, 2016; see `docs/third-party.md`). */
export function readWords(): readonly string[] {
  words ??= list.trimEnd().split('\n')
  return words
}
