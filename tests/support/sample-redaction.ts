import { coverCase } from '../../utils/bundle/cover-case'
import { asOpened, type CoverAreas, redactItem } from '../../utils/bundle/redact-item'
import { type BundleOptions, writeBundle } from '../../utils/bundle/write'
import { findChannel } from '../../utils/channels/index'
import type { Case } from '../../utils/model/case'
import type { OpenedItem } from '../../utils/model/item'
import type { Redaction } from '../../utils/model/redaction'
import { writeReport } from '../../utils/reports/write-report'
import { wordsFor } from '../../utils/words/translate'
import { bundleOptions, collectStream } from './sample-bundle'
import { sampleCase, samplePng } from './sample-items'
import { sampleProofs } from './sample-proofs'

/** Stands for painting, which needs a browser: a picture of the same size in other colours. */
export const samplePaint: CoverAreas = async () =>
  samplePng({
    colours: [
      [0, 0, 0],
      [9, 9, 9],
    ],
  })

/** What is covered in an item, with its first picture let through. */
export function sampleRedaction({ item }: OpenedItem, changes: Partial<Redaction> = {}): Redaction {
  return {
    itemId: item.id,
    changedAt: '2024-05-15T09:30:00.000Z',
    pictures: [{ name: 'screenshot.png', areas: [{ x: 2, y: 3, width: 10, height: 4 }] }],
    words: [],
    spans: [],
    ...changes,
  }
}

/** A signed bundle of redacted copies, made as the export makes it. */
export async function redactedBundle(
  items: readonly OpenedItem[],
  options: {
    words?: string[]
    owner?: Case
    channelId?: string
    language?: string
    paint?: CoverAreas
    more?: Partial<BundleOptions>
  } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { words = [], owner = sampleCase(items), channelId = 'x-abuse-form', language = 'en' } = options
  const { paint = samplePaint } = options
  const channel = findChannel(channelId)
  if (!channel) throw new Error(`no channel ${channelId}`)
  const copies = await Promise.all(
    items.map((opened) => redactItem(opened, sampleRedaction(opened, { words }), paint)),
  )
  const covered = coverCase(owner, words)
  const own = wordsFor(language)
  const report = writeReport({ channel, case: covered, items: copies.map(asOpened), words: own })
  return collectStream(
    writeBundle({
      ...bundleOptions([]),
      case: covered,
      items: copies,
      report,
      words: own,
      proofs: await sampleProofs(items),
      ...options.more,
    }),
  )
}
