import { browser } from 'wxt/browser'
import { fromBase64 } from '../crypto/bytes'
import { within } from '../messages/trusted-end'
import { webAddress, z } from '../model/schema'
import { likenessOf } from './likeness'
import type { ChoicePlace } from './redraw-post'

/** An original picture, decoded here once to make sure that it is one. Sizes in its own pixels. */
export type KeptMedium = {
  bytes: Uint8Array<ArrayBuffer>
  mediaType: string
  extension: string
  width: number
  height: number
  address: string | null
  way: 'loaded' | 'fetched'
  likeness: string
}

const loadedWithinMs = 40_000
const Loaded = z.strictObject({
  media: z
    .array(
      z.strictObject({
        address: webAddress.nullable(),
        base64: z.string().min(1).max(20_100_000),
        way: z.enum(['loaded', 'fetched']),
      }),
    )
    .max(30),
  missed: z.int().nonnegative(),
})

/** First bytes of the forms that browsers draw; what the page calls it does not count. */
const forms: { mediaType: string; extension: string; starts: (bytes: Uint8Array) => boolean }[] = [
  { mediaType: 'image/png', extension: 'png', starts: (bytes) => hasText(bytes, 1, 'PNG') },
  {
    mediaType: 'image/jpeg',
    extension: 'jpg',
    starts: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff,
  },
  { mediaType: 'image/gif', extension: 'gif', starts: (bytes) => hasText(bytes, 0, 'GIF8') },
  {
    mediaType: 'image/webp',
    extension: 'webp',
    starts: (bytes) => hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WEBP'),
  },
  {
    mediaType: 'image/avif',
    extension: 'avif',
    starts: (bytes) => hasText(bytes, 4, 'ftypavif') || hasText(bytes, 4, 'ftypavis'),
  },
]

function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  return [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0))
}

/** Runs in the page's isolated world. */
function mediaInPage(choice: number): Promise<unknown> | null {
  const holder = globalThis as { witnessmark?: { mediaOf?: (choice: number) => Promise<unknown> } }
  return holder.witnessmark?.mediaOf?.(choice) ?? null
}

async function check({
  base64,
  address,
  way,
}: z.infer<typeof Loaded>['media'][number]): Promise<KeptMedium | null> {
  try {
    const bytes = fromBase64(base64)
    const form = forms.find(({ starts }) => starts(bytes))
    if (!form) return null
    const { mediaType, extension } = form
    const bitmap = await createImageBitmap(new Blob([bytes], { type: mediaType }))
    const { width, height } = bitmap
    const likeness = likenessOf(bitmap)
    bitmap.close()
    return { bytes, mediaType, extension, width, height, address, way, likeness }
  } catch {
    return null
  }
}

/**
 * The original pictures of a choice, byte for byte. `isComplete` is false when one could not be had or is no picture.
 * The bytes come through the page's process: that they are what the platform's server sent is not proved.
 */
export async function keepMedia({
  tabId,
  frameId,
  choice,
}: ChoicePlace): Promise<{ media: KeptMedium[]; isComplete: boolean }> {
  const asked = browser.scripting
    .executeScript({ target: { tabId, frameIds: [frameId] }, func: mediaInPage, args: [choice] })
    .catch(() => null)
  const answer = await within(loadedWithinMs, asked)
  const loaded = Loaded.safeParse(answer?.[0]?.result)
  if (!loaded.success) return { media: [], isComplete: false }
  const media: KeptMedium[] = []
  for (const one of loaded.data.media) {
    const kept = await check(one)
    if (kept) media.push(kept)
  }
  return { media, isComplete: loaded.data.missed === 0 && media.length === loaded.data.media.length }
}
