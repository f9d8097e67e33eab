import type { Page } from 'puppeteer-core'
import type { Chromium } from '../../scripts/browser/chromium'
import type { Person } from '../../scripts/browser/person'
import { waitUntil } from '../../scripts/browser/seen'
import type { ScreenWords } from '../../scripts/browser/words'
import { picturedPost } from './picture-feed'

/** How two pictures differ: sizes in pixels, and how many pixels are unlike where both have one. */
export type PictureDifference = {
  captured: { width: number; height: number }
  reference: { width: number; height: number }
  unlike: number
  /** Rows of the first and the last pixel that is unlike; null when none is. */
  rows: { first: number; last: number } | null
}

const isPictureThere = `(() => {
  const picture = document.querySelector('figure img')
  return picture !== null && picture.complete && picture.naturalWidth > 0
})()`

const takePictureOut = `(() => {
  const picture = document.querySelector('figure img')
  const canvas = document.createElement('canvas')
  canvas.width = picture.naturalWidth
  canvas.height = picture.naturalHeight
  canvas.getContext('2d').drawImage(picture, 0, 0)
  return canvas.toDataURL('image/png')
})()`

/** Opens the newest item of the locker page, as a person does, once the page lists this many. */
export async function openNewestItem(locker: Person, { t }: ScreenWords, count: number): Promise<void> {
  await locker.page.bringToFront()
  const line = t('items.count', { count })
  await waitUntil(`"${line}" on the locker page`, async () =>
    (await locker.eyes.look()).some((seen) => seen.name === line),
  )
  await locker.press('button', new RegExp(`^${t('item.details')}: `))
  await locker.find('tab', t('item.tab.capture'))
}

/** The picture of the post in the item that is open, as the address of a PNG; null when it has none. */
export async function pictureInLocker(locker: Person, { t }: ScreenWords): Promise<string | null> {
  if ((await locker.all('button', t('item.showPicture'))).length === 0) return null
  await locker.press('button', t('item.showPicture'))
  await waitUntil('the picture to be drawn', async () => locker.page.evaluate(isPictureThere))
  return (await locker.page.evaluate(takePictureOut)) as string
}

/** What the open item says of how it was captured, as a person reads it, on one line. */
export async function captureFactsIn(locker: Person, { t }: ScreenWords): Promise<string> {
  await locker.press('tab', t('item.tab.capture'))
  return waitUntil('the facts of the capture', async () => {
    const text = await locker.page.evaluate(() => document.body.innerText.replace(/\s+/g, ' '))
    return text.includes(t('item.notRecorded')) ? text : null
  })
}

/** Goes back to the list. */
export async function closeItem(locker: Person, { t }: ScreenWords): Promise<void> {
  await locker.press('button', t('common.back'))
}

/**
 * What the browser itself makes of the post, whole and at device pixels, in a tab that the extension never
 * entered. `zoom` is the tab's; the covers are made invisible, areas that scroll by themselves as tall as
 * what is in them.
 */
export async function pictureByBrowser(page: Page, zoom: number): Promise<string> {
  await page.bringToFront()
  const box = await page.evaluate((selector) => {
    for (const cover of document.querySelectorAll<HTMLElement>('[data-cover]'))
      cover.style.visibility = 'hidden'
    for (const area of document.querySelectorAll<HTMLElement>('[data-area]'))
      Object.assign(area.style, { height: 'auto', overflow: 'visible' })
    const inPage = document.querySelector(selector)
    const frame = inPage ? null : document.querySelector('iframe')
    const post = inPage ?? frame?.contentDocument?.querySelector(selector)
    const corner = { left: scrollX, top: scrollY }
    if (frame && post) {
      // Into the middle of its frame, so that all of it is painted.
      post.scrollIntoView({ block: 'center', behavior: 'instant' })
      const style = getComputedStyle(frame)
      const { left, top } = frame.getBoundingClientRect()
      const [border, padding] = [style.borderTopWidth, style.paddingTop].map(Number.parseFloat)
      // The page in a frame begins at a whole device pixel.
      const begin = (edge: number): number =>
        Math.round((edge + (border ?? 0) + (padding ?? 0)) * devicePixelRatio) / devicePixelRatio
      corner.left += begin(left)
      corner.top += begin(top)
    }
    const { x, y, right, bottom } = post?.getBoundingClientRect() ?? new DOMRect()
    return {
      x: x + corner.left,
      y: y + corner.top,
      right: right + corner.left,
      bottom: bottom + corner.top,
      devicePixelRatio,
      isInFrame: frame !== null,
    }
  }, picturedPost)
  // To whole device pixels, as far as the post is painted into them; the protocol counts without zoom.
  const { devicePixelRatio: scale } = box
  const first = (place: number): number => Math.floor(place * scale + 0.1)
  const last = (place: number): number => Math.ceil(place * scale - 0.1)
  const [x, y] = [first(box.x), first(box.y)]
  const unit = zoom / scale
  const size = { width: (last(box.right) - x) * unit, height: (last(box.bottom) - y) * unit }
  const clip = { x: x * unit, y: y * unit, ...size, scale: 1 }
  const session = await page.createCDPSession()
  if (box.isInFrame) {
    // Cut out of the window as it is: where it is made larger for a picture, frames come to stand elsewhere.
    const whole = (await session.send('Page.captureScreenshot', { format: 'png' })).data
    const rect = [x, y, last(box.right) - x, last(box.bottom) - y]
    return (await page.evaluate(`(${cutOut})('data:image/png;base64,${whole}', ${rect.join()})`)) as string
  }
  const question = { format: 'png', clip, captureBeyondViewport: true } as const
  const { data } = await session.send('Page.captureScreenshot', question)
  return `data:image/png;base64,${data}`
}

const cutOut = `async (address, x, y, width, height) => {
  const image = new Image()
  image.src = address
  await image.decode()
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  canvas.getContext('2d').drawImage(image, -x, -y)
  return canvas.toDataURL('image/png')
}`

const differ = `async (captured, reference) => {
  const load = async (address) => {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
    const context = canvas.getContext('2d')
    context.drawImage(image, 0, 0)
    return context.getImageData(0, 0, canvas.width, canvas.height)
  }
  const [one, other] = [await load(captured), await load(reference)]
  const width = Math.min(one.width, other.width)
  const height = Math.min(one.height, other.height)
  const [a, b] = [one, other].map(({ data }) => new Uint32Array(data.buffer))
  let unlike = 0, rows = null
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (a[y * one.width + x] === b[y * other.width + x]) continue
      unlike += 1
      rows = { first: rows?.first ?? y, last: y }
    }
  }
  const size = ({ width, height }) => ({ width, height })
  return { captured: size(one), reference: size(other), unlike, rows }
}`

/** Compares two pictures, pixel by pixel, from their upper left corners. */
export async function comparePictures(
  chromium: Chromium,
  captured: string,
  reference: string,
): Promise<PictureDifference> {
  const page = await chromium.browser.newPage()
  try {
    const [one, other] = [JSON.stringify(captured), JSON.stringify(reference)]
    return (await page.evaluate(`(${differ})(${one}, ${other})`)) as PictureDifference
  } finally {
    await page.close()
  }
}

const grain = 10
/** What the smoothing of letters and edges makes of the mean of such a field. */
const slight = 24

const differAtLarge = `async (captured, reference) => {
  const load = async (address) => {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = new OffscreenCanvas(image.naturalWidth / ${grain}, image.naturalHeight / ${grain})
    const context = canvas.getContext('2d')
    context.imageSmoothingQuality = 'high'
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return { size: [image.naturalWidth, image.naturalHeight], data: context.getImageData(0, 0, canvas.width, canvas.height).data }
  }
  const [one, other] = [await load(captured), await load(reference)]
  let unlike = 0
  for (let at = 0; at < Math.max(one.data.length, other.data.length); at++)
    if (!(Math.abs(one.data[at] - other.data[at]) <= ${slight})) unlike += 1
  return { unlike, isSameSize: one.size.every((length, index) => length === other.size[index]) }
}`

/**
 * Compares two pictures by the mean colours of fields of 10 by 10 pixels: for what the browser smooths otherwise in
 * one of them. A strip in the wrong place, or something over it, is unlike.
 */
export async function comparePicturesAtLarge(
  chromium: Chromium,
  captured: string,
  reference: string,
): Promise<{ unlike: number; isSameSize: boolean }> {
  const page = await chromium.browser.newPage()
  try {
    const [one, other] = [JSON.stringify(captured), JSON.stringify(reference)]
    return (await page.evaluate(`(${differAtLarge})(${one}, ${other})`)) as {
      unlike: number
      isSameSize: boolean
    }
  } finally {
    await page.close()
  }
}
