import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HTTPRequest, Page } from 'puppeteer-core'
import { projectFolder } from '../shell'

/** A page that is shown at a platform's real address without any network. */
export type Site = {
  address: string
  html: string | Uint8Array
  /** A saved page stays as it was saved: its own scripts do not run. */
  isSaved?: true
  /** What the page asks for besides; sent as servers of pictures do, readable by other sites. */
  files?: {
    address: string
    contentType: string
    bytes: Uint8Array
    headers?: Record<string, string>
  }[]
}

/** A page that the person saved, to be shown at the address it came from. */
export function savedSite(address: string, bytes: Uint8Array): Site {
  return { address: new URL(address).href, html: bytes, isSaved: true }
}

/** Most saved pages name their encoding; those that do not are UTF-8 today. */
function contentTypeOf(html: string | Uint8Array): string {
  if (typeof html === 'string') return 'text/html; charset=utf-8'
  const start = Buffer.from(html.subarray(0, 2_048)).toString('latin1')
  return /<meta[^>]+charset/i.test(start) ? 'text/html' : 'text/html; charset=utf-8'
}

/** Addresses of the practice feeds; the files stand in `scripts/practice/`. */
export const practiceAddresses = {
  x: 'https://x.com/home',
  youtube: 'https://www.youtube.com/watch?v=hR7mQ2vLk0s',
  reddit: 'https://www.reddit.com/r/riverside/comments/1k7n2qd/who_speaks_for_the_river/',
  bluesky: 'https://bsky.app/profile/lenavasko.bsky.social/post/3n2q3zaypc22l',
  mastodon: 'https://social.example/home',
} as const

export type PracticePlatform = keyof typeof practiceAddresses

/** The practice feed of one platform: invented people and posts in the platform's own page structure. */
export function practiceSite(platform: PracticePlatform): Site {
  const file = join(projectFolder, 'scripts', 'practice', `${platform}.html`)
  return { address: practiceAddresses[platform], html: readFileSync(file, 'utf8') }
}

/** All practice feeds. */
export function practiceSites(): Site[] {
  return (Object.keys(practiceAddresses) as PracticePlatform[]).map(practiceSite)
}

/** Pictures of the practice feeds, whatever host they are asked from: `…/practice-river.svg`. */
function practicePicture(address: string): Buffer | null {
  const name = /\/practice-([a-z0-9-]+)\.svg$/.exec(address)?.[1]
  const file = join(projectFolder, 'scripts', 'practice', 'pictures', `${name}.svg`)
  return name !== undefined && existsSync(file) ? readFileSync(file) : null
}

function withoutHash(address: string): string {
  return address.replace(/#.*$/, '')
}

/** What a page asked for and did not get, and what it was given. */
export type Traffic = { served: string[]; refused: string[] }

/**
 * From now on the page is answered from these sites and from nothing else: any other request fails as if there
 * were no network. Sites added to the list later count as well.
 */
export async function serveSites(page: Page, sites: readonly Site[], traffic: Traffic): Promise<void> {
  await page.setRequestInterception(true)
  page.on('request', (request: HTTPRequest) => {
    const address = withoutHash(request.url())
    const isFile = address.startsWith('file:') && request.isNavigationRequest()
    if (isFile || /^(data|blob|about|chrome-extension):/.test(address)) {
      void request.continue()
      return
    }
    const site = sites.find((candidate) => withoutHash(candidate.address) === address)
    if (site !== undefined && request.isNavigationRequest()) {
      traffic.served.push(address)
      void request.respond({
        contentType: contentTypeOf(site.html),
        body: site.html,
        headers: site.isSaved ? { 'content-security-policy': "script-src 'none'" } : {},
      })
      return
    }
    const file = sites.flatMap(({ files = [] }) => files).find((one) => one.address === address)
    if (file !== undefined) {
      traffic.served.push(address)
      const headers = { 'access-control-allow-origin': '*', 'timing-allow-origin': '*' }
      void request.respond({
        contentType: file.contentType,
        body: file.bytes,
        headers: { ...headers, 'cache-control': 'max-age=3600', ...file.headers },
      })
      return
    }
    const picture = practicePicture(address)
    if (picture !== null) {
      void request.respond({ contentType: 'image/svg+xml', body: picture })
      return
    }
    traffic.refused.push(address)
    void request.abort('addressunreachable')
  })
}
