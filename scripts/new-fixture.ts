import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Fixture, makeFixture, type Source } from './new-fixture/make'
import { describeKinds, readInChromium, readPosts } from './new-fixture/read'
import { readVocabulary } from './new-fixture/vocabulary'
import { pathFromPerson, projectFolder, say } from './shell'

const usage =
  'Use it so: npm run new-fixture -- PLATFORM CASE SAVED.html --url https://… [--keep SELECTOR] [--seed TEXT]\n' +
  '  [--saved 2026-11-22T12:00Z] [--allow word,word] [--out FOLDER] [--no-browser]\n' +
  'It exits with 0 when the fixture was written, 1 when something real is left, 2 when the page cannot be read.'

type Job = {
  source: Source
  caseName: string
  folder: string
  bytes: Uint8Array
  isBrowserUsed: boolean
  isSeedGiven: boolean
}

const freshSeed = (): string => randomBytes(32).toString('hex')

/** An id that is moved in time can come to spell a short word of the page; another seed spells another. */
function makeClean({ source, isSeedGiven }: Job): Fixture | null {
  const made = makeFixture(source)
  if (isSeedGiven) return made
  let best = made
  for (let tries = 1; tries < 4 && best !== null && best.leftovers.length > 0; tries += 1) {
    const other = makeFixture({ ...source, seed: freshSeed() })
    if (other !== null && other.leftovers.length < best.leftovers.length) best = other
  }
  return best
}

function savedTime(text: string | undefined): number | null {
  if (text === undefined) return null
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new Error(`"${text}" is not a time such as 2026-11-22T12:00Z`)
  return ms
}

/** What the person asked for, or the sentence that says what is wrong with it. */
function readJob(argv: string[]): Job | string {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      keep: { type: 'string' },
      seed: { type: 'string' },
      saved: { type: 'string' },
      allow: { type: 'string' },
      out: { type: 'string' },
      'no-browser': { type: 'boolean', default: false },
    },
  })
  const [platform, caseName, file] = positionals
  const address = values.url
  if (!platform || !caseName || !file || !address || positionals.length > 3) return usage
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    return `"${address}" is not an address that starts with https:// or http://.`
  if (!/^[a-z][a-z0-9-]*$/.test(caseName))
    return `"${caseName}" is no name for a case: small letters and hyphens.`
  const vocabulary = readVocabulary(platform, values.allow?.split(',').filter((word) => word !== '') ?? [])
  if (vocabulary === null)
    return `There is no reader utils/platforms/${platform}.ts yet. Write its selectors first.`
  const root =
    values.out === undefined ? join(projectFolder, 'tests/fixtures/platforms') : pathFromPerson(values.out)
  const folder = join(root, platform, caseName)
  if (existsSync(folder)) return `${folder} exists already. Remove it first, or choose another name.`
  const bytes = readFileSync(pathFromPerson(file))
  return {
    caseName,
    folder,
    bytes,
    isBrowserUsed: !values['no-browser'],
    isSeedGiven: values.seed !== undefined,
    source: {
      platform,
      address: new URL(address).href,
      html: bytes.toString('utf8'),
      vocabulary,
      seed: values.seed ?? freshSeed(),
      keep: values.keep ?? null,
      savedAt: savedTime(values.saved),
    },
  }
}

function writeFixture(folder: string, fixture: Fixture): void {
  mkdirSync(folder, { recursive: true })
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
  writeFileSync(join(folder, 'page.html'), fixture.page)
  writeFileSync(join(folder, 'address.txt'), `${fixture.address}\n`)
  writeFileSync(join(folder, 'expected.json'), json(fixture.readings))
  writeFileSync(join(folder, 'case.json'), json(fixture.about))
}

/** Says how the reader fares on the real page and on the invented one. */
async function compare({ source, bytes, isBrowserUsed }: Job, fixture: Fixture): Promise<void> {
  const real = readPosts(source.html, source.address, new Date(source.savedAt ?? Date.now()))
  const lines = [
    `The reader finds ${describeKinds(real.readings)} on the saved page,`,
    `and ${describeKinds(fixture.readings)} on the invented one.`,
  ]
  if (source.keep !== null) lines.push('With --keep it may be fewer.')
  say(lines.join(' '))
  if (!isBrowserUsed) return
  const [before = [], after = []] = await readInChromium([
    { address: source.address, html: bytes },
    { address: fixture.address, html: fixture.page },
  ])
  say(`In Chromium: ${describeKinds(before)} on the saved page, ${describeKinds(after)} on the invented one.`)
}

function sayRefusal({ leftovers }: Fixture): void {
  say(`Nothing was written: ${leftovers.length} words or numbers of the real page are left.`)
  for (const { what, where } of leftovers) say(`  "${what}" in ${where}`)
  say('A word that belongs to the markup or the platform can be named with --allow; nothing else should be.')
}

/** `npm run new-fixture`: 0 when the fixture was written, 1 when something real is left, 2 when unreadable. */
export async function main(argv: string[]): Promise<number> {
  try {
    const job = readJob(argv)
    if (typeof job === 'string') {
      say(job)
      return 2
    }
    const fixture = makeClean(job)
    if (fixture === null) {
      say(`Nothing in the page matches ${job.source.keep}.`)
      return 2
    }
    if (fixture.leftovers.length > 0) {
      sayRefusal(fixture)
      return 1
    }
    await compare(job, fixture)
    writeFixture(job.folder, fixture)
    say(`Written to ${job.folder}.`)
    say(
      'Read page.html and expected.json line by line. When both are right and no one can be recognised in them,',
    )
    say('set "reviewed" to true in case.json; until then the suite fails.')
    return 0
  } catch (error) {
    say(`The page could not be read: ${error instanceof Error ? error.message : String(error)}`)
    return 2
  }
}
