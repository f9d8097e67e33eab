import { toBase64, toUtf8 } from '../crypto/bytes'
import type { AnchorForm, AnchorProof } from '../custody/proofs'

type Bytes = Uint8Array<ArrayBuffer>

const folder = 'proof/anchors/'
const shape = /^proof\/anchors\/([1-9]\d?)(?:\.(checkpoint|consistency)|-([1-9]\d?)\.(tsr|ots))$/

/** Endings of the names of answers. */
const endings: Record<AnchorForm, string> = { rfc3161: 'tsr', opentimestamps: 'ots' }

/** More than a lifetime of anchors; the oldest that cover an item say the most. */
const anchorsAtMost = 99

type Place = { anchor: number; part: 'checkpoint' | 'consistency' | number; form: AnchorForm | null }

function placeOf(path: string): Place | null {
  const [, anchor, file, answer, ending] = shape.exec(path) ?? []
  if (anchor === undefined) return null
  const form = ending === undefined ? null : ending === 'tsr' ? 'rfc3161' : 'opentimestamps'
  const part = file === undefined ? Number(answer) : (file as 'checkpoint' | 'consistency')
  return { anchor: Number(anchor), part, form }
}

function rankOf({ part }: Place): number {
  return part === 'checkpoint' ? -2 : part === 'consistency' ? -1 : part
}

/** Whether a file may lie among the anchors. */
export function isAnchorName(path: string): boolean {
  return placeOf(path) !== null
}

/** The anchors' files among these names, in the order of the container. */
export function anchorPaths(names: readonly string[]): string[] {
  return names
    .flatMap((name) => {
      const place = placeOf(name)
      return place ? [{ name, place }] : []
    })
    .toSorted(
      (one, other) => one.place.anchor - other.place.anchor || rankOf(one.place) - rankOf(other.place),
    )
    .map(({ name }) => name)
}

/** The names of one anchor's files. */
export type AnchorFiles = {
  checkpoint: string
  consistency: string
  answers: { path: string; form: AnchorForm }[]
}

/** The files of each anchor, in their order; answers as far as they are there. */
export function anchorsIn(names: readonly string[]): AnchorFiles[] {
  const byNumber = Map.groupBy(anchorPaths(names), (name) => placeOf(name)?.anchor ?? 0)
  return [...byNumber].map(([number, paths]) => ({
    checkpoint: `${folder}${number}.checkpoint`,
    consistency: `${folder}${number}.consistency`,
    answers: paths.flatMap((path) => {
      const form = placeOf(path)?.form ?? null
      return form === null ? [] : [{ path, form }]
    }),
  }))
}

/** The files of these anchors: for each the checkpoint that was stamped, how the log grew from it, and the answers. */
export function writeAnchorFiles(anchors: readonly AnchorProof[]): { path: string; content: Bytes }[] {
  return anchors.slice(0, anchorsAtMost).flatMap(({ checkpoint, consistency, answers }, at) => {
    const base = `${folder}${at + 1}`
    return [
      { path: `${base}.checkpoint`, content: toUtf8(checkpoint) },
      {
        path: `${base}.consistency`,
        content: toUtf8(consistency.map((hash) => `${toBase64(hash)}\n`).join('')),
      },
      ...answers
        .slice(0, anchorsAtMost)
        .map(({ form, bytes }, index) => ({ path: `${base}-${index + 1}.${endings[form]}`, content: bytes })),
    ]
  })
}
