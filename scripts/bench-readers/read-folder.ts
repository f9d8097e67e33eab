import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PostReading } from '../../utils/model/post'
import { z } from '../../utils/model/schema'
import { type Site, savedSite } from '../browser/sites'
import type { ExpectedPost } from './expected-post'
import { expectSample, Samples, unknownFields } from './sample'
import { expectReading } from './whole-reading'

/** One page with what a reader must find on it. */
export type PageCase = {
  platform: string
  name: string
  site: Site
  /** The moment at which it is read, as ISO 8601; null takes the real clock. */
  now: string | null
  expected: ExpectedPost[]
  /** Whether the expectation lists every post of the page. */
  isComplete: boolean
}

/** The pages of a folder, and a sentence for everything in it that could not be used. */
export type PageFolder = { cases: PageCase[]; troubles: string[] }

/** In a folder of samples, only these platforms' expectations list every post of a page. */
const completePlatforms = ['bluesky', 'mastodon']

/** The moment of reading of a fixture that does not name its own. */
const usualNow = '2026-11-22T12:00:00.000Z'

const Addresses = z.record(z.string(), z.string())
const About = z.looseObject({ now: z.string().optional() })

/** A page that could not be used, as a sentence. */
type Trouble = { trouble: string }

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort()
}

/** What this JSON file holds, in this shape; null when it is missing, broken or of another shape. */
function readJson<T>(file: string, shape: z.ZodType<T>): T | null {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

function siteOf(address: string, file: string): Site | null {
  try {
    return /^https?:$/.test(new URL(address).protocol) ? savedSite(address, readFileSync(file)) : null
  } catch {
    return null
  }
}

function readSample(folder: string, platform: string, page: string): PageCase | Trouble {
  const name = `${platform}/${page}`
  const addresses = readJson(join(folder, 'addresses.json'), Addresses)
  const address = addresses?.[name]
  if (address === undefined) return { trouble: `${name}: addresses.json gives no address for it.` }
  const samples = readJson(join(folder, platform, `${page}.expected.json`), Samples)
  if (samples === null)
    return { trouble: `${name}: its .expected.json is missing or not of the known shape.` }
  const site = siteOf(address, join(folder, platform, `${page}.html`))
  if (site === null)
    return { trouble: `${name}: the page cannot be read, or its address is not a web address.` }
  const isComplete = completePlatforms.includes(platform)
  return { platform, name: page, site, now: null, isComplete, expected: samples.map(expectSample) }
}

function namesOfSamples(folder: string, platform: string): string[] {
  const names = readdirSync(join(folder, platform)).flatMap(
    (file) => /^(.+?)(?:\.expected\.json|\.html)$/.exec(file)?.[1] ?? [],
  )
  return [...new Set(names)].sort()
}

function remarksOn(folder: string, platform: string, page: string): string[] {
  const samples = readJson(join(folder, platform, `${page}.expected.json`), Samples) ?? []
  return unknownFields(samples).map((field) => `${platform}/${page}: the field ${field} is not compared.`)
}

function languagesIn(html: string): string[] {
  return [...html.matchAll(/\slang=["']?([\w-]+)/g)].flatMap(([, language]) => language ?? [])
}

function readFixture(folder: string, platform: string, name: string): PageCase | Trouble {
  const at = join(folder, platform, name)
  const expected = readJson(join(at, 'expected.json'), z.array(PostReading))
  if (expected === null)
    return { trouble: `${platform}/${name}: expected.json is missing or not a list of readings.` }
  const about = readJson(join(at, 'case.json'), About)
  const page = join(at, 'page.html')
  const hasFiles = existsSync(page) && existsSync(join(at, 'address.txt'))
  const site = hasFiles ? siteOf(readFileSync(join(at, 'address.txt'), 'utf8').trim(), page) : null
  if (site === null)
    return { trouble: `${platform}/${name}: page.html or address.txt is missing or not usable.` }
  const words = { languages: languagesIn(readFileSync(page, 'utf8')) }
  return {
    platform,
    name,
    site,
    now: about?.now ?? usualNow,
    expected: expected.map((reading) => expectReading(reading, words)),
    isComplete: true,
  }
}

function gather(found: (PageCase | Trouble)[], remarks: string[]): PageFolder {
  return {
    cases: found.flatMap((one) => ('trouble' in one ? [] : [one])),
    troubles: [...found.flatMap((one) => ('trouble' in one ? [one.trouble] : [])), ...remarks],
  }
}

/**
 * The pages of a folder in one of two layouts: `<platform>/<page>.html` with `<page>.expected.json` beside it and
 * an `addresses.json` above, or `<platform>/<case>/` with `page.html`, `address.txt` and `expected.json`. Throws
 * only when the folder itself cannot be read.
 */
export function readFolder(folder: string): PageFolder {
  const platforms = foldersIn(folder)
  const samples = platforms.flatMap((platform) =>
    namesOfSamples(folder, platform).map((page) => [platform, page] as const),
  )
  const fixtures = platforms.flatMap((platform) =>
    foldersIn(join(folder, platform))
      .filter((name) => existsSync(join(folder, platform, name, 'expected.json')))
      .map((name) => [platform, name] as const),
  )
  return gather(
    [
      ...samples.map(([platform, page]) => readSample(folder, platform, page)),
      ...fixtures.map(([platform, name]) => readFixture(folder, platform, name)),
    ],
    samples.flatMap(([platform, page]) => remarksOn(folder, platform, page)),
  )
}

/** Whether this path is a folder. */
export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory()
}
