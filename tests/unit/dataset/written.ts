import { unzipSync } from 'fflate'
import { type Identifier, readBook } from '../../../utils/dataset/book'
import { type CheckResult, checkRelease } from '../../../utils/dataset/check'
import { type DatasetChoices, firstChoices } from '../../../utils/dataset/choices'
import { makePlan, type Plan } from '../../../utils/dataset/plan'
import { newPseudonymKey } from '../../../utils/dataset/pseudonyms'
import { prepareRelease, type Release } from '../../../utils/dataset/release'
import type { Decision } from '../../../utils/dataset/review'
import type { DatasetSource } from '../../../utils/dataset/source'
import { writeDataset } from '../../../utils/dataset/write'

export const low = { actors: 3, targets: 2, types: 2, cell: 3 }
const reason = 'Written for a test, with people who do not exist at all.'
export const choices = (patch: Partial<DatasetChoices> = {}): DatasetChoices => ({
  ...firstChoices,
  purpose: 'To count kinds of attack over time.',
  recipient: 'A university institute',
  reason,
  ...patch,
})

export type Written = {
  plan: Plan
  release: Release
  check: CheckResult
  /** By path. */
  files: Record<string, Uint8Array>
  bytes: Uint8Array<ArrayBuffer>
}

/** Reads a stream to its end. */
export async function readAll(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  for await (const piece of stream) pieces.push(piece)
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

/** The whole way of an export, from locker to files. */
export async function exportOf(
  source: DatasetSource,
  options: {
    choices: DatasetChoices
    identifiers?: Identifier[]
    decisions?: Decision[]
    key?: CryptoKey
  },
): Promise<Written> {
  const book = await readBook(source, options.identifiers ?? [])
  const plan = makePlan(book, options.choices)
  const review = new Map((options.decisions ?? []).map((decision) => [decision.itemId, decision]))
  const key = options.key ?? (await newPseudonymKey())
  const release = await prepareRelease({ plan, book, review, source, key })
  const check = await checkRelease(release)
  const bytes = await readAll(
    writeDataset({
      release,
      check,
      tool: { name: 'Witnessmark', version: '0.1.0' },
      madeOn: '2026-11-22',
    }),
  )
  return { plan, release, check, files: unzipSync(bytes), bytes }
}

export const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)
