import type { Page } from 'puppeteer-core'
import type { Site } from '../../scripts/browser/sites'

/** Height of the header that stays at the top, in CSS pixels, and its colour, which nothing else has. */
export const header = { height: 60, color: [255, 0, 255] } as const

const filler = Array.from(
  { length: 30 },
  (_, index) => `<p class="filler">Paragraph ${index + 1} of the minutes, kept for completeness.</p>`,
).join('\n')

/** A page of no known platform: an outline of headings, times, a language, a header that stays, and much below it. */
export function forumPage(address: string): Site {
  return {
    address,
    html: `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Minutes of Riverside</title>
<meta property="article:published_time" content="2026-11-18T08:00:00Z">
<style>
body { margin: 0; font: 16px/1.5 sans-serif; background: #fff; }
header { position: sticky; top: 0; height: ${header.height}px; background: rgb(${header.color.join(' ')}); }
main { width: 640px; margin: auto; }
.filler { height: 90px; margin: 0; }
blockquote { margin: 20px 0; padding: 10px; background: #eee; }
</style></head>
<body><header></header><main>
<h1>Town meeting</h1>
<h2>Earlier matters</h2><p>Nothing of note.</p>
<h2>Harbour</h2>
<article id="one" lang="de"><h3>Wortmeldungen</h3>
<p><a id="link" href="/people/oda">Oda Brandt</a> <time datetime="2026-11-19T17:30:00+01:00">gestern</time></p>
<blockquote id="words">Wer so redet, soll verschwinden.</blockquote></article>
${filler}
<p id="end">The meeting was closed.</p>
</main><script>
globalThis.presses = []
for (const name of ['click', 'pointerdown', 'mousedown', 'keydown'])
  document.addEventListener(name, () => presses.push(name))
</script></body></html>`,
  }
}

type Band = { top: number; height: number }

/** Runs in a page: the picture's size, and the bands of rows in which the header's colour is. */
const findBands = `async (base64, [red, green, blue]) => {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const context = canvas.getContext('2d')
  context.drawImage(bitmap, 0, 0)
  const { data } = context.getImageData(20, 0, 1, bitmap.height)
  const bands = []
  for (let y = 0; y < bitmap.height; y++) {
    const isHeader = data[y * 4] === red && data[y * 4 + 1] === green && data[y * 4 + 2] === blue
    const last = bands.at(-1)
    if (isHeader && last && last.top + last.height === y) last.height += 1
    else if (isHeader) bands.push({ top: y, height: 1 })
  }
  return { width: bitmap.width, height: bitmap.height, bands }
}`

/** Size of a PNG, and the bands of rows in which the header stands. Looked at in a page, whichever. */
export async function lookAtPicture(page: Page, png: Uint8Array) {
  const base64 = JSON.stringify(Buffer.from(png).toString('base64'))
  const found = await page.evaluate(`(${findBands})(${base64}, ${JSON.stringify(header.color)})`)
  return found as { width: number; height: number; bands: Band[] }
}
