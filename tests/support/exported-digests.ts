import { findChannel } from '../../utils/channels/index'
import { writeReport } from '../../utils/reports/write-report'
import { wordsFor } from '../../utils/words/translate'
import { openAgain, signedBundle } from './sample-bundle'
import { hexDigest, sampleCase, sampleItem } from './sample-items'

const items = [
  sampleItem({ seed: 1, assessment: {} }),
  sampleItem({ seed: 2, post: { text: 'نعرف بيتك يا نديرة', language: 'ar', direction: 'rtl' } }),
  sampleItem({ seed: 3, captured: { utc: '2024-03-31T00:59:59.500Z', clockSkewSeconds: -300 } }),
]

export type Exported = { locale: string; zone: string; shown: string; digests: string[] }

async function exportAll(): Promise<Exported> {
  const channel = findChannel('police-report')
  if (!channel) throw new Error('no such channel')
  const digests: string[] = []
  for (const language of ['en', 'ar', 'es']) {
    const words = wordsFor(language)
    const report = writeReport({ channel, case: sampleCase(items), items, words })
    digests.push(hexDigest(await signedBundle(items, { words, report, archived: openAgain(items) })))
  }
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return { locale, zone: timeZone, shown: new Date(0).toLocaleString(), digests }
}

/**
 * What this process takes its language and time zone to be, and the digests of what it exports. Made while the module
 * is loaded: what runs it can load nothing more afterwards.
 */
export const exported = await exportAll()
