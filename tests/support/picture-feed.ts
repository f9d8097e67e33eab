import type { Site } from '../../scripts/browser/sites'

/** The author of the post that is to be pictured. */
export const picturedAuthor = 'harbour_kite'
/** Finds that post in the page. */
export const picturedPost = '[data-pictured]'

export type PictureFeed = {
  address: string
  /** Lines of the post, 25 CSS pixels each. */
  lines: number
  direction?: 'ltr' | 'rtl'
  /** A header that sticks to the column's top and a footer that is fixed to the window's end. */
  covers?: 'header-and-footer'
  /** The posts stand in an area that scrolls by itself, below a bar and above another, as in conversations. */
  area?: 'own-scroll'
  /** Lines of broken height, so that every edge falls between two pixels. */
  edges?: 'between-pixels'
  /** Runs in the page. */
  script?: string
}

const coverStyle =
  'left:0;right:0;z-index:5;background:#c2185b;color:#fff;font:bold 20px sans-serif;padding:16px'

function covers({ covers: kind }: PictureFeed): [string, string] {
  if (kind === undefined) return ['', '']
  return [
    `<div data-cover style="position:sticky;top:0;${coverStyle}">A header that stays</div>`,
    `<div data-cover style="position:fixed;bottom:0;${coverStyle}">A footer that stays</div>`,
  ]
}

/** What stands around the posts, before and after them. */
function areaAround({ area }: PictureFeed): [string, string] {
  if (area === undefined) return ['', '']
  const bar = (words: string) => `<div data-cover style="${coverStyle}">${words}</div>`
  const style = 'height:420px;overflow-y:auto;scrollbar-width:none;position:relative'
  return [`${bar('A bar above')}<div data-area style="${style}">`, `</div>${bar('A bar below')}`]
}

/** No two lines look alike: a strip in the wrong place, or twice, is a different picture. */
function line(index: number, { edges, direction }: PictureFeed): string {
  const height = edges === undefined ? 25 : 25.3
  const hue = (index * 47) % 360
  const words = direction === 'rtl' ? `السطر ${index} من رسالة طويلة` : `Line ${index} of a long letter`
  return `<span style="display:block;height:${height}px;line-height:25px;white-space:nowrap;overflow:hidden"><i style="display:inline-block;width:${20 + ((index * 31) % 160)}px;height:15px;background:linear-gradient(90deg,hsl(${hue} 80% 45%),hsl(${hue} 80% 80%))"></i> ${words}</span>`
}

function post(handle: string, id: bigint, words: string, marker: string): string {
  return `<div data-testid="cellInnerDiv"><article role="article" tabindex="0" data-testid="tweet" ${marker} style="display:block;padding:12px;border-bottom:1px solid #ddd">
<div data-testid="User-Name"><div><a href="/${handle}" role="link"><span>${handle}</span></a></div>
<div><a href="/${handle}" role="link" tabindex="-1"><span>@${handle}</span></a>
<a href="/${handle}/status/${id}" role="link"><time datetime="2026-11-20T09:00:00.000Z">3h</time></a></div></div>
<div dir="auto" data-testid="tweetText">${words}</div>
</article></div>`
}

/** A feed with one post to be pictured between two others. Everything in it is invented. */
export function pictureFeed(feed: PictureFeed): Site {
  const lines = Array.from({ length: feed.lines }, (_, index) => line(index, feed)).join('')
  const [header, footer] = covers(feed)
  const [start, end] = areaAround(feed)
  const posts = [
    post('mill_lantern', 2123700000000000001n, '<span>Before it.</span>', ''),
    post(picturedAuthor, 2123700000000000002n, lines, 'data-pictured'),
    post('quiet_tern', 2123700000000000003n, '<span>After it.</span>', ''),
  ]
  const script = feed.script === undefined ? '' : `<script>${feed.script}</script>`
  return {
    address: feed.address,
    html: `<!doctype html><html lang="en" dir="${feed.direction ?? 'ltr'}"><head><meta charset="utf-8"><title>Home / X</title></head>
<body style="margin:0;background:#fff;font:15px sans-serif"><main role="main"><div data-testid="primaryColumn" style="width:600px;margin:auto">${header}${start}${posts.join('\n')}<div style="height:1200px"></div>${end}</div></main>${footer}${script}</body></html>`,
  }
}
