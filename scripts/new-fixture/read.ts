import type { PostReading } from '../../utils/model/post'
import { findPlatform } from '../../utils/platforms/index'
import { launchChromium } from '../browser/chromium'
import { readPage } from '../browser/read-page'
import { savedSite } from '../browser/sites'
import { ensureBuild } from '../build'
import { findChromium } from '../find-browser'
import { parsePage } from './dom'

/** What the reader of the page's platform says about every post, exactly as the suite asks it. */
export function readPosts(
  html: string,
  address: string,
  now: Date,
): { platform: string | null; readings: PostReading[] } {
  const page = parsePage(html)
  const where = new URL(address)
  const platform = findPlatform(where, page)
  const posts = platform?.findPosts(page, where) ?? []
  return {
    platform: platform?.id ?? null,
    readings: posts.flatMap((post) => platform?.readPost(post, where, now) ?? []),
  }
}

/** What the built extension reads on each of these pages in Chromium, one after the other. */
export async function readInChromium(
  pages: readonly { address: string; html: string | Uint8Array }[],
): Promise<PostReading[][]> {
  const [program, build] = await Promise.all([findChromium(), ensureBuild('chrome')])
  const sites = pages.map(({ address, html }) => savedSite(address, Buffer.from(html)))
  const chromium = await launchChromium({ program, build, sites })
  const answers: PostReading[][] = []
  try {
    for (const { address } of sites) {
      const tab = await chromium.openTab(address)
      answers.push(await readPage(chromium, tab))
      await tab.close()
    }
    return answers
  } finally {
    await chromium.close()
  }
}

/** Number and kinds of posts in one line: "3 posts: post, reply, quote". */
export function describeKinds(readings: readonly PostReading[]): string {
  const counts = new Map<string, number>()
  for (const { kind } of readings) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const parts = [...counts].map(([kind, count]) => `${count} × ${kind}`)
  return `${readings.length} ${readings.length === 1 ? 'post' : 'posts'}${parts.length ? ` (${parts.join(', ')})` : ''}`
}
