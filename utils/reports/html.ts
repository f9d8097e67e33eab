/** Markup that is safe to join: made only by `element` and `text`, never from a foreign string. */
export type Html = { readonly markup: string }
export type Child = Html | string | null | readonly Child[]

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const voidElements = new Set(['meta', 'img', 'br', 'hr'])
// biome-ignore lint/suspicious/noControlCharactersInRegex: HTML forbids exactly these
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g

/** A string as HTML text or attribute value; nothing in it can begin a tag, a reference or another attribute. */
function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(forbidden, '\ufffd')
    .replace(/[&<>"']/g, (character) => escapes[character] ?? '')
}

function render(child: Child): string {
  if (child === null) return ''
  if (typeof child === 'string') return escapeHtml(child)
  return 'markup' in child ? child.markup : child.reduce<string>((markup, one) => markup + render(one), '')
}

/** One element. Strings among the children become text; an attribute that is null is left out. */
export function element(
  name: string,
  attributes: Record<string, string | Html | null> = {},
  ...children: Child[]
): Html {
  const pairs = Object.entries(attributes)
    .filter((pair): pair is [string, string | Html] => pair[1] !== null)
    .map(([key, value]) => ` ${key}="${render(value)}"`)
  const opening = `<${name}${pairs.join('')}>`
  return { markup: voidElements.has(name) ? opening : `${opening}${render([...children])}</${name}>` }
}

// No foreign text can hold it, because `escapeHtml` replaces it.
const gap = '\u0001'
/** Stands where something goes that is too large for markup in memory: see `cutAtHoles`. */
export const hole: Html = { markup: gap }

/** The address of a file inside the document, with a hole for its bytes in base64. */
export function fileAddress(mediaType: string): Html {
  return { markup: `data:${escapeHtml(mediaType)};base64,${gap}` }
}

/** What stands before, between and after the holes. */
export function cutAtHoles({ markup }: Html): string[] {
  return markup.split(gap)
}

/** A whole document from its root element. */
export function toDocument(root: Html): Html {
  return { markup: `<!doctype html>\n${root.markup}\n` }
}

/** A style sheet of our own. Throws for one that could end its element: only constants belong here. */
export function styleElement(css: string): Html {
  if (css.includes('<')) throw new Error('a style sheet must not contain "<"')
  return { markup: `<style>${css}</style>` }
}
