import type { PreparedPost } from '../messages/protocol'
import { describeIssue } from '../messages/trusted-end'
import type { Item, SourceCheck } from '../model/item'
import { PlatformId, PostReading } from '../model/post'
import { emptyReading } from '../platforms/dom'
import { compareSources } from './two-sources'

/** Readings after the check at the trusted end. `reason` is null when the platform's own reading stands. */
export type CheckedReading = {
  post: PostReading
  context: PostReading[]
  reader: Item['collection']['reader']
  sources: SourceCheck[]
}

/**
 * Parses what the page says. A reading that does not fit the schema is kept as a generic one with the visible
 * text, and the reason; context that does not fit is left out.
 */
export function checkReading(prepared: PreparedPost): CheckedReading {
  const { reading, context, reader, visibleText } = prepared
  const parsed = PostReading.safeParse(reading)
  const fitting = context.flatMap((one) => {
    const result = PostReading.safeParse(one)
    return result.success ? [result.data] : []
  })
  if (parsed.success) {
    const { platform } = parsed.data
    const expected = PlatformId.safeParse(reader.expected)
    return {
      post: parsed.data,
      context: fitting,
      reader: { ...reader, platform, expected: expected.success ? expected.data : null },
      sources: compareSources(parsed.data, prepared.sources),
    }
  }
  return {
    post: { ...emptyReading('generic', 'element'), text: visibleText.slice(0, 200_000) },
    context: fitting,
    reader: {
      platform: 'generic',
      version: reader.version,
      reason: `reading refused: ${describeIssue(parsed.error)}`,
      expected: PlatformId.safeParse(reader.platform).success ? reader.platform : null,
      isConfirmed: null,
    },
    sources: [],
  }
}

/** The words of a text, bare of signs and spaces, so that drawn emoji and shortened links do not matter. */
function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]{2,}/gu) ?? []
  )
}

/**
 * Whether the words read from the post stand in what the page visibly shows: at least nine in ten. Null when
 * the reading has no words to look for.
 */
export function isTextVisible(text: string | null, visibleText: string): boolean | null {
  const words = wordsOf(text ?? '').slice(0, 2_000)
  if (words.length === 0) return null
  const visible = new Set(wordsOf(visibleText))
  return words.filter((word) => visible.has(word)).length >= words.length * 0.9
}
