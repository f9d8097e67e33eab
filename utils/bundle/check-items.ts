import { fromUtf8 } from '../crypto/bytes'
import { Assessment, Item, type PartRecord } from '../model/item'
import { isReservedName, itemFiles, itemPath, splitItemPath } from './contents'
import type { BundleFiles } from './files'
import { jsonLimits, readCanonicalJson } from './json'
import { allOrPass, fails, type Reason, type Statement, type StatementId } from './verification'

const id = 'item-well-formed'
/** The files of a whole item besides its parts. */
const wholeFiles: readonly string[] = [itemFiles.facts, itemFiles.salt, itemFiles.assessment]
const saltShape = /^[0-9a-f]{64}\n$/

/** One item's folder: the names in it, in the order of the container. */
export type ItemFolder = { id: string; files: string[] }
/** What was found out about one folder. `item` is null when its facts could not be read. */
export type CheckedItem = { item: Item | null; statements: Statement[] }

/** The items' folders in the order in which they first appear. */
export function listFolders(files: BundleFiles): ItemFolder[] {
  const folders = new Map<string, ItemFolder>()
  for (const { name } of files.list) {
    const place = splitItemPath(name)
    if (!place) continue
    const folder = folders.get(place.id) ?? { id: place.id, files: [] }
    folder.files.push(place.file)
    folders.set(place.id, folder)
  }
  return [...folders.values()]
}

/** A canonical JSON file of the bundle, or why it is none. */
export async function readJsonFile(
  files: BundleFiles,
  path: string,
): Promise<{ ok: true; value: unknown } | { ok: false; reason: Reason }> {
  if (!files.find(path)) return { ok: false, reason: 'file-missing' }
  const bytes = await files.readWhole(path, jsonLimits.bytes)
  return bytes ? readCanonicalJson(bytes) : { ok: false, reason: 'file-too-large' }
}

async function readItem(
  files: BundleFiles,
  folder: ItemFolder,
): Promise<{ item: Item | null; reason: Reason | null }> {
  const json = await readJsonFile(files, itemPath(folder.id, itemFiles.facts))
  if (!json.ok) return { item: null, reason: json.reason }
  const parsed = Item.safeParse(json.value)
  if (!parsed.success) return { item: null, reason: 'schema' }
  return { item: parsed.data, reason: parsed.data.id === folder.id ? null : 'id-differs' }
}

async function reasonForSalt(files: BundleFiles, path: string): Promise<Reason | null> {
  if (!files.find(path)) return 'file-missing'
  const bytes = await files.readWhole(path, 65)
  try {
    return bytes && saltShape.test(fromUtf8(bytes)) ? null : 'salt-malformed'
  } catch {
    return 'salt-malformed'
  }
}

async function reasonForAssessment(
  files: BundleFiles,
  folder: ItemFolder,
  path: string,
): Promise<Reason | null> {
  if (!files.find(path)) return null
  const json = await readJsonFile(files, path)
  if (!json.ok) return json.reason
  const parsed = Assessment.safeParse(json.value)
  if (!parsed.success) return 'schema'
  return parsed.data.itemId === folder.id ? null : 'id-differs'
}

function reasonForPart(files: BundleFiles, path: string, part: PartRecord): Reason | null {
  if (isReservedName(part.name)) return 'name-reserved'
  const file = files.find(path)
  if (!file) return 'file-missing'
  if (file.size !== part.bytes) return 'size-differs'
  return file.sha256 === part.sha256 ? null : 'digest-differs'
}

/**
 * What is wrong with the parts of an item: each must be there as its record says, and no file besides but those of
 * `as.own`. Said under the statement `as.id`.
 */
export function checkParts(
  { files, folder }: { files: BundleFiles; folder: ItemFolder },
  parts: readonly PartRecord[],
  as: { id: StatementId; own: readonly string[] },
): Statement[] {
  const failures: Statement[] = []
  const named = new Set<string>()
  for (const part of parts) {
    const path = itemPath(folder.id, part.name)
    const reason = named.has(part.name) ? 'part-twice' : reasonForPart(files, path, part)
    if (reason) failures.push(fails(as.id, path, reason))
    named.add(part.name)
  }
  for (const file of folder.files) {
    const isExpected = as.own.includes(file) || named.has(file)
    if (!isExpected) failures.push(fails(as.id, itemPath(folder.id, file), 'part-not-listed'))
  }
  return failures
}

/** Whether an item's facts are canonical and fit the schema, and its files are exactly those the facts list. */
export async function checkItem(files: BundleFiles, folder: ItemFolder): Promise<CheckedItem> {
  const failures: Statement[] = []
  const { item, reason } = await readItem(files, folder)
  const note = (file: string, why: Reason | null) => {
    if (why) failures.push(fails(id, itemPath(folder.id, file), why))
  }
  note(itemFiles.facts, reason)
  note(itemFiles.salt, await reasonForSalt(files, itemPath(folder.id, itemFiles.salt)))
  const assessment = itemPath(folder.id, itemFiles.assessment)
  note(itemFiles.assessment, await reasonForAssessment(files, folder, assessment))
  if (item) failures.push(...checkParts({ files, folder }, item.parts, { id, own: wholeFiles }))
  return { item, statements: allOrPass(id, failures, `data/items/${folder.id}`) }
}
