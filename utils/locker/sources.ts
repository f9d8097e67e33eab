import { keyIn } from '../custody/identity'
import { entriesIn } from './custody'
import type { OpenLocker } from './keyring'
import { originsIn } from './receive'
import { bundleOriginsIn } from './receive-bundle'
import { readRows } from './rows'

/**
 * From which other locker or device an item came. `key` tells two apart: nobody knows that of what is not signed, so
 * all of that is from one. `words` are null where nobody signed.
 */
export type ItemSource = { kind: 'bundle' | 'drop-box'; key: string; words: string | null }

/**
 * Where the items came from that were not captured under this locker, by item. What comes back in a bundle that this
 * locker signed itself is its own.
 */
export async function listSources(open: OpenLocker): Promise<Map<string, ItemSource>> {
  const { rows } = await readRows(open)
  const sources = new Map<string, ItemSource>()
  for (const [id, { dropBox }] of originsIn(rows))
    sources.set(id, { kind: 'drop-box', key: dropBox, words: null })
  const bundles = bundleOriginsIn(rows)
  if (bundles.size === 0) return sources
  const own = new Set(entriesIn(rows).flatMap(({ custody }) => keyIn(custody.entry)?.publicKey ?? []))
  for (const [id, { signer }] of bundles) {
    if (signer && own.has(signer.publicKey)) continue
    sources.set(id, { kind: 'bundle', key: signer?.log ?? 'unsigned', words: signer?.words ?? null })
  }
  return sources
}
