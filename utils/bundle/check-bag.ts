import { toUtf8 } from '../crypto/bytes'
import { sha256 } from '../crypto/digest'
import { declaration, listedTags, type ManifestLine, readBagInfo, readManifest, tagNames } from './bag'
import { archivePaths, attachmentPaths, casePath, htmlReportPath, splitItemPath } from './contents'
import { isEarlierName } from './earlier-files'
import type { BundleFiles } from './files'
import { isProofName } from './proof-files'
import { allOrPass, fails, type Statement, type StatementId } from './verification'

/** A line takes at most 230 bytes; more than 10,000 of them do not fit a container. */
const manifestLimit = 4 * 1024 * 1024
const tagLimit = 64 * 1024
const submissionShape = /^data\/report\/[a-z0-9][a-z0-9-]{0,59}\/submission\.(?:txt|json)$/
const knownTags: ReadonlySet<string> = new Set(Object.values(tagNames))

function isKnown(name: string): boolean {
  if (knownTags.has(name) || name === casePath || name === htmlReportPath) return true
  return (
    splitItemPath(name) !== null ||
    submissionShape.test(name) ||
    isProofName(name) ||
    attachmentPaths([name]).length > 0 ||
    isEarlierName(name) ||
    archivePaths([name]).length > 0
  )
}

/** A manifest as read, or why it could not be. */
type Manifest = { lines: ManifestLine[]; failures: Statement[] }

async function openManifest(files: BundleFiles, name: string, id: StatementId): Promise<Manifest> {
  if (!files.find(name)) return { lines: [], failures: [fails(id, name, 'file-missing')] }
  const bytes = await files.readWhole(name, manifestLimit)
  if (!bytes) return { lines: [], failures: [fails(id, name, 'file-too-large')] }
  const lines = readManifest(bytes)
  return lines ? { lines, failures: [] } : { lines: [], failures: [fails(id, name, 'line-malformed')] }
}

function checkListing(options: {
  id: StatementId
  manifest: string
  lines: readonly ManifestLine[]
  present: readonly string[]
}): Statement[] {
  const { id, lines, present } = options
  const failures: Statement[] = []
  const listed = new Set<string>()
  const there = new Set(present)
  for (const { path } of lines) {
    if (listed.has(path)) failures.push(fails(id, path, 'listed-twice'))
    else if (!there.has(path)) failures.push(fails(id, path, 'listed-not-there'))
    listed.add(path)
  }
  for (const name of present) if (!listed.has(name)) failures.push(fails(id, name, 'not-listed'))
  const isOrdered = failures.length > 0 || lines.every((line, i) => line.path === present[i])
  return isOrdered ? failures : [fails(id, options.manifest, 'order-differs')]
}

function checkDigests(id: StatementId, files: BundleFiles, lines: readonly ManifestLine[]): Statement[] {
  return lines
    .filter((line) => (files.find(line.path)?.sha256 ?? line.sha256) !== line.sha256)
    .map((line) => fails(id, line.path, 'digest-differs'))
}

async function checkDeclaration(files: BundleFiles): Promise<Statement[]> {
  const found = files.find(tagNames.declaration)
  if (found && found.sha256 === (await sha256(toUtf8(declaration)))) return []
  return [fails('bag-complete', tagNames.declaration, 'declaration-differs')]
}

async function checkInfo(files: BundleFiles): Promise<Statement[]> {
  const id = 'bag-complete'
  if (!files.find(tagNames.info)) return [fails(id, tagNames.info, 'file-missing')]
  const info = readBagInfo((await files.readWhole(tagNames.info, tagLimit)) ?? new Uint8Array())
  if (!info) return [fails(id, tagNames.info, 'bag-info-malformed')]
  const payload = files.list.filter((file) => file.name.startsWith('data/'))
  const bytes = payload.reduce((sum, file) => sum + file.size, 0)
  const isSame = info.oxum.bytes === bytes && info.oxum.files === payload.length
  return isSame ? [] : [fails(id, tagNames.info, 'oxum-differs')]
}

/** The statements about the bag: that it is complete, that the files are intact, that the tag files are. */
export async function checkBag(files: BundleFiles): Promise<Statement[]> {
  const payload = await openManifest(files, tagNames.manifest, 'bag-complete')
  const tags = await openManifest(files, tagNames.tagManifest, 'tags-intact')
  const names = files.list.map((file) => file.name)
  const unknown = names.filter((name) => !isKnown(name))
  const present = names.filter((name) => name.startsWith('data/'))
  const complete = [
    ...(await checkDeclaration(files)),
    ...(await checkInfo(files)),
    ...(files.find(tagNames.readme) ? [] : [fails('bag-complete', tagNames.readme, 'file-missing')]),
    ...unknown.map((name) => fails('bag-complete', name, 'unknown-file')),
    ...payload.failures,
  ]
  if (payload.failures.length === 0) {
    const listing = {
      id: 'bag-complete',
      manifest: tagNames.manifest,
      lines: payload.lines,
      present,
    } as const
    complete.push(...checkListing(listing))
  }
  const listing = {
    id: 'tags-intact',
    manifest: tagNames.tagManifest,
    lines: tags.lines,
    present: [...listedTags, ...names.filter((name) => name.startsWith('proof/'))],
  } as const
  const tagFailures = tags.failures.length > 0 ? tags.failures : checkListing(listing)
  const intact =
    payload.failures.length > 0
      ? [fails('files-intact', tagNames.manifest, 'line-malformed')]
      : checkDigests('files-intact', files, payload.lines)
  return [
    ...allOrPass('bag-complete', complete),
    ...allOrPass('files-intact', intact),
    ...allOrPass('tags-intact', [...tagFailures, ...checkDigests('tags-intact', files, tags.lines)]),
  ]
}
