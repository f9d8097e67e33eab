import { toHex } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { sha256 } from '../crypto/digest'
import { commitmentOf } from '../custody/entry'
import { Item, type OpenedItem, type Part } from '../model/item'
import type { PostReading } from '../model/post'
import { type Area, RedactedFacts, type Redaction } from '../model/redaction'
import { type Cover, coverSpans, coverWords } from './cover-text'

type Bytes = Uint8Array<ArrayBuffer>

/** Paints areas of a PNG over and gives the new PNG. */
export type CoverAreas = (png: Bytes, areas: readonly Area[]) => Promise<Bytes>

/** A copy of an item in which what was covered is not there any more. */
export type RedactedItem = { facts: RedactedFacts; factsBytes: Bytes; parts: Part[] }

/** What is left of the address of a page that names somebody: its origin with a slash. What is none has no origin. */
export function originOf(address: string): string {
  const origin = URL.parse(address)?.origin
  return origin === undefined ? 'http://address.invalid/' : `${origin}/`
}

/** An address tells a name in many ways of writing it: one that does is left out. */
function coverAddress(address: string | null, cover: Cover): string | null {
  if (address === null) return null
  const forms = [address]
  try {
    forms.push(decodeURIComponent(address))
  } catch {
    // Not written as addresses are; then it is looked at as it stands.
  }
  return forms.some(cover.isIn) ? null : address
}

/** Covered words can be longer than they were, and an attacker chooses how often they stand there. */
const limits = { short: 2_000, long: 200_000 } as const

function coverText(text: string | null, cover: Cover, length: keyof typeof limits = 'short'): string | null {
  return text === null ? null : cover.text(text).slice(0, limits[length]).toWellFormed()
}

function coverShort(text: string, cover: Cover): string {
  return coverText(text, cover) ?? ''
}

function coverPost(post: PostReading, cover: Cover): PostReading {
  const { author, posted } = post
  const orNull = (code: string | null) => (code !== null && cover.isIn(code) ? null : code)
  return {
    ...post,
    postId: orNull(post.postId),
    permalink: coverAddress(post.permalink, cover),
    author: {
      handle: coverText(author.handle, cover),
      name: coverText(author.name, cover),
      profile: coverAddress(author.profile, cover),
      id: orNull(author.id),
    },
    text: coverText(post.text, cover, 'long'),
    language: orNull(post.language),
    // Media stay behind, with what describes them.
    media: [],
    links: post.links.flatMap(({ address, text }) => {
      const kept = coverAddress(address, cover)
      return kept === null ? [] : [{ address: kept, text: coverShort(text, cover) }]
    }),
    mentions: post.mentions.map((mention) => coverShort(mention, cover)),
    counts: Object.fromEntries(Object.entries(post.counts).filter((pair) => !pair.some(cover.isIn))),
    posted: { ...posted, asShown: coverText(posted.asShown, cover) },
    parentPostId: orNull(post.parentPostId),
    quotedIn: orNull(post.quotedIn),
    replyToHandle: coverText(post.replyToHandle, cover),
    repostedBy: coverText(post.repostedBy, cover),
    contentWarning: coverText(post.contentWarning, cover, 'long'),
  }
}

/** Spans are counted in the words as they are, so they are covered first. */
function coverFacts(item: Item, redaction: Redaction): { item: Omit<Item, 'parts'>; places: number } {
  const cover = coverWords(redaction.words)
  const spans = coverSpans(item.post.text ?? '', redaction.spans)
  const text = item.post.text === null ? null : spans.text
  const { page, collection } = item
  return {
    item: {
      ...item,
      page: {
        ...page,
        address: coverAddress(page.address, cover) ?? originOf(page.address),
        canonical: coverAddress(page.canonical, cover),
        title: spans.places > 0 ? '' : coverShort(page.title, cover),
        language: page.language !== null && cover.isIn(page.language) ? null : page.language,
        headings: [],
        times: [],
      },
      post: coverPost({ ...item.post, text }, cover),
      // What others said around it, and what the page says twice, may repeat what is covered.
      context: [],
      collection: {
        ...collection,
        sources: [],
        droppedFromHtml: Object.fromEntries(
          Object.entries(collection.droppedFromHtml).filter(([name]) => !cover.isIn(name)),
        ),
      },
    },
    places: spans.places + cover.places(),
  }
}

type CoveredPicture = { part: Part; areas: Area[] }

/** The part of an area that lies in a picture; nothing when none does. */
function clip(area: Area, { width, height }: Part['record']): Area[] {
  const right = Math.min(area.x + area.width, width ?? 0)
  const bottom = Math.min(area.y + area.height, height ?? 0)
  if (right <= area.x || bottom <= area.y) return []
  return [{ ...area, width: right - area.x, height: bottom - area.y }]
}

/** Only what the browser painted as PNG can be painted over here. */
async function coverPictures(
  opened: OpenedItem,
  redaction: Redaction,
  paint: CoverAreas,
): Promise<CoveredPicture[]> {
  const covered: CoveredPicture[] = []
  for (const part of opened.parts) {
    const named = redaction.pictures.filter(({ name }) => name === part.record.name)
    if (named.length === 0 || part.record.mediaType !== 'image/png') continue
    const areas = named.flatMap((picture) => picture.areas.flatMap((area) => clip(area, part.record)))
    const bytes = areas.length === 0 ? part.bytes : await paint(part.bytes, areas)
    // The hash for finding copies was made of what is covered now.
    const made = { bytes: bytes.length, sha256: await sha256(bytes), likeness: null, address: null }
    covered.push({ part: { record: { ...part.record, ...made, derivedFrom: [] }, bytes }, areas })
  }
  return covered
}

/** Whether an item is a redacted copy. */
export function isRedactedItem(given: OpenedItem | RedactedItem): given is RedactedItem {
  return 'facts' in given
}

/**
 * A redacted copy in the form in which reports take items. Nothing of the whole item is in it: no salt, no
 * assessment, whose note may name who was covered.
 */
export function asOpened({ facts, factsBytes, parts }: RedactedItem): OpenedItem {
  return { item: facts.item, itemBytes: factsBytes, salt: new Uint8Array(), parts, assessment: null }
}

/**
 * An item as it will read once it is redacted, for preparing a report while one still changes what is covered.
 * Nothing is painted: sizes and digests of the pictures are those of the whole item. No bytes are in it.
 */
export function coverForReading(opened: OpenedItem, redaction: Redaction): OpenedItem {
  const named = new Set(redaction.pictures.map(({ name }) => name))
  const records = opened.item.parts.filter(
    ({ name, mediaType }) => named.has(name) && mediaType === 'image/png',
  )
  const item = Item.parse({ ...coverFacts(opened.item, redaction).item, parts: records })
  const parts = records.map((record) => ({ record, bytes: new Uint8Array() }))
  return { item, itemBytes: new Uint8Array(), salt: new Uint8Array(), parts, assessment: null }
}

/**
 * The redacted copy of an item. Words are covered in every text of its facts; pictures that the person did not name,
 * the HTML, the words of the page around it and the original files stay behind. Throws when the covered facts are
 * none any more, which would be a mistake here.
 */
export async function redactItem(
  opened: OpenedItem,
  redaction: Redaction,
  paint: CoverAreas,
): Promise<RedactedItem> {
  const pictures = await coverPictures(opened, redaction, paint)
  const parts = pictures.map(({ part }) => part)
  const names = new Set(parts.map(({ record }) => record.name))
  const { item, places } = coverFacts(opened.item, redaction)
  const facts = RedactedFacts.parse({
    version: 1,
    of: toHex(await commitmentOf(opened.salt, opened.itemBytes)),
    item: Item.parse({ ...item, parts: parts.map(({ record }) => record) }),
    covered: { pictures: pictures.map(({ part, areas }) => ({ name: part.record.name, areas })), places },
    leftOut: opened.item.parts.map(({ name }) => name).filter((name) => !names.has(name)),
  })
  return { facts, factsBytes: canonicalBytes(facts), parts }
}
