import { allElements, parsePage } from '../../scripts/new-fixture/dom'

/** What a page cannot do without, whatever it is built of; one can still write where one could. */
const kept = new Set([
  'href',
  'src',
  'alt',
  'title',
  'datetime',
  'lang',
  'dir',
  'charset',
  'style',
  'contenteditable',
])
/** Elements that a platform chose itself, or could as well leave out. */
const chosen = /-|^(?:article|section|main|header|footer|nav|aside|h[1-6]|ul|ol|li)$/

function rename(element: Element, page: Document): void {
  if (!chosen.test(element.localName)) return
  const plain = page.createElement('div')
  for (const { name, value } of [...element.attributes]) plain.setAttribute(name, value)
  plain.append(...element.childNodes)
  element.replaceWith(plain)
}

/**
 * A page as its platform might rebuild it: every test id, role, label, class name, id and element name of its own is
 * gone, and only the words, links, pictures and times are left. What fits `spared` stays as it is.
 */
export function stripPage(html: string, spared: string | null): string {
  const page = parsePage(html)
  for (const element of allElements(page)) {
    if (spared !== null && element.matches(spared)) continue
    for (const { name } of [...element.attributes]) if (!kept.has(name)) element.removeAttribute(name)
    rename(element, page)
  }
  return `<!doctype html>${page.documentElement.outerHTML}`
}
