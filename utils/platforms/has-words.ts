import { attributeOf, deepest, isMatch, neverText } from './dom'

/**
 * Whether `readLine` with the same `exclude` and `keep` finds anything in the element: asked of every name of a page it takes
 * far less, because the first word decides.
 */
export function hasWords(element: Element, { exclude, keep }: { exclude: string; keep?: string }): boolean {
  const isSkipped = (part: Element) =>
    isMatch(part, exclude) || (isMatch(part, neverText) && !(keep && isMatch(part, keep)))
  const isWord = (text: string | null) => text !== null && /\S/.test(text)
  const holdsWord = (parent: Element, depth: number): boolean => {
    for (const child of parent.childNodes) {
      if (child instanceof Text && isWord(child.data)) return true
      if (!(child instanceof Element) || child instanceof HTMLBRElement || isSkipped(child)) continue
      if (child instanceof HTMLImageElement) {
        if (isWord(attributeOf(child, 'alt'))) return true
      } else if (depth < deepest && holdsWord(child, depth + 1)) return true
    }
    return false
  }
  return !(element instanceof HTMLFormElement) && holdsWord(element, 1)
}
