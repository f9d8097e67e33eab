import type { OpenLocker } from '../../utils/locker/keyring'
import { listSources } from '../../utils/locker/sources'
import type { CaptureSource } from '../../utils/model/corroboration'
import { dropBoxName } from './drop-box'

/** Where items came from that were not captured under this locker, with the words that stand for each source. */
export async function readSources(open: OpenLocker): Promise<ReadonlyMap<string, CaptureSource>> {
  const sources = await listSources(open)
  for (const [id, source] of sources) {
    if (source.kind === 'drop-box') sources.set(id, { ...source, words: await dropBoxName(source.key) })
  }
  return sources
}
