import { plain } from './plain'

/*
 * The inert HTML of one post: what the page drew, as text that can never act. It is written out by hand
 * instead of `outerHTML`, so that nothing is kept that was not chosen.
 */

const droppedElements = new Set([
  'script',
  'style',
  'link',
  'meta',
  'base',
  'iframe',
  'frame',
  'object',
  'embed',
  'applet',
  'template',
  'noscript',
  'input',
  'textarea',
  'select',
  'option',
  'datalist',
  'canvas',
  'portal',
  'fencedframe',
]) // prettier-ignore

/** Elements whose content stays while they themselves become a plain `div`: they could act. */
const unwrappedElements = new Set(['form', 'button', 'dialog', 'details', 'summary', 'slot', 'html', 'body'])

const addressAttributes = new Set([
  'href',
  'src',
  'srcset',
  'poster',
  'action',
  'formaction',
  'xlink:href',
  'background',
  'cite',
  'data',
  'ping',
  'attributionsrc',
  'longdesc',
  'usemap',
  'imagesrcset',
  'manifest',
  'profile',
  'codebase',
  'archive',
  'classid',
  'icon',
  'dynsrc',
  'lowsrc',
  'srcdoc',
  'from',
  'to',
  'values',
  'by',
]) // prettier-ignore

const voidElements = new Set(['img', 'br', 'hr', 'wbr', 'area', 'col', 'source', 'track', 'param'])

/** What decides how a post looks; each is written only where it differs from what would be drawn anyway. */
const inheritedStyle = [
  'color',
  'direction',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'letter-spacing',
  'line-height',
  'text-align',
  'text-transform',
  'visibility',
  'white-space',
  'word-break',
  'overflow-wrap',
  'list-style-type',
] // prettier-ignore
const ownStyle = [
  'align-items',
  'background-color',
  'border-top',
  'border-right',
  'border-bottom',
  'border-left',
  'border-radius',
  'box-sizing',
  'display',
  'filter',
  'flex',
  'flex-direction',
  'flex-wrap',
  'gap',
  'height',
  'justify-content',
  'margin',
  'max-height',
  'max-width',
  'min-width',
  'opacity',
  'order',
  'overflow',
  'padding',
  'position',
  'text-decoration-line',
  'text-overflow',
  'transform',
  'unicode-bidi',
  'width',
  '-webkit-line-clamp',
] // prettier-ignore
const plainValues = new Set([
  '',
  'none',
  'normal',
  'auto',
  '0px',
  'static',
  'visible',
  'rgba(0, 0, 0, 0)',
  'content-box',
  '0 1 auto',
  'row',
  'nowrap',
  '1',
  '0',
  'start',
  'isolate',
  'clip',
]) // prettier-ignore

/** Inert HTML and how many elements of each name were left out. */
export type Snapshot = { html: string; dropped: Record<string, number> }

type Walk = { out: string[]; size: number; dropped: Map<string, number> }

/** Where an element is written: below which style, and whether in a shadow tree, where slots have a meaning. */
type Place = { style: CSSStyleDeclaration | null; isInTree: boolean }

const sizeLimit = 6_000_000
/** A page may make up as many names as it likes. */
const namesAtMost = 200
/** What a page keeps for talking to its server is the person's own, and no part of what she shows to others. */
const secretName = /nonce|csrf|xsrf|token|secret|session|passw/

function count(walk: Walk, name: string): void {
  const known = walk.dropped.has(name) || walk.dropped.size < namesAtMost ? name : '(others)'
  walk.dropped.set(known, (walk.dropped.get(known) ?? 0) + 1)
}

function write(walk: Walk, piece: string): void {
  walk.size += piece.length
  if (walk.size > sizeLimit) count(walk, '(beyond the size limit)')
  else walk.out.push(piece)
}

function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'))
}

function escapeValue(value: string): string {
  return escapeText(value).replace(/"/g, '&quot;')
}

function styleOf(style: CSSStyleDeclaration, parent: CSSStyleDeclaration | null): string {
  const rules: string[] = []
  for (const name of inheritedStyle) {
    const value = style.getPropertyValue(name)
    if (value !== '' && value !== parent?.getPropertyValue(name)) rules.push(`${name}:${value}`)
  }
  for (const name of ownStyle) {
    const value = style.getPropertyValue(name)
    if (!plainValues.has(value) && !value.startsWith('0px none')) rules.push(`${name}:${value}`)
  }
  // A style may name a remote picture; nothing kept may ever fetch one.
  return rules.filter((rule) => !/url\(|image-set\(|expression\(|@import/i.test(rule)).join(';')
}

function attributesOf(element: Element, walk: Walk): string {
  let out = ''
  const isDrawing = element instanceof SVGElement
  for (const { name, value } of Array.from(plain(element).attributes)) {
    const lower = name.toLowerCase()
    if (!/^[a-z_][a-z0-9_:.-]*$/.test(lower) || lower.startsWith('on') || lower === 'style') continue
    if (lower === 'autofocus' || lower === 'contenteditable' || lower.startsWith('data-original-')) continue
    if (secretName.test(lower)) {
      count(walk, '(attribute that may be secret)')
      continue
    }
    // Drawing attributes of SVG name pictures and filters elsewhere: `fill="url(https://…)"`.
    const isAddress = addressAttributes.has(lower) || (isDrawing && /url\s*\(|\\/i.test(value))
    const kept = isAddress ? `data-original-${lower.replace(':', '-')}` : lower
    out += ` ${kept}="${escapeValue(value.slice(0, 20_000))}"`
  }
  return out
}

/** What stands in a slot takes its inherited style from there, not from the host that it is a child of. */
function placeOf(child: Element, style: CSSStyleDeclaration, isInTree: boolean): Place {
  const slot = plain(child).assignedSlot
  return { style: slot ? getComputedStyle(slot) : style, isInTree }
}

function writeChildren(
  parent: Element | ShadowRoot,
  place: { style: CSSStyleDeclaration; isInTree: boolean },
  walk: Walk,
): void {
  for (const child of Array.from(plain(parent).childNodes)) {
    if (walk.size > sizeLimit) break
    if (child.nodeType === 3) write(walk, escapeText(child.nodeValue ?? ''))
    else if (child.nodeType === 1)
      writeElement(child as Element, placeOf(child as Element, place.style, place.isInTree), walk)
  }
}

/** An open shadow tree, declared as the browser would read it again; what stands in it is written as all else. */
function writeTree(tree: ShadowRoot, style: CSSStyleDeclaration, walk: Walk): void {
  write(walk, '<template shadowrootmode="open">')
  writeChildren(tree, { style, isInTree: true }, walk)
  write(walk, '</template>')
}

function writeElement(element: Element, place: Place, walk: Walk): void {
  const name = plain(element).localName.toLowerCase()
  if (droppedElements.has(name) || !/^[a-z][a-z0-9-]*$/.test(name)) {
    count(walk, name.slice(0, 40))
    return
  }
  const style = getComputedStyle(element)
  const css = styleOf(style, place.style)
  const isUnwrapped = unwrappedElements.has(name) && !(name === 'slot' && place.isInTree)
  const tag = isUnwrapped ? 'div' : name
  const original = isUnwrapped ? ` data-original-element="${name}"` : ''
  write(walk, `<${tag}${original}${attributesOf(element, walk)}${css ? ` style="${escapeValue(css)}"` : ''}>`)
  if (voidElements.has(tag)) return
  const tree = plain(element).shadowRoot
  if (tree) writeTree(tree, style, walk)
  writeChildren(element, { style, isInTree: place.isInTree }, walk)
  write(walk, `</${tag}>`)
}

/**
 * The inert HTML of a post: computed style inlined where it matters, scripts, forms and embedded things left
 * out and counted, every address renamed `data-original-…` so that opening it fetches nothing. Open shadow trees stand
 * in it as `<template shadowrootmode="open">`. Ends early at 6 million characters and says so in `dropped`.
 */
export function snapshotPost(post: Element): Snapshot {
  const walk: Walk = { out: [], size: 0, dropped: new Map() }
  writeElement(post, { style: null, isInTree: false }, walk)
  const policy = `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`
  return { html: `<!doctype html>${policy}${walk.out.join('')}`, dropped: Object.fromEntries(walk.dropped) }
}
