import { createHash } from 'node:crypto'
import { createWriteStream, openAsBlob, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ReadPicture } from '../../utils/bundle/report-entry'
import { hasFailure, verifyBundle } from '../../utils/bundle/verify'
import { type BundleOptions, writeBundle } from '../../utils/bundle/write'
import { startSha256 } from '../../utils/crypto/digest'
import type { OpenedItem } from '../../utils/model/item'
import { bundleOptions } from '../support/sample-bundle'
import { sampleBytes, sampleItem, samplePart } from '../support/sample-items'
import { sampleProofs } from '../support/sample-proofs'

/** A container holds at most 10,000 files: more items than this leave in several bundles, one after another. */
export const itemsInBundle = 1_000
const pattern = sampleBytes('bench', 200_000)
const others = sampleItem().parts.slice(2)

/** What exporting so many items took, in this process. Memory in MiB: the most held, and that before. */
export type ExportCost = { bundles: number; bytes: number; ms: number; peakMib: number; beforeMib: number }

/**
 * What verifying took, in this process, and SHA-256 alone over the same bytes: by WebAssembly, as the verifier takes
 * it for large files, and by OpenSSL.
 */
export type VerifyCost = ExportCost & { wasmMs: number; nativeMs: number }

/** The most memory that the process held since the last call, by the kernel's own count; Linux only. */
function takePeak(): number {
  const status = readFileSync('/proc/self/status', 'utf8')
  const peak = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1_024
  // 5 begins the count anew (proc_pid_clear_refs(5)).
  writeFileSync('/proc/self/clear_refs', '5')
  return peak
}

async function timed(act: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await act()
  return performance.now() - began
}

/** One picture of its own a number, so that nothing is shared between items. */
function pictureOf(number: number): Uint8Array<ArrayBuffer> {
  const bytes = pattern.slice()
  new DataView(bytes.buffer).setUint32(0, number)
  return bytes
}

function makeItem(number: number): OpenedItem {
  const record = { name: 'screenshot.png', role: 'screenshot', mediaType: 'image/png' } as const
  const parts = [samplePart(record, pictureOf(number)), ...others]
  return sampleItem({ seed: String(number), parts, assessment: {} })
}

/** Items made one after another, as a locker opens them; `madeMs` is what making them took. */
function makeItems(first: number, count: number) {
  const numbers = new Map<string, number>()
  let madeMs = 0
  async function* open(): AsyncGenerator<OpenedItem> {
    for (let number = first; number < first + count; number++) {
      const began = performance.now()
      const opened = makeItem(number)
      numbers.set(opened.item.id, number)
      madeMs += performance.now() - began
      yield opened
    }
  }
  const readPicture: ReadPicture = async ({ itemId }) => pictureOf(numbers.get(itemId) ?? -1)
  return { open, readPicture, madeMs: () => madeMs }
}

/** What a bundle with web archives needs besides: who signs them, and the items once more. */
async function withArchive(first: number, count: number): Promise<Partial<BundleOptions>> {
  const light = Array.from({ length: count }, (_, at) => ({ ...makeItem(first + at), parts: [] }))
  return { proofs: await sampleProofs(light), archived: () => makeItems(first, count).open() }
}

/**
 * Exports items with a picture of 200 kB each into the folder, a thousand a bundle; with web archives where that is
 * asked for. Making the items for those is in the time.
 */
export async function measureExport(options: {
  items: number
  folder: string
  hasArchive: boolean
}): Promise<ExportCost> {
  const { items, folder, hasArchive } = options
  const cost: ExportCost = { bundles: 0, bytes: 0, ms: 0, peakMib: 0, beforeMib: 0 }
  for (let first = 0; first < items; first += itemsInBundle) {
    const path = join(folder, `${cost.bundles}.zip`)
    const count = Math.min(itemsInBundle, items - first)
    const made = makeItems(first, count)
    const { readPicture } = made
    const more = hasArchive ? await withArchive(first, count) : {}
    const written = bundleOptions([], { items: made.open(), readPicture, ...more })
    const before = takePeak()
    if (first === 0) cost.beforeMib = before
    const stream: AsyncIterable<Uint8Array> = writeBundle(written)
    cost.ms += (await timed(() => pipeline(stream, createWriteStream(path)))) - made.madeMs()
    cost.peakMib = Math.max(cost.peakMib, takePeak())
    cost.bytes += statSync(path).size
    cost.bundles++
  }
  return cost
}

async function eachPiece(file: Blob, take: (piece: Uint8Array) => void): Promise<void> {
  const piece = 1024 * 1024
  for (let at = 0; at < file.size; at += piece)
    take(new Uint8Array(await file.slice(at, at + piece).arrayBuffer()))
}

/** Verifies every bundle of the folder from the disk. */
export async function measureVerify(folder: string): Promise<VerifyCost> {
  const cost: VerifyCost = {
    bundles: 0,
    bytes: 0,
    ms: 0,
    peakMib: 0,
    beforeMib: takePeak(),
    wasmMs: 0,
    nativeMs: 0,
  }
  const files = await Promise.all(readdirSync(folder).map((name) => openAsBlob(join(folder, name))))
  for (const file of files) {
    cost.ms += await timed(async () => {
      if (hasFailure(await verifyBundle(file))) throw new Error('a bundle of the bench does not verify')
    })
    cost.bytes += file.size
    cost.bundles++
  }
  cost.peakMib = takePeak()
  for (const file of files) {
    const [wasm, native] = [await startSha256(), createHash('sha256')]
    cost.wasmMs += await timed(() => eachPiece(file, wasm.update))
    cost.nativeMs += await timed(() => eachPiece(file, (piece) => void native.update(piece)))
  }
  return cost
}
