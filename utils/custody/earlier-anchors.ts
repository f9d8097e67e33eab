import { type Bytes, fromHex, fromUtf8, toUtf8 } from '../crypto/bytes'
import { openCheckpoint, readBase64, readCheckpointHead } from './checkpoint'
import type { EarlierProof } from './earlier'
import type { Identity } from './identity'
import { hashLength, isConsistent } from './merkle'
import { readOpenTimestamps } from './open-timestamps'
import type { AnchorForm, AnchorProof } from './proofs'
import { checkTimeStamp } from './time-stamp'
import { readTlogProof } from './tlog-proof'

/** A proof of consistency has at most two hashes a level of the tree. */
const hashesAtMost = 128

/** The hashes of a proof of consistency, one a line in base64. Null when a line is none. */
export function readConsistency(text: string): Bytes[] | null {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.length > hashesAtMost) return null
  const hashes = lines.map(readBase64)
  return hashes.every((hash) => hash?.length === hashLength) ? (hashes as Bytes[]) : null
}

/** What a checkpoint says that one of a log's keys signed: it may have been stamped before the last key began. */
export async function openByAny(note: string, identity: Identity) {
  for (const { publicKey } of identity.keys) {
    const opened = await openCheckpoint(note, fromHex(publicKey))
    if (opened?.origin === identity.origin) return opened
  }
  return null
}

/** Of what others stamped of an earlier log, what holds: heads it grew from, and answers about just those. */
export async function anchorsThatHold(
  { identity, checkpoint }: EarlierProof,
  anchors: readonly AnchorProof[],
): Promise<AnchorProof[]> {
  const second = readCheckpointHead(checkpoint)
  const holding: AnchorProof[] = []
  for (const anchor of anchors) {
    const first = await openByAny(anchor.checkpoint, identity)
    const proof = [...anchor.consistency]
    if (!first || !second || !(await isConsistent({ first, second, proof }))) continue
    const good = await Promise.all(anchor.answers.map((answer) => isAbout(answer, anchor.checkpoint)))
    const answers = anchor.answers.filter((_, at) => good[at])
    if (answers.length > 0) holding.push({ ...anchor, answers })
  }
  return holding
}

async function isAbout({ form, bytes }: AnchorProof['answers'][number], stamped: string): Promise<boolean> {
  if (form === 'rfc3161') return (await checkTimeStamp(bytes, toUtf8(stamped))).ok
  return (await readOpenTimestamps(bytes, toUtf8(stamped))) !== null
}

/** Whether a stamped head counts the capture of the item: of later ones it says nothing. */
export function coversCapture({ capture }: EarlierProof, { checkpoint }: AnchorProof): boolean {
  const place = readTlogProof(capture)?.index ?? Number.POSITIVE_INFINITY
  return (readCheckpointHead(checkpoint)?.size ?? 0) > place
}

type File = { name: string; bytes: Bytes }
const shape =
  /^(proof|data\/earlier\/[1-9]\d{0,2})\/anchors\/([1-9]\d?)(?:\.(checkpoint|consistency)|-[1-9]\d?\.(tsr|ots))$/
const forms: Record<string, AnchorForm> = { tsr: 'rfc3161', ots: 'opentimestamps' }

/** What others stamped of the log whose checkpoint this is, out of the proof files of a bundle; nothing is checked. */
export function anchorsAmong(files: readonly File[], checkpoint: string): AnchorProof[] {
  const base = files.find(
    ({ name, bytes }) => name.endsWith('/checkpoint') && textOf(bytes) === checkpoint,
  )?.name
  const folder = base?.slice(0, -'/checkpoint'.length)
  const own = files.flatMap(({ name, bytes }) => {
    const [, within, number, part, ending] = shape.exec(name) ?? []
    return within !== undefined && within === folder ? [{ number, part, ending, bytes }] : []
  })
  return [...Map.groupBy(own, ({ number }) => number).values()].flatMap((some) => {
    const head = textOf(some.find(({ part }) => part === 'checkpoint')?.bytes)
    const consistency = readConsistency(textOf(some.find(({ part }) => part === 'consistency')?.bytes) ?? '-')
    if (head === null || consistency === null) return []
    const answers = some.flatMap(({ ending, bytes }) => {
      const form = forms[ending ?? '']
      return form ? [{ form, bytes }] : []
    })
    return [{ checkpoint: head, consistency, answers }]
  })
}

function textOf(bytes: Bytes | undefined): string | null {
  try {
    return bytes === undefined ? null : fromUtf8(bytes)
  } catch {
    return null
  }
}
