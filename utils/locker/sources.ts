import { keyIn } from '../custody/identity'
import type { CaptureSource } from '../model/corroboration'
import { entriesIn } from './custody'
import type { OpenLocker } from './keyring'
import { originsIn } from './receive'
import { bundleOriginsIn } from './receive-bundle'
import { readRows } from './rows'

/**
 * Where the items came from that were not captured under this locker, by item. What comes back in a bundle that this
 * locker signed itself is its own. The words of a drop-box are left to whoever shows them.
 */
export async function listSources(open: OpenLocker): Promise<Map<string, CaptureSource>> {
  const { rows } = await readRows(open)
  const sources = new Map<string, CaptureSource>()
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
