import { encryptStream, makeWitness } from '../../utils/crypto/recipients'
import { collectStream, forgeBundle, listFiles, sampleBundle } from './sample-bundle'
import { sampleItem, samplePart } from './sample-items'

const utf8 = (text: string) => new TextEncoder().encode(text)

function venomousItem(address: string, html: string, svg: string) {
  const part = (name: string, role: 'html' | 'media', mediaType: string, text: string) =>
    samplePart({ name, role, mediaType, method: role === 'html' ? 'dom' : 'fetched' }, utf8(text))
  return sampleItem({
    post: {
      text: html,
      author: { handle: html, name: html, profile: `${address}/profile`, id: html },
      permalink: `${address}/<script>window.ran=1</script>\u202e`,
    },
    page: { title: html, address: `${address}/page` },
    parts: [
      part('post.html.txt', 'html', 'text/plain', html),
      part('media-1.svg', 'media', 'image/svg+xml', svg),
    ],
  })
}

/**
 * A bundle whose every text tries to run something (it would set `window.ran`) and to call `address`; the same with
 * such a report and picture put in its place, its report alone, and the good one as an age file with its key.
 */
export async function venomous(address: string) {
  const html =
    `<img src="${address}/a.png" onerror="window.ran = 1"><script src="${address}/a.js"></script>` +
    `<script>window.ran = 1</script><style>@import "${address}/a.css";</style>`
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran = 1">' +
    `<image href="${address}/b.png"/><script>window.ran = 1</script></svg>`
  const good = await sampleBundle([venomousItem(address, html, svg)])
  const evil = forgeBundle(good, (files) => {
    files.set('data/report/report.html', utf8(html))
    files.set('data/report/evil.svg', utf8(svg))
  })
  const report = listFiles(good).find(({ name }) => name === 'data/report/report.html')
  if (!report) throw new Error('a bundle has a report')
  const { identity, recipient } = await makeWitness([])
  const stream = await encryptStream(new Blob([good]).stream(), {
    kind: 'recipients',
    recipients: [recipient],
  })
  const sealed = await collectStream(stream as ReadableStream<Uint8Array<ArrayBuffer>>)
  return { good, evil, report: report.content, sealed, identity }
}
