import html2canvas from 'html2canvas'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { isolatedWorld } from '../utils/page/isolated-world'

/** Draws an element again as a PNG in base64. Pictures of other sites stay out: nothing is fetched for it. */
async function redraw(element: Element): Promise<string> {
  const canvas = await html2canvas(element as HTMLElement, {
    logging: false,
    useCORS: false,
    allowTaint: false,
    imageTimeout: 1,
    backgroundColor: getComputedStyle(document.body).backgroundColor,
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
