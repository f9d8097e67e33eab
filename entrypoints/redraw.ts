import html2canvas from 'html2canvas'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { isolatedWorld } from '../utils/page/isolated-world'

function groundColor(): string {
  // By the tag: a page can put a form in place of `document.body`.
  const [body] = Document.prototype.getElementsByTagName.call(document, 'body')
  return body ? getComputedStyle(body).backgroundColor : '#ffffff'
}

/** The drawing is made in a copy of the page, in which these would be asked for once more. */
const asksAgain = 'iframe,frame,object,embed,audio,link:not([rel~="stylesheet" i]),meta[http-equiv]'
/** CSS pixels: the page decides how large a post is, the background must be able to hold its picture. */
const widest = 4_000
const tallest = 16_000

/** Draws an element again as a PNG in base64. Pictures of other sites stay out: nothing is fetched for it. */
async function redraw(element: Element): Promise<string> {
  const { width, height } = element.getBoundingClientRect()
  const canvas = await html2canvas(element as HTMLElement, {
    logging: false,
    useCORS: false,
    allowTaint: false,
    imageTimeout: 1,
    width: Math.min(Math.ceil(width), widest),
    height: Math.min(Math.ceil(height), tallest),
    ignoreElements: (one) => Element.prototype.matches.call(one, asksAgain),
    backgroundColor: groundColor(),
  })
  return canvas.toDataURL('image/png').split(',')[1] ?? ''
}

export default defineUnlistedScript(() => {
  const world = isolatedWorld()
  if (!world) return
  world.redraw = async (choice) => {
    const element = world.elementOf(choice)
    if (!element) throw new Error('the post is gone')
    return redraw(element)
  }
})
