import type { Item } from '../model/item'
import { tagNames } from './bag'
import { checkBag } from './check-bag'
import { checkCase, checkReport } from './check-case'
import { checkContainer, checkOrder } from './check-container'
import { checkEarlier } from './check-earlier'
import { type CheckedItem, checkItem, type ItemFolder, listFolders } from './check-items'
import { checkProofs, hasProofs } from './check-proofs'
import { checkRedacted, isRedactedFolder } from './check-redacted'
import { checkTime } from './check-time'
import { type BundleCase, fixedOrder, itemFiles, itemPaths } from './contents'
import { type BundleFiles, digestFiles, type Watch } from './files'
import { readContainer } from './read'
import { openSource } from './source'
import {
  allOrPass,
  fails,
  notProvedIds,
  type ReadReason,
  type Statement,
  type Verification,
} from './verification'

/** `of`: the commitment that a redacted copy names; null for a whole item. */
type Folders = { folder: ItemFolder; checked: CheckedItem; of: string | null; isRedacted: boolean }[]

async function checkFolder(files: BundleFiles, folder: ItemFolder): Promise<Folders[number]> {
  const isRedacted = isRedactedFolder(folder)
  if (!isRedacted) return { folder, checked: await checkItem(files, folder), of: null, isRedacted }
  const { facts, statements } = await checkRedacted(files, folder)
  return { folder, checked: { item: facts?.item ?? null, statements }, of: facts?.of ?? '', isRedacted }
}

function noBundle(reason: ReadReason, entry: string | null): Verification {
  const statements = [fails('readable', entry, reason)]
  return { isBundle: false, statements, notProved: [...notProvedIds], items: [], proof: null, earlier: [] }
}

/** The one order of files that these facts allow. Null when they could not all be read. */
function expectedOrder(
  folders: Folders,
  of: { bundleCase: BundleCase | null; isProved: boolean; names: readonly string[] },
): string[] | null {
  const { bundleCase, isProved, names } = of
  if (!bundleCase) return null
  const order: string[] = []
  for (const { folder, checked, isRedacted } of folders) {
    if (!checked.item) return null
    const hasAssessment = folder.files.includes(itemFiles.assessment)
    order.push(...itemPaths(checked.item, { hasAssessment, isRedacted }))
  }
  const itemIds = folders.map(({ folder }) => folder.id)
  return fixedOrder({ itemFiles: order, channelId: bundleCase.report.channelId, itemIds, isProved, names })
}

function describeItem(item: Item, { isRedacted }: { isRedacted: boolean }): Verification['items'][number] {
  return { id: item.id, capturedAt: item.captured.utc, permalink: item.post.permalink, isRedacted }
}

function checkTimes(folders: Folders, bundleCase: BundleCase | null): Statement[] {
  return folders.flatMap(({ folder, checked }) =>
    checked.item ? [checkTime(checked.item, folder.id, bundleCase?.madeAt ?? null)] : [],
  )
}

async function checkFiles(files: BundleFiles): Promise<Verification> {
  const folders: Folders = []
  for (const folder of listFolders(files)) folders.push(await checkFolder(files, folder))
  const { bundleCase, statements: aboutCase } = await checkCase(
    files,
    folders.map(({ folder }) => folder),
  )
  const names = files.list.map(({ name }) => name)
  const order = expectedOrder(folders, { bundleCase, isProved: hasProofs(files), names })
  const container = [...(await checkContainer(files)), ...(order ? checkOrder(files, order) : [])]
  const toProve = folders.map(({ folder, of }) => ({ id: folder.id, of }))
  const proofs = await checkProofs(files, toProve)
  const earlier = await checkEarlier(files, toProve)
  return {
    isBundle: true,
    statements: [
      ...allOrPass('container-canonical', container),
      ...(await checkBag(files)),
      ...aboutCase,
      ...folders.flatMap(({ checked }) => checked.statements),
      ...(await checkReport(files, bundleCase)),
      ...checkTimes(folders, bundleCase),
      ...proofs.statements,
      ...earlier.statements,
    ],
    notProved: [...notProvedIds],
    items: folders.flatMap(({ checked, isRedacted }) =>
      checked.item ? [describeItem(checked.item, { isRedacted })] : [],
    ),
    proof: proofs.proof,
    earlier: earlier.seen,
  }
}

/**
 * Checks a bundle and says separately what holds, what does not and what is not there; never one lamp for all.
 * Reads by slices, so that memory stays flat. Never throws for what the file holds: a file that is no bundle is
 * `isBundle: false` with the reason. Rejects only when the Blob itself cannot be read, and when `watch.signal` is
 * aborted.
 */
export async function verifyBundle(bytes: Uint8Array | Blob, watch: Watch = {}): Promise<Verification> {
  return (await verifyFiles(bytes, watch)).verification
}

/** As `verifyBundle`, with the files that were checked, for reading on; null where it is no bundle. */
export async function verifyFiles(
  bytes: Uint8Array | Blob,
  watch: Watch = {},
): Promise<{ verification: Verification; files: BundleFiles | null }> {
  const source = openSource(bytes)
  const read = await readContainer(source)
  if (!read.ok) return { verification: noBundle(read.trouble.reason, read.trouble.entry), files: null }
  const isBag = read.container.entries.some((entry) => entry.name === tagNames.declaration)
  if (!isBag) return { verification: noBundle('no-bag', null), files: null }
  const files = await digestFiles(source, read.container, watch)
  return { verification: await checkFiles(files), files }
}

/** Whether anything in a verification failed. What is absent did not fail. */
export function hasFailure(verification: Verification): boolean {
  return verification.statements.some((statement) => statement.result === 'fail')
}
