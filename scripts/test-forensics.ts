import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Carved, carve } from '../tests/support/carve'
import { decodeProfile } from '../tests/support/decoded-profile'
import { bundleProbe } from '../tests/support/probe/build'
import { defaultCost } from '../utils/crypto/passphrase'
import { screenWords } from './browser/words'
import { builtFolder } from './build'
import { findChromium } from './find-browser'
import { deleteForGood, liveOneDay, type Place } from './test-forensics/day'
import { liveOneDayAsDropBox } from './test-forensics/drop-box-day'
import { documentedHits, type Found, searchProfile, without } from './test-forensics/hits'

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function printHits(title: string, hits: readonly Found[]): void {
  print(`${title}: ${hits.length}`)
  for (const { file, secret } of hits) print(`    ${secret} in ${file}`)
}

/** Carves the profile as it is and with its databases opened. */
async function carveProfile(
  profile: string,
  work: string,
  with_: { lockerId: string; passphrase: string; remembered?: Uint8Array<ArrayBuffer>[] },
): Promise<Carved> {
  const decoded = join(work, 'decoded')
  rmSync(decoded, { recursive: true, force: true })
  decodeProfile(profile, decoded)
  return carve({ folders: [profile, decoded], cost: defaultCost, epochs: 3, ...with_ })
}

/** Whether nothing readable stands where the extension stores, and the rest is what the document says. */
function checkTheDay(profile: string, secrets: Record<string, string>): boolean {
  const { inStorage, besides, decodedFiles } = searchProfile(profile, secrets)
  const documented = documentedHits()
  const unexpected = without(besides, documented)
  print(`${Object.keys(secrets).length} secrets; databases and logs opened: ${decodedFiles}`)
  printHits('readable where the extension stores', inStorage)
  printHits('in files that the browser writes for itself', besides)
  printHits('of these, not in docs/threat-model.md', unexpected)
  printHits('in docs/threat-model.md and not found this time', without(documented, besides))
  return inStorage.length === 0 && unexpected.length === 0 && decodedFiles > 0
}

/** Promises whether nothing of what was deleted opens, with everything that is left on the disk and the passphrase. */
async function checkDeletion(
  place: Place,
  author: string,
  passphrase: string,
  work: string,
): Promise<boolean> {
  let before: Carved | null = null
  const beforeDeleting = async (lockerId: string): Promise<void> => {
    const copy = join(work, 'before')
    cpSync(place.profile, copy, { recursive: true })
    before = await carveProfile(copy, work, { lockerId, passphrase })
  }
  const deletion = await deleteForGood(place, { passphrase, author, beforeDeleting })
  const { lockerId, deleted, kept, cellBefore } = deletion
  const after = await carveProfile(place.profile, work, { lockerId, passphrase })
  const remembered = [Uint8Array.from(Buffer.from(cellBefore, 'base64'))]
  const cheating = await carveProfile(place.profile, work, { lockerId, passphrase, remembered })
  const count = (ids: readonly string[], carved: Carved | null): number =>
    ids.filter((id) => carved?.opened.includes(id)).length
  const found = deleted.filter((id) => after.headers.includes(id)).length
  print(`keys tried after deleting: ${after.roots} roots, ${after.keks} keys of epochs`)
  print(`deleted items that opened before: ${count(deleted, before)} of ${deleted.length}`)
  print(
    `deleted items still lying in the files: ${found}; they would open with the erased secret: ${count(deleted, cheating)}`,
  )
  print(`deleted items that open after: ${count(deleted, after)}`)
  print(`kept items that open after: ${count(kept, after)} of ${kept.length}`)
  const toolWorks = count(deleted, before) === deleted.length && count(kept, after) === kept.length
  return deleted.length > 0 && kept.length > 0 && toolWorks && count(deleted, after) === 0
}

/**
 * `npm run test:forensics`: a day of use in Chromium, then everything in the profile is searched for every secret of
 * it; then one item is deleted for good and everything left on the disk is tried with the passphrase in hand; then a
 * day of a drop-box in a profile of its own is searched in the same way. Promises 0 when nothing is readable, what
 * the browser itself remembers is documented, and nothing deleted opens.
 */
export async function main(): Promise<number> {
  const [program, build] = [await findChromium(), await builtFolder('chrome')]
  const work = mkdtempSync(join(tmpdir(), 'witnessmark-forensics-'))
  const place: Place = {
    ...{ program, build, words: screenWords('en'), probe: await bundleProbe(build) },
    profile: join(work, 'profile'),
    downloads: join(work, 'downloads'),
  }
  try {
    const secrets = await liveOneDay(place)
    const isDayClean = checkTheDay(place.profile, secrets)
    const { handle, lockerPassphrase } = secrets
    const isDeletionReal = await checkDeletion(place, handle, lockerPassphrase, work)
    print('a drop-box:')
    const box = { ...place, profile: join(work, 'drop-box') }
    const isBoxClean = checkTheDay(box.profile, await liveOneDayAsDropBox(box))
    return isDayClean && isDeletionReal && isBoxClean ? 0 : 1
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
