import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { build } from 'vite'
import { projectFolder } from '../../scripts/shell'

/** A page with many posts: how many a reader finds in it, and how many ids or addresses they have between them. */
export type GrownPage = { html: string; posts: number; ids: number }

let readers: Promise<string> | undefined

/** The readers as one script, so that a bench can ask for the elements of posts; no page gets it otherwise. */
async function bundleReaders(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: projectFolder,
    build: {
      write: false,
      target: 'esnext',
      lib: { entry: join(projectFolder, 'utils/platforms/index.ts'), formats: ['iife'], name: 'readers' },
    },
  })
  const [first] = [built].flat()
  const code = first !== undefined && 'output' in first ? first.output[0]?.code : undefined
  if (code === undefined) throw new Error('the readers could not be bundled')
  return code
}

/**
 * Runs in the page. The list that has most of the posts in it is repeated until there are enough. Every number in
 * an attribute, and every mixed token, is another in each copy; so ids and addresses differ as those of posts do.
 */
const grow = `(count) => {
  const address = new URL(location.href)
  const find = () => readers.findPlatform(address, document)?.findPosts(document, address) ?? []
  const lists = new Map()
  for (const post of find()) {
    for (let at = post; at.parentElement && at !== document.body; at = at.parentElement) {
      const parts = lists.get(at.parentElement) ?? new Set()
      lists.set(at.parentElement, parts.add(at))
    }
  }
  const [list, parts] = [...lists].reduce((best, one) => (one[1].size > best[1].size ? one : best), [null, new Set()])
  if (list === null) return null
  const alphabet = 'abcdefghijkmnpqrstuv'
  const letters = (copy) => [400, 20, 1].map((unit) => alphabet[Math.floor(copy / unit) % 20]).join('')
  const other = (token, copy) => {
    const [, word, number] = /^([A-Za-z]+)(\\d+)$/.exec(token) ?? []
    if (number !== undefined) return word + (BigInt(number) + BigInt(copy) * 100003n)
    if (/^\\d+$/.test(token)) return String(BigInt(token) + BigInt(copy) * 100003n).padStart(token.length, '0')
    // In the middle: posts of one page often differ in their last letters only.
    const at = Math.min(5, token.length - 4)
    return /\\d/.test(token) ? token.slice(0, at) + letters(copy) + token.slice(at + 3) : token
  }
  const isKept = (name) => /^(class|style|src|srcset|alt|title|d|points|viewBox|transform|aria-.*)$/i.test(name)
  const renumber = (root, copy) => {
    for (const element of [root, ...root.querySelectorAll('*')])
      for (const { name, value } of [...element.attributes])
        if (/^(id|data-(mid|.*id))$/.test(name) && /^[A-Za-z_-]*\\d+$/.test(value))
          element.setAttribute(name, value.replace(/\\d+/, (number) => BigInt(number) + BigInt(copy) * 100003n))
        else if (!isKept(name))
          element.setAttribute(name, value.replace(/[A-Za-z0-9]{6,}/g, (token) => other(token, copy)))
    return root
  }
  // One below the other, also where the platform places them itself.
  for (const part of parts)
    if (getComputedStyle(part).position === 'absolute') part.style.cssText += ';position:static;transform:none'
  let end = [...parts].at(-1)
  for (let copy = 1; copy < 2_000 && find().length < count; copy += 25) {
    for (let step = 0; step < 25; step++) {
      for (const part of parts) {
        const added = renumber(part.cloneNode(true), copy + step)
        end.after(added)
        end = added
      }
    }
  }
  const posts = find()
  const platform = readers.findPlatform(address, document)
  const readings = posts.map((post) => platform.readPost(post, address, new Date()))
  const ids = new Set(readings.flatMap(({ postId, permalink }) => postId ?? permalink ?? []))
  return { html: '<!doctype html>' + document.documentElement.outerHTML, posts: posts.length, ids: ids.size }
}`

/** Grows a fixture that is open in this tab to at least so many posts. Throws when there is none to repeat. */
export async function growPage(page: Page, posts: number): Promise<GrownPage> {
  readers ??= bundleReaders()
  await page.evaluate(`${await readers}; globalThis.readers = readers`)
  const grown = (await page.evaluate(`(${grow})(${posts})`)) as GrownPage | null
  if (grown === null || grown.posts < posts) throw new Error(`only ${grown?.posts ?? 0} posts`)
  return grown
}
