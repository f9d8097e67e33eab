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

function coverText(text: string | null, cover: Cover): string | null {
  return text === null ? null : cover.text(text)
}

function coverPost(post: PostReading, cover: Cover): PostReading {
  const { author } = post
  return {
    ...post,
    permalink: coverAddress(post.permalink, cover),
    author: {
      ...author,
      handle: coverText(author.handle, cover),
      name: coverText(author.name, cover),
      profile: coverAddress(author.profile, cover),
    },
    text: coverText(post.text, cover),
    // Media stay behind, with what describes them.
    media: [],
    links: post.links.flatMap(({ address, text }) => {
      const kept = coverAddress(address, cover)
      return kept === null ? [] : [{ address: kept, text: cover.text(text) }]
    }),
    mentions: post.mentions.map(cover.text),
    replyToHandle: coverText(post.replyToHandle, cover),
    repostedBy: coverText(post.repostedBy, cover),
    contentWarning: coverText(post.contentWarning, cover),
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
        address: coverAddress(page.address, cover) ?? `${new URL(page.address).origin}/`,
        canonical: coverAddress(page.canonical, cover),
        title: spans.places > 0 ? '' : cover.text(page.title),
        headings: [],
        times: [],
      },
      post: coverPost({ ...item.post, text }, cover),
      // What others said around it, and what the page says twice, may repeat what is covered.
      context: [],
      collection: { ...collection, sources: [] },
    },
    places: spans.places + cover.places(),
  }
}

async function coverPictures(opened: OpenedItem, redaction: Redaction, paint: CoverAreas): Promise<Part[]> {
  const covered: Part[] = []
  for (const { name, areas } of redaction.pictures) {
    const part = opened.parts.find(({ record }) => record.name === name)
    if (part?.record.mediaType !== 'image/png') continue
    const bytes = areas.length === 0 ? part.bytes : await paint(part.bytes, areas)
    const record = { ...part.record, bytes: bytes.length, sha256: await sha256(bytes), derivedFrom: [] }
    // The hash for finding copies was made of what is covered now.
    covered.push({ record: { ...record, likeness: null, address: null }, bytes })
  }
  return covered
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
  const parts = await coverPictures(opened, redaction, paint)
  const names = new Set(parts.map(({ record }) => record.name))
  const { item, places } = coverFacts(opened.item, redaction)
  const facts = RedactedFacts.parse({
    version: 1,
    of: toHex(await commitmentOf(opened.salt, opened.itemBytes)),
    item: Item.parse({ ...item, parts: parts.map(({ record }) => record) }),
    covered: { pictures: redaction.pictures.filter(({ name }) => names.has(name)), places },
    leftOut: opened.item.parts.map(({ name }) => name).filter((name) => !names.has(name)),
  })
  return { facts, factsBytes: canonicalBytes(facts), parts }
}
