import type { Choice } from './choices'
import type { PageReader } from './page-reader'
import { readChoice } from './page-reader'
import { plain } from './plain'

/** An original picture of a post. `way`: from what the page had loaded already, or asked for once more. */
export type LoadedMedium = { address: string | null; base64: string; way: 'loaded' | 'fetched' }

const picturesAtMost = 30
const bytesAtMost = 15_000_000
const answerWithinMs = 10_000
/** CSS pixels: below this it is an emoji or a sign. */
const smallest = 48

function addressesOf(choice: Choice, page: PageReader): string[] {
  const { reading } = readChoice(choice, page)
  const named = reading.media.flatMap(({ kind, address }) => (kind === 'image' && address ? [address] : []))
  const drawn = Array.from(plain(choice.element).querySelectorAll('img')).flatMap((image) => {
    const { width, height } = plain(image).getBoundingClientRect()
    const source = plain(image).currentSrc
    const isOwnPage = /^(blob|data):/.test(source)
    // Where a reader knows the post, its avatars and signs are no media of it.
    const isWanted = isOwnPage || reading.platform === 'generic'
    return isWanted && width >= smallest && height >= smallest ? [source] : []
  })
  return [...new Set([...named, ...drawn])].slice(0, picturesAtMost)
}

/** The browser says so in its timing entry: nothing was transferred, and there is a body. */
function cameFromCache(address: string): boolean {
  const entry = performance.getEntriesByName(address, 'resource').at(-1)
  if (!(entry instanceof PerformanceResourceTiming)) return false
  return entry.transferSize === 0 && entry.decodedBodySize > 0
}

async function load(address: string): Promise<LoadedMedium | null> {
  try {
    const response = await fetch(address, {
      cache: 'force-cache',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(answerWithinMs),
    })
    if (!response.ok) return null
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (bytes.length === 0 || bytes.length > bytesAtMost) return null
    const isHeld = /^(blob|data):/.test(address) || cameFromCache(address)
    const isAddress = /^https?:/.test(address)
    return {
      address: isAddress ? address.slice(0, 8_000) : null,
      base64: bytes.toBase64(),
      way: isHeld ? 'loaded' : 'fetched',
    }
  } catch {
    // Refused by the server's rules for other sites, or gone.
    return null
  }
}

/**
 * The original pictures of what was chosen, as the page's own server gives them to the page: from the browser's
 * cache where it holds them, else asked for once more. `missed` counts those that could not be had; videos are
 * never asked for.
 */
export async function loadMedia(
  choice: Choice,
  page: PageReader,
): Promise<{ media: LoadedMedium[]; missed: number }> {
  const loaded = await Promise.all(addressesOf(choice, page).map(load))
  const media = loaded.filter((medium) => medium !== null)
  return { media, missed: loaded.length - media.length }
}
