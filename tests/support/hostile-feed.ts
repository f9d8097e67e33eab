import type { Site } from '../../scripts/browser/sites'
import { feedPost } from './feed'

/** Members of the document and of forms that a page can replace by elements of the same name. */
const clobbered = [
  'title',
  'body',
  'head',
  'documentElement',
  'activeElement',
  'scrollingElement',
  'querySelector',
  'querySelectorAll',
  'createElement',
  'createElementNS',
  'elementFromPoint',
  'elementsFromPoint',
  'addEventListener',
  'removeEventListener',
]
const clobberedInForms = [
  'parentElement',
  'parentNode',
  'childNodes',
  'children',
  'attributes',
  'contains',
  'closest',
  'matches',
  'getAttribute',
  'isConnected',
  'innerText',
  'textContent',
  'localName',
  'getBoundingClientRect',
  'querySelector',
  'querySelectorAll',
]

function page(address: string, body: string, script = ''): Site {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Home / X</title></head>
<body style="margin:0;font:15px sans-serif"><main role="main"><div data-testid="primaryColumn" style="width:600px;margin:auto">${body}</div></main>
<script>${script}</script></body></html>`
  return { address, html }
}

/** A feed that puts elements in place of everything that scripts ask the document for. */
export function clobberedFeed(address: string): Site {
  const names = clobbered.map((name) => `<form name="${name}"></form>`).join('')
  const inputs = clobberedInForms.map((name) => `<input type="hidden" name="${name}">`).join('')
  return page(
    address,
    `<a id="witnessmark"></a>${names}<form>${inputs}<div data-testid="cellInnerDiv">${feedPost(1)}</div></form>`,
  )
}

/** A page that writes down whatever happens in it. */
export function watchfulFeed(address: string): Site {
  const script = `
window.seen = []
new MutationObserver((records) => { for (const { type, target } of records) seen.push(type + ' ' + target.nodeName) })
  .observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
for (const name of ['message', 'error', 'unhandledrejection', 'securitypolicyviolation'])
  addEventListener(name, () => seen.push(name))
window.globals = Object.getOwnPropertyNames(window).length`
  return page(address, feedPost(1), script)
}

/**
 * A feed that changes its second post while pictures are taken, and puts it back afterwards: it sees when the
 * marks are hidden for them.
 */
export function shiftingFeed(address: string, change: { away: string; back: string }): Site {
  const script = `
const post = document.querySelectorAll('article')[1]
const words = post.querySelector('[data-testid="tweetText"] span')
const before = words.textContent
const away = () => { ${change.away} }
const back = () => { ${change.back} }
const started = new WeakSet()
new MutationObserver((records) => {
  for (const { target } of records) {
    if (target.parentNode !== document.documentElement || target === document.body) continue
    if (target.style.opacity !== '0' || started.has(target)) continue
    started.add(target)
    setTimeout(away, 40)
    setTimeout(back, 90)
  }
}).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ['style'] })`
  const posts = [1, 2, 3].map((index) => `<div data-testid="cellInnerDiv">${feedPost(index)}</div>`)
  return page(address, posts.join(''), change.away === '' ? '' : script)
}
