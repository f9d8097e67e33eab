import type { Verification } from '../../utils/bundle/verification'
import { hasFailure, verifyBundle } from '../../utils/bundle/verify'
import { concatBytes, toUtf8 } from '../../utils/crypto/bytes'
import { type Random, startRandom } from './random'
import { listFiles, type PlainFile, packFiles, signedBundle } from './sample-bundle'
import { sampleBytes, sampleItem, samplePart } from './sample-items'

type Bytes = Uint8Array<ArrayBuffer>

const smallSize = 32 * 1024

function smallItem(length: number) {
  const record = { name: 'text.txt', role: 'text', mediaType: 'text/plain' } as const
  const words = toUtf8('We know where you park. '.repeat(Math.ceil(length / 24))).slice(0, length)
  return sampleItem({ parts: [...sampleItem().parts.slice(0, 3), samplePart(record, words)], assessment: {} })
}

/** A bundle of one item that is exactly 32 KiB large. */
export async function smallBundle(): Promise<Bytes> {
  let length = 1_000
  for (let tries = 0; tries < 10; tries++) {
    const bundle = await signedBundle([smallItem(length)])
    if (bundle.length === smallSize) return bundle
    length += smallSize - bundle.length
  }
  throw new Error('no bundle of that size')
}

/** A bundle of 20 items with pictures of 100 KiB, 2 MiB and more in all. */
export function largeBundle(): Promise<Bytes> {
  const record = { name: 'tile-1.png', role: 'tile', mediaType: 'image/png' } as const
  const items = Array.from({ length: 20 }, (_, seed) =>
    sampleItem({
      seed,
      assessment: {},
      parts: [...sampleItem().parts, samplePart(record, sampleBytes(seed, 100 * 1024))],
    }),
  )
  return signedBundle(items)
}

/** What a verification said of a change. `isMissed` is null when that is all that it must say. */
export type Judged = { isMissed: string | null; isInContent: boolean }

function checksumsOf({ statements }: Verification): string[] {
  const failed = statements.filter(
    ({ id, detail }) => id === 'container-canonical' && detail === 'checksum-differs',
  )
  return failed.flatMap(({ subject }) => subject ?? []).sort()
}

/** Whether lists, too, name the file: the digest in them is what nobody makes fit by chance. */
function isListed({ statements }: Verification, name: string): boolean {
  const lists = statements.filter(({ id }) => id === 'files-intact' || id === 'tags-intact')
  return lists.some(({ result, subject }) => result === 'fail' && subject === name)
}

const lastList = 'tagmanifest-sha256.txt'
const payloadList = 'manifest-sha256.txt'

/** Every touched file is named, by checksum and by list, and no other by checksum. */
function judge(verification: Verification, touched: readonly string[]): string | null {
  if (!hasFailure(verification)) return 'nothing failed'
  if (touched.length === 0) return null
  if (!verification.isBundle) return 'reported as no bundle'
  const named = checksumsOf(verification)
  if (named.join() !== [...new Set(touched)].sort().join()) return `named ${named.join()}`
  // A list that cannot be read names no file; nothing lists the last one.
  if (touched.includes(lastList) || touched.includes(payloadList)) return null
  const forgotten = touched.find((name) => !isListed(verification, name))
  return forgotten === undefined ? null : `${forgotten} is in no list's failures`
}

/** Flips one bit of a bundle in place, verifies, and flips it back. `files` are those of the bundle. */
export async function tryFlip(bundle: Bytes, files: readonly PlainFile[], bit: number): Promise<Judged> {
  const at = bit >>> 3
  const before = bundle[at] ?? 0
  const file = files.find(({ start, end }) => at >= start && at < end)
  bundle[at] = before ^ (1 << (bit & 7))
  const verification = await verifyBundle(bundle)
  bundle[at] = before
  const missed = judge(verification, file ? [file.name] : [])
  const where = `bit ${bit} (${file?.name ?? 'container'})`
  return { isMissed: missed && `${where}: ${missed}`, isInContent: file !== undefined }
}

type Changed = { bytes: Bytes; touched: string[] }

function filesAt(files: readonly PlainFile[], places: readonly number[]): string[] | null {
  const found = places.map((at) => files.find(({ start, end }) => at >= start && at < end)?.name)
  return found.every((name) => name !== undefined) ? found : null
}

function flips(bundle: Bytes, files: readonly PlainFile[], random: Random): Changed {
  const bytes = bundle.slice()
  const places = [...new Set(Array.from({ length: 1 + random.below(8) }, () => random.below(bytes.length)))]
  for (const at of places) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
  return { bytes, touched: filesAt(files, places) ?? [] }
}

/** Two stretches change places. */
function swapped(bundle: Bytes, random: Random): Changed {
  const length = 1 + random.below(512)
  const [a, b] = [random.below(bundle.length - length), random.below(bundle.length - length)]
  const bytes = bundle.slice()
  bytes.set(bundle.subarray(b, b + length), a)
  bytes.set(bundle.subarray(a, a + length), b)
  return { bytes, touched: [] }
}

/** The contents of two files change places, and headers and checksums are made to fit. */
function exchanged(files: readonly PlainFile[], random: Random): Changed {
  const [one, other] = [random.pick(files), random.pick(files)]
  const contentOf = (file: PlainFile): Bytes =>
    file === one ? other.content : file === other ? one.content : file.content
  return {
    bytes: packFiles(files.map((file) => ({ name: file.name, content: contentOf(file) }))),
    touched: [],
  }
}

function cut(bundle: Bytes, random: Random): Changed {
  return { bytes: bundle.subarray(0, random.below(bundle.length)), touched: [] }
}

function inserted(bundle: Bytes, random: Random): Changed {
  const at = random.below(bundle.length + 1)
  const more = random.bytes(1 + random.below(64))
  return { bytes: concatBytes(bundle.subarray(0, at), more, bundle.subarray(at)), touched: [] }
}

function removed(bundle: Bytes, random: Random): Changed {
  const at = random.below(bundle.length)
  const end = at + 1 + random.below(64)
  return { bytes: concatBytes(bundle.subarray(0, at), bundle.subarray(end)), touched: [] }
}

/** The kinds of random changes. */
export const changeKinds = ['flips', 'swap', 'exchange', 'cut', 'insert', 'remove'] as const
export type ChangeKind = (typeof changeKinds)[number]

function isSame(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && Buffer.compare(one, other) === 0
}

/**
 * Makes the change of this number and verifies what it gave. A change that happens to change nothing is made again
 * with other places, so every number is one real change.
 */
export async function tryChange(
  bundle: Bytes,
  files: readonly PlainFile[],
  number: number,
): Promise<{ isMissed: string | null; kind: ChangeKind }> {
  const kind = changeKinds[number % changeKinds.length] ?? 'flips'
  const random = startRandom(number)
  const make: Record<ChangeKind, () => Changed> = {
    flips: () => flips(bundle, files, random),
    swap: () => swapped(bundle, random),
    exchange: () => exchanged(files, random),
    cut: () => cut(bundle, random),
    insert: () => inserted(bundle, random),
    remove: () => removed(bundle, random),
  }
  let changed = make[kind]()
  while (isSame(changed.bytes, bundle)) changed = make[kind]()
  const missed = judge(await verifyBundle(changed.bytes), changed.touched)
  return { isMissed: missed && `change ${number} (${kind}): ${missed}`, kind }
}

/** A bundle and where its files lie. */
export async function withFiles(making: Promise<Bytes>): Promise<{ bundle: Bytes; files: PlainFile[] }> {
  const bundle = await making
  return { bundle, files: listFiles(bundle) }
}
