import { isKept, mapAttribute, mapJsonText } from './attributes'
import { allElements, allTexts } from './dom'
import type { Mapping } from './mapping'
import type { Vocabulary } from './vocabulary'

const linkedData = 'script[type="application/ld+json"]'
const dropped = [
  `script:not(${linkedData.slice(6)})`,
  'style',
  'link:not([rel="canonical"])',
  'input[type="hidden"]',
  'object',
  'base',
  'meta[http-equiv]',
].join(', ')

/** Takes out what no reader looks at and what only follows people: scripts, styles, comments, hidden inputs. */
export function dropParts(page: Document): void {
  for (const element of allElements(page)) {
    if (element.matches(dropped)) element.remove()
    for (const node of [...element.childNodes]) if (node.nodeType === 8) element.removeChild(node)
  }
  for (const node of [...page.childNodes]) if (node.nodeType === 8) page.removeChild(node)
}

/**
 * Keeps of the body what matches the selector, what lies in it and what lies around it. False when nothing
 * matches. Throws when it is no selector.
 */
export function keepParts(page: Document, selector: string): boolean {
  const chosen = [...page.body.querySelectorAll(selector)]
  const isNeeded = (element: Element): boolean =>
    chosen.some((one) => one === element || one.contains(element) || element.contains(one))
  if (chosen.length === 0) return false
  for (const element of [...page.body.querySelectorAll('*')]) if (!isNeeded(element)) element.remove()
  const holders = [...page.body.querySelectorAll('*'), page.body].filter(
    (element) => !chosen.some((one) => one === element || one.contains(element)),
  )
  for (const holder of holders)
    for (const node of [...holder.childNodes]) if (node instanceof Text) holder.removeChild(node)
  return true
}

/** Replaces in the page, in place, every text and every value that is not markup. */
export function scrubPage(page: Document, mapping: Mapping, vocabulary: Vocabulary): void {
  const language = page.documentElement.getAttribute('lang')
  for (const { node } of allTexts(page)) node.data = mapping.text(node.data, language)
  for (const element of allElements(page)) {
    if (element.matches(linkedData))
      element.textContent = mapJsonText(element.textContent ?? '', mapping, vocabulary)
    const type = element.getAttribute('type')
    for (const { name, value } of [...element.attributes]) {
      const isTyped = name === 'type' && element.matches(linkedData)
      if (isTyped && type !== null) continue
      const mapped = isKept(name, vocabulary)
        ? mapAttribute(element, { name, value }, { mapping, vocabulary, language })
        : null
      if (mapped === null) element.removeAttribute(name)
      else if (mapped !== value) element.setAttribute(name, mapped)
    }
  }
}
