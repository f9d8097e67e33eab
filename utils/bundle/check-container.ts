import { equalBytes } from '../crypto/bytes'
import type { BundleFiles, CheckedFile } from './files'
import { fails, type Statement } from './verification'
import { centralHeader, endRecord, entrySize, localHeader } from './zip'

const id = 'container-canonical'

async function checkEntry(
  files: BundleFiles,
  file: CheckedFile,
  expectedOffset: number,
): Promise<Statement[]> {
  const failures: Statement[] = []
  if (file.realCrc !== file.crc) failures.push(fails(id, file.name, 'checksum-differs'))
  if (file.offset !== expectedOffset) return [...failures, fails(id, file.name, 'out-of-place')]
  const header = await files.source.read(file.offset, file.start)
  if (!equalBytes(header, localHeader(file))) failures.push(fails(id, file.name, 'header-differs'))
  return failures
}

async function checkDirectory(files: BundleFiles): Promise<Statement[]> {
  const { source, container, list } = files
  let at = container.directoryOffset
  for (const file of list) {
    const expected = centralHeader(file)
    const found = await source.read(at, at + expected.length)
    if (!equalBytes(found, expected)) return [fails(id, file.name, 'header-differs')]
    at += expected.length
  }
  const size = at - container.directoryOffset
  const end = endRecord({ entries: list.length, offset: container.directoryOffset, size })
  const found = await source.read(at, source.size)
  return equalBytes(found, end) ? [] : [fails(id, null, 'directory-differs')]
}

/**
 * Writes the container again by the writer's rules from what was read, and compares every byte that is not
 * content: headers, gaps, directory, end. Content is covered by its CRC-32 here and by the manifests. The
 * failures only; none when the container has its one form.
 */
export async function checkContainer(files: BundleFiles): Promise<Statement[]> {
  const failures: Statement[] = []
  let offset = 0
  for (const file of files.list) {
    failures.push(...(await checkEntry(files, file, offset)))
    offset += entrySize(file)
  }
  if (offset !== files.container.directoryOffset) failures.push(fails(id, null, 'out-of-place'))
  failures.push(...(await checkDirectory(files)))
  return failures
}

/** Fails with the first file that is not where the fixed order has it. Takes lists of the same files. */
export function checkOrder(files: BundleFiles, expected: readonly string[]): Statement[] {
  if (files.list.length !== expected.length) return []
  const wrong = files.list.find((file, i) => file.name !== expected[i])
  const isSameSet = expected.every((name) => files.find(name))
  return wrong && isSameSet ? [fails(id, wrong.name, 'out-of-order')] : []
}
