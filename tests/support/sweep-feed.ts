import type { Site } from '../../scripts/browser/sites'
import { feedPage, feedPost } from './feed'

/** What the feed itself notes of its posts: the longest time, in milliseconds, that each stood fully in view. */
export type FullyInView = Record<string, number>

/** The expression that gives it. */
export const fullyInView = 'Object.fromEntries(longest)'

/** In CSS pixels. */
const headerHeight = 53

/** Height of a reply of `replyFeed`, in CSS pixels. */
export const replyHeight = (index: number): number => 84 + ((index * 37) % 60)

/**
 * A thread of many replies as the platform draws it: a few cells that are moved, emptied and filled again while one
 * scrolls, a frame later than the scrolling; replies of different heights; a header that stays. At each frame the
 * page notes which posts stand fully below the header.
 */
export function replyFeed(address: string, count: number): Site {
  const posts = JSON.stringify(Array.from({ length: count }, (_, index) => feedPost(index)))
  const script = `
const posts = ${posts}
const heightOf = ${replyHeight}
const tops = [${headerHeight}]
for (let index = 0; index < posts.length; index++) tops.push(tops[index] + heightOf(index))
const cells = 24
const list = document.getElementById('list')
list.style.cssText = 'position:relative;height:' + tops.at(-1) + 'px'
const pool = Array.from({ length: cells }, () => {
  const cell = document.createElement('div')
  cell.dataset.testid = 'cellInnerDiv'
  cell.style.cssText = 'position:absolute;left:0;right:0;overflow:hidden'
  list.append(cell)
  return cell
})
function firstShown() {
  let low = 0, high = posts.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (tops[middle + 1] < scrollY) low = middle + 1
    else high = middle
  }
  return low
}
function draw() {
  const first = Math.max(0, Math.min(posts.length - cells, firstShown() - 3))
  for (let index = first; index < Math.min(posts.length, first + cells); index++) {
    const cell = pool[index % cells]
    if (cell.dataset.index === String(index)) continue
    cell.dataset.index = String(index)
    cell.replaceChildren()
    cell.style.transform = 'translateY(' + tops[index] + 'px)'
    cell.style.height = heightOf(index) + 'px'
    requestAnimationFrame(() => {
      if (cell.dataset.index !== String(index)) return
      cell.innerHTML = posts[index]
      cell.firstElementChild.style.height = heightOf(index) - 13 + 'px'
      cell.firstElementChild.style.minHeight = '0'
      cell.firstElementChild.style.padding = '6px 12px'
    })
  }
}
const longest = new Map(), since = new Map()
function note(now) {
  requestAnimationFrame(note)
  for (const cell of pool) {
    const post = cell.firstElementChild, index = cell.dataset.index
    const box = post && post.getBoundingClientRect()
    const isFull = box && box.top >= ${headerHeight} && box.bottom <= innerHeight
    for (const [other, one] of since) if (one.cell === cell && (other !== index || !isFull)) since.delete(other)
    if (!isFull) continue
    if (!since.has(index)) since.set(index, { cell, at: now })
    longest.set(index, Math.max(longest.get(index) ?? 0, now - since.get(index).at))
  }
}
addEventListener('scroll', draw)
draw()
requestAnimationFrame(note)`
  const header = `<header style="position:fixed;inset:0 0 auto;height:${headerHeight}px;background:#eee;z-index:5">Replies</header>`
  return { address, html: feedPage(`${header}<div id="list"></div><script>${script}</script>`) }
}

/**
 * Four posts: one that stands, one whose words change all the time, one of three windows' height, and a last one.
 */
export function restlessFeed(address: string): Site {
  const cells = [1, 2, 3, 4].map((index) => `<div data-testid="cellInnerDiv">${feedPost(index)}</div>`)
  const script = `
const words = document.querySelectorAll('[data-testid="tweetText"]')[1]
let turn = 0
setInterval(() => { words.textContent = 'These words stand for no moment: ' + ++turn }, 30)
document.querySelectorAll('article')[2].style.height = innerHeight * 3 + 'px'`
  return { address, html: feedPage(`${cells.join('')}<script>${script}</script>`) }
}
