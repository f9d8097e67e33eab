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
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(forbidden, '\ufffd')
    .replace(/[&<>"']/g, (character) => escapes[character] ?? '')
}

function render(child: Child): string {
  if (child === null) return ''
  if (typeof child === 'string') return escapeHtml(child)
  // Not `join`: it would copy every picture of a report once a level.
  return 'markup' in child ? child.markup : child.reduce<string>((markup, one) => markup + render(one), '')
}

/** One element. Strings among the children become text; an attribute that is null is left out. */
export function element(
  name: string,
  attributes: Record<string, string | null> = {},
  ...children: Child[]
): Html {
  const pairs = Object.entries(attributes)
    .filter((pair): pair is [string, string] => pair[1] !== null)
    .map(([key, value]) => ` ${key}="${escapeHtml(value)}"`)
  const opening = `<${name}${pairs.join('')}>`
  return { markup: voidElements.has(name) ? opening : `${opening}${render([...children])}</${name}>` }
}

/** A whole document from its root element. */
export function toDocument(root: Html): string {
  return `<!doctype html>\n${root.markup}\n`
}

/** A style sheet of our own. Throws for one that could end its element: only constants belong here. */
export function styleElement(css: string): Html {
  if (css.includes('<')) throw new Error('a style sheet must not contain "<"')
  return { markup: `<style>${css}</style>` }
}
