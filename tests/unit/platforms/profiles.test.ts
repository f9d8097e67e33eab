// @vitest-environment happy-dom
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { OtherSource, PlatformAdapter } from '../../../utils/model/platform'
import { PostReading } from '../../../utils/model/post'
import { platforms } from '../../../utils/platforms/index'

// Beside the files of fixtures.test.ts a case may have:
//   profile.json  what the head of its page says; a case without it shows no profile
//   profile-sources.json  what that page says a second time about the account; missing where it says nothing
//   sources.json  for each post in the order of expected.json, what its page says a second time
// and case.json may name the address of the profile's `picture` (null: it has none).

const root = 'tests/fixtures/platforms'
/** The moment of reading in every case that does not name another. */
const usualNow = '2026-11-22T12:00:00.000Z'

type About = { now?: string; picture?: string | null }

function listFolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function openCase(folder: string) {
  const about = readJson(`${folder}/case.json`) as About
  return {
    about,
    now: new Date(about.now ?? usualNow),
    address: new URL(readFileSync(`${folder}/address.txt`, 'utf8').trim()),
    page: new DOMParser().parseFromString(readFileSync(`${folder}/page.html`, 'utf8'), 'text/html'),
  }
}

/** Where a picture comes from, whether it is an image, an SVG image or a painted background. */
function pictureAddress(picture: Element | null): string | null {
  const names = ['src', 'href', 'xlink:href', 'style']
  return names.map((name) => picture?.getAttribute(name)).find((value) => value) ?? null
}

function listCases(platform: PlatformAdapter, file: string): { with: string[]; without: string[] } {
  const cases = listFolders(`${root}/${platform.id}`)
  const has = (name: string) => existsSync(`${root}/${platform.id}/${name}/${file}`)
  return { with: cases.filter(has), without: cases.filter((name) => !has(name)) }
}

it('expects profiles and second statements only of readers that give them', () => {
  const lacking = platforms.flatMap((platform) => [
    ...(platform.profile ? [] : listCases(platform, 'profile.json').with),
    ...(platform.otherSources ? [] : listCases(platform, 'sources.json').with),
  ])
  expect(lacking).toEqual([])
})

describe.each(platforms.filter((platform) => platform.profile))('profiles of $id', (platform) => {
  const cases = listCases(platform, 'profile.json')

  it('has a case, and a picture in one of them', () => {
    const pictures = cases.with.map((name) => {
      const { page, address } = openCase(`${root}/${platform.id}/${name}`)
      const element = platform.profile?.find(page, address)
      return element && platform.profile?.findPicture(element)
    })
    expect(pictures.filter((picture) => picture)).not.toEqual([])
  })

  it.each(cases.with)('%s', (name) => {
    const folder = `${root}/${platform.id}/${name}`
    const { about, now, address, page } = openCase(folder)
    const element = platform.profile?.find(page, address) ?? null
    expect(element, 'no profile found').not.toBeNull()
    if (!element) return
    const reading = platform.profile?.read(element, address, now)
    expect(reading).toEqual(readJson(`${folder}/profile.json`))
    expect(PostReading.safeParse(reading).error).toBeUndefined()
    expect(reading?.kind).toBe('profile')
    const picture = platform.profile?.findPicture(element) ?? null
    if (about.picture !== undefined) expect(pictureAddress(picture)).toBe(about.picture)
  })

  it.each(cases.with)('%s: what the page says a second time', (name) => {
    const folder = `${root}/${platform.id}/${name}`
    const { now, address, page } = openCase(folder)
    const head = platform.profile?.find(page, address)
    const sources = head ? platform.profile?.otherSources?.(head, address, now) : null
    const expected = `${folder}/profile-sources.json`
    expect(sources ?? []).toEqual(existsSync(expected) ? readJson(expected) : [])
  })

  it.each(cases.with)('%s is read whatever is missing from the page', (name) => {
    const { page, address, now } = openCase(`${root}/${platform.id}/${name}`)
    const head = platform.profile?.find(page, address)
    if (!head) throw new Error('no profile found')
    for (const element of [...head.querySelectorAll('*')].reverse()) {
      element.remove()
      const reading = platform.profile?.read(head, address, now)
      expect(PostReading.safeParse(reading).error).toBeUndefined()
      const sources = platform.profile?.otherSources?.(head, address, now) ?? []
      expect(sources.every(({ value }) => value.length > 0)).toBe(true)
    }
  })

  it.each(cases.without)('%s shows no profile', (name) => {
    const { address, page } = openCase(`${root}/${platform.id}/${name}`)
    expect(platform.profile?.find(page, address)?.outerHTML ?? null).toBeNull()
  })
})

describe.each(platforms.filter((platform) => platform.otherSources))('other sources of $id', (platform) => {
  const cases = listCases(platform, 'sources.json')

  it('has a case', () => {
    expect(cases.with).not.toEqual([])
  })

  it.each(cases.with)('%s', (name) => {
    const folder = `${root}/${platform.id}/${name}`
    const { now, address, page } = openCase(folder)
    const sources = platform
      .findPosts(page, address)
      .map((post): OtherSource[] => platform.otherSources?.(post, address, now) ?? [])
    expect(sources).toEqual(readJson(`${folder}/sources.json`))
  })

  it.each([...cases.with, ...cases.without])('%s gives statements, whatever is missing from it', (name) => {
    const { now, address, page } = openCase(`${root}/${platform.id}/${name}`)
    for (const post of platform.findPosts(page, address)) {
      const names = [...post.attributes].map(({ name: attribute }) => attribute)
      for (const attribute of names) post.removeAttribute(attribute)
      const elements = [...post.querySelectorAll('[href], time, [dir], [data-testid]')].reverse()
      for (const [index, element] of elements.entries()) {
        element.remove()
        // One by one takes long on large pages.
        if (index % 4 > 0) continue
        const sources = platform.otherSources?.(post, address, now) ?? []
        expect(sources.every(({ value }) => value.length > 0)).toBe(true)
      }
    }
  })
})
