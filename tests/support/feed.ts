import type { Site } from '../../scripts/browser/sites'

const firstId = 2123700000000000000n

type Post = { handle: string; name: string; text: string }

/** One post in X's page structure, by an author of its own: `author17`. */
export function feedPost(index: number): string {
  const text = `Post number ${index}: somebody should make her stop.`
  return postOf(index, { handle: `author${index}`, name: `Author ${index}`, text })
}

function postOf(index: number, { handle, name, text }: Post): string {
  const link = `/${handle}/status/${firstId + BigInt(index) * 4194304000n}`
  return `<article role="article" tabindex="0" data-testid="tweet" style="display:block;padding:12px;min-height:110px;border-bottom:1px solid #ddd">
<div data-testid="User-Name"><div><a href="/${handle}" role="link"><span>${name}</span></a></div>
<div><a href="/${handle}" role="link" tabindex="-1"><span>@${handle}</span></a>
<a href="${link}" role="link"><time datetime="2026-11-20T09:00:${String(index % 60).padStart(2, '0')}.000Z">3h</time></a></div></div>
<div dir="auto" lang="en" data-testid="tweetText"><span>${text}</span></div>
</article>`
}

/** A page of the platform around these cells. */
export function feedPage(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Home / X</title></head>
<body style="margin:0;font:15px sans-serif"><main role="main"><div data-testid="primaryColumn" style="width:600px;margin:auto">${body}</div></main></body></html>`
}

/** A feed of one post. */
export function feedWith(address: string, post: Post): Site {
  return { address, html: feedPage(`<div data-testid="cellInnerDiv">${postOf(1, post)}</div>`) }
}

/** A feed of this many posts, all of them in the page. */
export function longFeed(address: string, count: number): Site {
  const posts = Array.from(
    { length: count },
    (_, index) => `<div data-testid="cellInnerDiv">${feedPost(index)}</div>`,
  )
  return { address, html: feedPage(posts.join('\n')) }
}

/**
 * A feed as the platform draws it: twelve cells for a hundred posts, moved and filled again while one scrolls,
 * and emptied in between.
 */
export function virtualFeed(address: string): Site {
  const posts = JSON.stringify(Array.from({ length: 100 }, (_, index) => feedPost(index)))
  const script = `
const posts = ${posts}
const height = 150, cells = 12
const list = document.getElementById('list')
list.style.cssText = 'position:relative;height:' + posts.length * height + 'px'
const pool = Array.from({ length: cells }, () => {
  const cell = document.createElement('div')
  cell.dataset.testid = 'cellInnerDiv'
  cell.style.cssText = 'position:absolute;left:0;right:0;height:' + height + 'px'
  list.append(cell)
  return cell
})
function draw() {
  const first = Math.max(0, Math.min(posts.length - cells, Math.floor(scrollY / height) - 2))
  for (let index = first; index < first + cells; index++) {
    const cell = pool[index % cells]
    if (cell.dataset.index === String(index)) continue
    cell.dataset.index = String(index)
    cell.replaceChildren()
    cell.style.transform = 'translateY(' + index * height + 'px)'
    cell.innerHTML = posts[index]
  }
}
addEventListener('scroll', draw)
draw()`
  return { address, html: feedPage(`<div id="list"></div><script>${script}</script>`) }
}
