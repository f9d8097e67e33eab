import { toHex } from '../crypto/bytes'
import type { Item, PartRecord } from '../model/item'
import type { Area, RedactedFacts } from '../model/redaction'
import { checkItem, type ItemFolder, listFolders } from './check-items'
import { commitmentIn } from './check-proofs'
import { checkRedacted, isRedactedFolder } from './check-redacted'
import { areFactsLeft } from './compare-facts'
import { comparePictures, type PictureComparison } from './compare-pictures'
import { itemFiles, itemPath } from './contents'
import type { BundleFiles } from './files'
import { allOrPass, fails, isAbsent, type Reason, type Statement } from './verification'

/** What is covered in one redacted copy, as it says itself. */
export type CoveredItem = {
  id: string
  pictures: { name: string; areas: number }[]
  places: number
  leftOut: string[]
}

/** Whether redacted copies are copies of the items of a whole bundle, and what is covered in them. */
export type Tie = { statements: Statement[]; covered: CoveredItem[] }

const largestPicture = 256 * 1024 * 1024

const reasons: Readonly<Record<Exclude<PictureComparison, 'same' | 'unknown'>, Reason>> = {
  size: 'picture-size-differs',
  outside: 'pixels-differ',
  inside: 'not-painted-over',
  damaged: 'picture-damaged',
}

type Pair = { files: BundleFiles; whole: BundleFiles; id: string; facts: RedactedFacts; item: Item }

/** What a part says of itself besides its bytes: those are others once something is painted over. */
function isSamePart(left: PartRecord, whole: PartRecord): boolean {
  const { role, mediaType, width, height, method } = whole
  return (
    left.role === role &&
    left.mediaType === mediaType &&
    left.width === width &&
    left.height === height &&
    left.method === method
  )
}

async function checkPicture({ files, whole, id, facts, item }: Pair, part: PartRecord): Promise<Statement[]> {
  const path = itemPath(id, part.name)
  const own = item.parts.find(({ name }) => name === part.name)
  if (!own) return [fails('copy-pictures', path, 'left-out-differs')]
  if (!isSamePart(part, own)) return [fails('copy-pictures', path, 'picture-size-differs')]
  const areas: Area[] = facts.covered.pictures.flatMap((one) => (one.name === part.name ? one.areas : []))
  if (areas.length === 0 && part.sha256 === own.sha256) return []
  const [copy, original] = await Promise.all(
    [files, whole].map((from) => from.readWhole(path, largestPicture)),
  )
  if (!copy || !original) return [isAbsent('copy-pictures', path, 'picture-not-compared')]
  const result = await comparePictures({ copy, whole: original, areas })
  if (result === 'same') return []
  if (result === 'unknown') return [isAbsent('copy-pictures', path, 'picture-not-compared')]
  return [fails('copy-pictures', path, reasons[result])]
}

/** Every part of the whole item is in the copy, or is named as left out. */
function isAllNamed({ facts, item }: Pair): boolean {
  const named = [...facts.item.parts.map(({ name }) => name), ...facts.leftOut].toSorted()
  return (
    named.join() ===
    item.parts
      .map(({ name }) => name)
      .toSorted()
      .join()
  )
}

async function checkCopy(pair: Pair): Promise<Statement[]> {
  const { id, facts, item } = pair
  const folder = `data/items/${id}`
  const path = itemPath(id, itemFiles.redacted)
  const isLeft = areFactsLeft(facts.item, item)
  const pictures: Statement[] = isAllNamed(pair) ? [] : [fails('copy-pictures', path, 'left-out-differs')]
  for (const part of facts.item.parts) pictures.push(...(await checkPicture(pair, part)))
  return [
    ...allOrPass('copy-words', isLeft ? [] : [fails('copy-words', path, 'words-differ')], folder),
    ...allOrPass('copy-pictures', pictures, folder),
  ]
}

async function checkFolder(
  { files, whole }: { files: BundleFiles; whole: BundleFiles },
  folder: ItemFolder,
  others: readonly ItemFolder[],
): Promise<{ statements: Statement[]; covered: CoveredItem[] }> {
  const { id } = folder
  const path = itemPath(id, itemFiles.redacted)
  const refuse = (subject: string, why: Reason, covered: CoveredItem[] = []) => ({
    statements: [fails('copy-of-whole', subject, why)],
    covered,
  })
  const { facts, statements } = await checkRedacted(files, folder)
  const broken = statements.find(({ result }) => result === 'fail')
  if (!facts || broken) return refuse(broken?.subject ?? path, broken?.detail ?? 'schema')
  const covered = [describeCover(facts)]
  const other = others.find((one) => one.id === id && !isRedactedFolder(one))
  if (!other) return refuse(`data/items/${id}`, 'no-whole-item', covered)
  const checked = await checkItem(whole, other)
  if (!checked.item || checked.statements.some(({ result }) => result === 'fail'))
    return refuse(itemPath(id, itemFiles.facts), 'whole-damaged', covered)
  const commitment = await commitmentIn(whole, id)
  if (!commitment || toHex(commitment) !== facts.of) return refuse(path, 'commitment-differs', covered)
  const tied = allOrPass('copy-of-whole', [], `data/items/${id}`)
  const same = await checkCopy({ files, whole, id, facts, item: checked.item })
  return { statements: [...tied, ...same], covered }
}

function describeCover({ item, covered, leftOut }: RedactedFacts): CoveredItem {
  const pictures = covered.pictures.map(({ name, areas }) => ({ name, areas: areas.length }))
  return { id: item.id, pictures, places: covered.places, leftOut: [...leftOut] }
}

/**
 * Compares redacted copies with the whole items of another bundle: whether each names the commitment that salt and
 * facts of the whole item give, whether what is left of the words is in the whole, and whether the pictures differ in
 * what is painted over and nowhere else. *Absent* where nothing in the first bundle is a redacted copy.
 */
export async function checkTie(files: BundleFiles, whole: BundleFiles): Promise<Tie> {
  const folders = listFolders(files).filter(isRedactedFolder)
  if (folders.length === 0)
    return { statements: [isAbsent('copy-of-whole', null, 'no-redacted-copy')], covered: [] }
  const others = listFolders(whole)
  const tie: Tie = { statements: [], covered: [] }
  for (const folder of folders) {
    const { statements, covered } = await checkFolder({ files, whole }, folder, others)
    tie.statements.push(...statements)
    tie.covered.push(...covered)
  }
  return tie
}
