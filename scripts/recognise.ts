import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { PostReading } from '../utils/model/post'
import { launchChromium } from './browser/chromium'
import { readPage } from './browser/read-page'
import { type Site, savedSite } from './browser/sites'
import { ensureBuild } from './build'
import { findChromium } from './find-browser'
import { pathFromPerson, say } from './shell'

const usage = 'Use it so: npm run --silent recognise -- FILE.html --url https://…'

/** One post as `recognise` prints it. */
export type RecognisedPost = {
  platform: string
  kind: string
  postId: string | null
  permalink: string | null
  authorHandle: string | null
  authorName: string | null
  authorProfile: string | null
  authorId: string | null
  text: string | null
  postedAt: string | null
  postedAtSource: 'dom' | 'id' | 'relative' | null
  isAd: boolean
  truncated: boolean
  quotedIn: string | null
  parentPostId: string | null
  repostedBy: string | null
  replyToHandle: string | null
  media: { type: string; alt: string | null; address: string | null; hidden: boolean }[]
  contentWarning: string | null
  edited: boolean
  deleted: boolean
}

/** A reading in the shape that `recognise` prints. */
export function describeReading(reading: PostReading): RecognisedPost {
  return {
    platform: reading.platform,
    kind: reading.kind,
    postId: reading.postId,
    permalink: reading.permalink,
    authorHandle: reading.author.handle,
    authorName: reading.author.name,
    authorProfile: reading.author.profile,
    authorId: reading.author.id,
    text: reading.text,
    postedAt: reading.posted.iso,
    postedAtSource: reading.posted.source,
    isAd: reading.isAd,
    truncated: reading.isTruncated,
    quotedIn: reading.quotedIn,
    parentPostId: reading.parentPostId,
    repostedBy: reading.repostedBy,
    replyToHandle: reading.replyToHandle,
    media: reading.media.map(({ kind, alt, address, isHidden }) => ({
      type: kind,
      alt,
      address,
      hidden: isHidden,
    })),
    contentWarning: reading.contentWarning,
    edited: reading.isEdited,
    deleted: reading.isDeleted,
  }
}

/** The saved page and its address, or the sentence that says what is wrong with them. */
export function readSavedPage(file: string | undefined, address: string | undefined): Site | string {
  if (file === undefined || address === undefined) return usage
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    return `"${address}" is not an address that starts with https:// or http://.`
  try {
    return savedSite(address, readFileSync(pathFromPerson(file)))
  } catch {
    return `The file ${file} cannot be read.`
  }
}

async function recognise(site: Site): Promise<RecognisedPost[]> {
  const [program, build] = await Promise.all([findChromium(), ensureBuild('chrome')])
  const chromium = await launchChromium({ program, build, sites: [site] })
  try {
    const page = await chromium.openTab(site.address)
    return (await readPage(chromium, page)).map(describeReading)
  } finally {
    await chromium.close()
  }
}

/** `npm run recognise`: prints what the built reader finds on a saved page. 2 when the page cannot be read. */
export async function main(argv: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { url: { type: 'string' } },
    })
    const site = positionals.length > 1 ? usage : readSavedPage(positionals[0], values.url)
    if (typeof site === 'string') {
      say(site)
      return 2
    }
    process.stdout.write(`${JSON.stringify(await recognise(site), null, 2)}\n`)
    return 0
  } catch (error) {
    say(`The page could not be read: ${error instanceof Error ? error.message : String(error)}`)
    return 2
  }
}
