// @vitest-environment happy-dom
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PostReading } from '../../../utils/model/post'
import { findPlatform, platforms } from '../../../utils/platforms/index'

const root = 'tests/fixtures/platforms'
/** The moment of reading in every case that does not name another. */
const usualNow = '2026-11-22T12:00:00.000Z'

type Case = { reviewed: boolean; now?: string }

function listFolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** What the reader of the page's platform says about every post of the case. */
function readCase(folder: string, now: Date): { platform: string | null; readings: PostReading[] } {
  const address = new URL(readFileSync(`${folder}/address.txt`, 'utf8').trim())
  const page = new DOMParser().parseFromString(readFileSync(`${folder}/page.html`, 'utf8'), 'text/html')
  const platform = findPlatform(address, page)
  const posts = platform?.findPosts(page, address) ?? []
  return {
    platform: platform?.id ?? null,
    readings: posts.flatMap((post) => platform?.readPost(post, address, now) ?? []),
  }
}

const names = listFolders(root)

it('keeps a folder of cases for each platform and for nothing else', () => {
  expect(names).toEqual(platforms.map((platform) => platform.id).sort())
})

describe.each(names)('%s', (name) => {
  const cases = listFolders(`${root}/${name}`)

  it('has at least eight cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(8)
  })

  it.each(cases)('%s', (caseName) => {
    const folder = `${root}/${name}/${caseName}`
    const about = readJson(`${folder}/case.json`) as Case
    const { platform, readings } = readCase(folder, new Date(about.now ?? usualNow))

    expect(about.reviewed, `${folder}: nobody has read what is expected`).toBe(true)
    expect(platform).toBe(name)
    expect(readings).toEqual(readJson(`${folder}/expected.json`))
    for (const reading of readings) expect(PostReading.safeParse(reading).error).toBeUndefined()
  })
})
