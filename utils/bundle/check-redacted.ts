import { RedactedFacts } from '../model/redaction'
import { checkParts, type ItemFolder, readJsonFile } from './check-items'
import { itemFiles, itemPath } from './contents'
import type { BundleFiles } from './files'
import { allOrPass, fails, type Reason, type Statement } from './verification'

const id = 'redacted-well-formed'

/** What was found out about a redacted copy. `facts` is null when they could not be read. */
export type CheckedRedacted = { facts: RedactedFacts | null; statements: Statement[] }

/** Whether a folder claims to hold a redacted copy and not a whole item. */
export function isRedactedFolder({ files }: ItemFolder): boolean {
  return files.includes(itemFiles.redacted) && !files.includes(itemFiles.facts)
}

/** Whether what is said to be covered and left out fits the pictures that are here. */
function isCoverTrue({ item, covered, leftOut }: RedactedFacts): boolean {
  const sizes = new Map(item.parts.map((part) => [part.name, part]))
  const names = covered.pictures.map(({ name }) => name)
  const areTold = names.length === sizes.size && new Set(names).size === names.length
  const areInside = covered.pictures.every(({ name, areas }) => {
    const part = sizes.get(name)
    const [width, height] = [part?.width ?? 0, part?.height ?? 0]
    return (
      part?.mediaType === 'image/png' &&
      areas.every((one) => one.x + one.width <= width && one.y + one.height <= height)
    )
  })
  const isLeftOut = new Set(leftOut).size === leftOut.length && leftOut.every((name) => !sizes.has(name))
  return areTold && areInside && isLeftOut
}

async function readFacts(
  files: BundleFiles,
  folder: ItemFolder,
): Promise<{ facts: RedactedFacts | null; reason: Reason | null }> {
  const json = await readJsonFile(files, itemPath(folder.id, itemFiles.redacted))
  if (!json.ok) return { facts: null, reason: json.reason }
  const parsed = RedactedFacts.safeParse(json.value)
  if (!parsed.success) return { facts: null, reason: 'schema' }
  const facts = parsed.data
  if (facts.item.id !== folder.id) return { facts, reason: 'id-differs' }
  return { facts, reason: isCoverTrue(facts) ? null : 'cover-differs' }
}

/**
 * Whether a redacted copy is canonical and fits the schema, what it says is covered fits its pictures, and the folder
 * holds those pictures and nothing else: neither salt nor assessment.
 */
export async function checkRedacted(files: BundleFiles, folder: ItemFolder): Promise<CheckedRedacted> {
  const { facts, reason } = await readFacts(files, folder)
  const path = itemPath(folder.id, itemFiles.redacted)
  const failures = reason ? [fails(id, path, reason)] : []
  const own = { id, own: [itemFiles.redacted] } as const
  if (facts) failures.push(...checkParts({ files, folder }, facts.item.parts, own))
  return { facts, statements: allOrPass(id, failures, `data/items/${folder.id}`) }
}
