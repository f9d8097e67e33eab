import { fromHex } from '../crypto/bytes'
import { openCheckpoint } from '../custody/checkpoint'
import { fingerprintsOf } from '../custody/proofs'
import { type CheckedAnchors, checkAnchors } from './check-anchors'
import { checkExcerpt } from './check-excerpt'
import { checkPlace, readIdentity, readNote, type ToProve } from './check-proofs'
import { earlierFolders, insideOf, itemsOfEarlier, outsideOf } from './earlier-files'
import type { BundleFiles, CheckedFile } from './files'
import { captureProofPath, proofNames } from './proof-files'
import { type EarlierSeen, fails, passes, type Statement } from './verification'

const id = 'earlier-proofs'

/** What was found out about the proofs of other logs. */
export type CheckedEarlier = { statements: Statement[]; seen: EarlierSeen[] }

/** The files as if those of one folder were the ones of `proof/`. */
function within(files: BundleFiles, folder: string): BundleFiles {
  const outside = (name: string) => outsideOf(name, folder)
  const renamed = (file: CheckedFile | null) => file && { ...file, name: insideOf(file.name, folder) }
  return {
    ...files,
    list: files.list.filter(({ name }) => name.startsWith(folder)).flatMap((file) => renamed(file) ?? []),
    find: (name) => renamed(files.find(outside(name))),
    readWhole: (name, limit) => files.readWhole(outside(name), limit),
  }
}

/** A statement about `proof/…` as one about the folder. */
function about(folder: string, { subject, detail }: Statement): Statement {
  return fails(id, subject && outsideOf(subject, folder), detail ?? 'not-in-log')
}

/** What others stamped of that log, each answer by itself; nothing where there is none. */
async function checkStamps(folder: string, log: Parameters<typeof checkAnchors>[0]): Promise<CheckedAnchors> {
  const { statements, anchors } = await checkAnchors(log)
  return {
    statements: statements.flatMap((one) =>
      one.subject === null ? [] : [{ ...one, subject: outsideOf(one.subject, folder) }],
    ),
    anchors: anchors.map((one) => ({ ...one, path: outsideOf(one.path, folder) })),
  }
}

/** The first line of a checkpoint: the name of its log. Empty where there is none. */
function logOf(note: string | null): string {
  return note === null ? '' : note.slice(0, note.indexOf('\n') + 1)
}

/** Whether a folder's log is the bundle's own, or one that a folder before it told of the same item. */
type IsTold = (note: string | null, itemIds: readonly string[]) => boolean

function startTelling(ownNote: string | null): IsTold {
  const told = new Map<string, readonly string[]>()
  return (note, itemIds) => {
    const log = logOf(note)
    const before = told.get(log) ?? []
    told.set(log, [...before, ...itemIds])
    return log !== '' && (log === logOf(ownNote) || itemIds.some((item) => before.includes(item)))
  }
}

async function checkFolder(
  files: BundleFiles,
  folder: string,
  items: readonly ToProve[],
  isTold: IsTold,
): Promise<CheckedEarlier> {
  const inside = within(files, folder)
  const names = files.list.map(({ name }) => name)
  const proved = new Set(itemsOfEarlier(folder, names))
  const own = items.filter((item) => proved.has(item.id))
  const failures: Statement[] = []
  const { value: identity, failures: wrong } = await readIdentity(inside)
  failures.push(...wrong)
  const note = await readNote(inside)
  const opened =
    identity && note !== null && (await openCheckpoint(note, fromHex(identity.keys.at(-1)?.publicKey ?? '')))
  const checkpoint = opened && opened.origin === identity.origin ? opened : null
  if (identity && !checkpoint) failures.push(fails(id, proofNames.checkpoint, 'signature-wrong'))
  const ownIds = own.map((item) => item.id)
  if (isTold(note, ownIds)) failures.push(fails(id, proofNames.checkpoint, 'proof-twice'))
  const context = { files: inside, note: note ?? '', checkpoint }
  const itemIds = own.filter(({ of }) => of === null).map((item) => item.id)
  const places: Record<string, number> = {}
  for (const item of own) {
    const found = await checkPlace({ ...context, itemIds }, item, Object.values(places))
    if (typeof found === 'number') places[item.id] = found
    else failures.push(fails(id, found.path, found.reason))
  }
  const known = new Set(items.map((item) => item.id))
  for (const item of proved)
    if (!known.has(item)) failures.push(fails(id, captureProofPath(item), 'unknown-file'))
  if (proved.size === 0) failures.push(fails(id, proofNames.checkpoint, 'file-missing'))
  failures.push(...(await checkExcerpt({ ...context, itemIds, identity })))
  const stamps = await checkStamps(folder, { files: inside, identity, checkpoint })
  if (failures.length > 0 || !identity || !checkpoint || note === null)
    return {
      statements: [...failures.map((failure) => about(folder, failure)), ...stamps.statements],
      seen: [],
    }
  const { key, checkpoint: digits } = await fingerprintsOf({ identity, checkpoint: note })
  const path = folder.slice(0, -1)
  return {
    statements: [passes(id, path), ...stamps.statements],
    seen: [{ path, key, checkpoint: digits, size: checkpoint.size, places, anchors: stamps.anchors }],
  }
}

/**
 * What the proofs of other logs say of items that came from there, each folder by itself: of the locker that captured
 * them, or of this one before it was restored. Nothing where there are none.
 */
export async function checkEarlier(files: BundleFiles, items: readonly ToProve[]): Promise<CheckedEarlier> {
  const all: CheckedEarlier = { statements: [], seen: [] }
  const isTold = startTelling(await readNote(files))
  for (const folder of earlierFolders(files.list.map(({ name }) => name))) {
    const checked = await checkFolder(files, folder, items, isTold)
    all.statements.push(...checked.statements)
    all.seen.push(...checked.seen)
  }
  return all
}
