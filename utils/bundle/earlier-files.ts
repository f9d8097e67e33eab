import { toUtf8 } from '../crypto/bytes'
import { readCheckpointHead } from '../custody/checkpoint'
import type { ExcerptLine } from '../custody/entry'
import type { AnchorProof, Earlier } from '../custody/proofs'
import type { Assessment } from '../model/item'
import { anchorPaths, isAnchorName, writeAnchorFiles } from './anchor-files'
import { writeCanonicalJson } from './json'
import { writeExcerpt } from './proof-files'

type Bytes = Uint8Array<ArrayBuffer>
type File = { path: string; content: Bytes }

const shape =
  /^(data\/earlier\/([1-9]\d{0,2})\/)(identity\.json|checkpoint|custody\.jsonl|items\/([0-9a-f]{32})\.tlog-proof|anchors\/.+)$/

/** More logs than the items of one bundle can have come through. */
const logsAtMost = 999

/** Whether a file may lie among the proofs of other logs. */
export function isEarlierName(path: string): boolean {
  const [, folder = '', , name] = shape.exec(path) ?? []
  return name !== undefined && (!name.startsWith('anchors/') || isAnchorName(insideOf(path, folder)))
}

/** What a file of such a folder is called among the files of `proof/`; any other keeps its name. */
export function insideOf(path: string, folder: string): string {
  return path.startsWith(folder) ? `proof/${path.slice(folder.length)}` : path
}

/** What a file of `proof/` is called in such a folder; any other keeps its name. */
export function outsideOf(path: string, folder: string): string {
  return path.startsWith('proof/') ? folder + path.slice('proof/'.length) : path
}

/** The folders of these files, each with a slash at its end, by their numbers. */
export function earlierFolders(names: readonly string[]): string[] {
  const numbers = new Map<string, number>()
  for (const name of names.filter(isEarlierName)) {
    const [, folder = '', number] = shape.exec(name) ?? []
    if (number !== undefined) numbers.set(folder, Number(number))
  }
  return [...numbers].sort(([, one], [, other]) => one - other).map(([folder]) => folder)
}

/** Those files among these names, in the order of the container. */
export function earlierPaths(names: readonly string[], itemIds: readonly string[]): string[] {
  const there = new Set(names)
  const within = [
    'identity.json',
    'checkpoint',
    ...itemIds.map((id) => `items/${id}.tlog-proof`),
    'custody.jsonl',
  ]
  return earlierFolders(names).flatMap((folder) => {
    const own = names.filter((name) => name.startsWith(folder)).map((name) => insideOf(name, folder))
    const anchors = anchorPaths(own).map((name) => outsideOf(name, folder))
    return [...within.map((name) => `${folder}${name}`).filter((path) => there.has(path)), ...anchors]
  })
}

/** The items whose capture is proved in a folder, in no order. */
export function itemsOfEarlier(folder: string, names: readonly string[]): string[] {
  return names.flatMap((name) => (name.startsWith(folder) ? (shape.exec(name)?.[4] ?? []) : []))
}

type Group = {
  first: Earlier
  captures: Map<string, string>
  lines: Map<number, ExcerptLine>
  anchors: Map<string, AnchorProof>
}

/**
 * The files of `data/earlier/`: a folder for each checkpoint of another log, with the proofs of the items that it is
 * about. Throws `bundle-too-large` when an excerpt passes its limit.
 */
export async function writeEarlierFiles(
  earlier: ReadonlyMap<string, readonly Earlier[]>,
  of: {
    itemIds: readonly string[]
    assessments: ReadonlyMap<string, Assessment>
    redacted: ReadonlyMap<string, unknown>
  },
): Promise<File[]> {
  const files: File[] = []
  for (const [at, group] of groupsOf(earlier, of.itemIds).slice(0, logsAtMost).entries()) {
    const folder = `data/earlier/${at + 1}/`
    const lines = [...group.lines.values()].sort((one, other) => one.index - other.index)
    files.push(
      { path: `${folder}identity.json`, content: writeCanonicalJson(group.first.identity) },
      { path: `${folder}checkpoint`, content: toUtf8(group.first.checkpoint) },
      ...[...group.captures].map(([id, text]) => ({
        path: `${folder}items/${id}.tlog-proof`,
        content: toUtf8(text),
      })),
      { path: `${folder}custody.jsonl`, content: await writeExcerpt(lines, of) },
      ...anchorFilesOf(group).map(({ path, content }) => ({ path: outsideOf(path, folder), content })),
    )
  }
  return files
}

/** Oldest first, as in `proof/`. */
function anchorFilesOf({ anchors }: Group): File[] {
  const size = ({ checkpoint }: AnchorProof) => readCheckpointHead(checkpoint)?.size ?? 0
  return writeAnchorFiles([...anchors.values()].sort((one, other) => size(one) - size(other)))
}

/** By checkpoint, in the order of the items. */
function groupsOf(earlier: ReadonlyMap<string, readonly Earlier[]>, itemIds: readonly string[]): Group[] {
  const groups = new Map<string, Group>()
  for (const id of itemIds) {
    for (const proof of earlier.get(id) ?? []) {
      const group = groups.get(proof.checkpoint) ?? {
        first: proof,
        captures: new Map(),
        lines: new Map(),
        anchors: new Map(),
      }
      groups.set(proof.checkpoint, group)
      group.captures.set(id, proof.capture)
      for (const line of proof.lines) group.lines.set(line.index, line)
      for (const anchor of proof.anchors ?? []) group.anchors.set(anchor.checkpoint, anchor)
    }
  }
  return [...groups.values()]
}
