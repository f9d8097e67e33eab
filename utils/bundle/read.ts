import { equalBytes, fromUtf8 } from '../crypto/bytes'
import { isAllowedName, showName } from './names'
import type { ByteSource } from './source'
import type { ReadReason } from './verification'
import { utf8Flag, zipLimits, zipSignatures, zipSizes } from './zip'

type Bytes = Uint8Array<ArrayBuffer>

/** One file in a container, as both of its headers have it. */
export type ContainerEntry = {
  name: string
  /** Where its local header begins. */
  offset: number
  /** Where its content begins. */
  start: number
  size: number
  crc: number
}

/** The files of a container in the order of its central directory. */
export type Container = {
  entries: ContainerEntry[]
  directoryOffset: number
}

/** Why a container is refused. `entry` is printable and null where no entry is meant. */
type ReadTrouble = { reason: ReadReason; entry: string | null }
export type ReadResult = { ok: true; container: Container } | { ok: false; trouble: ReadTrouble }

type Found = ContainerEntry & { nameBytes: Bytes; flags: number }
type Step<T> = { ok: true; value: T } | { ok: false; trouble: ReadTrouble }

const zip64Locator = 0x07064b50
const zip64Size = 20
const ageHeader = 'age-encryption.org/v1'
const armouredAge = '-----BEGIN AGE ENCRYPTED FILE-----'

function refuse(reason: ReadReason, entry: string | null = null): { ok: false; trouble: ReadTrouble } {
  return { ok: false, trouble: { reason, entry } }
}

function viewOf(bytes: Bytes): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

async function reasonForStart(source: ByteSource): Promise<ReadReason | null> {
  if (source.size === 0) return 'empty'
  if (source.size > zipLimits.bytes) return 'too-large'
  const start = await source.read(0, armouredAge.length)
  const text = String.fromCharCode(...start)
  if (text.startsWith(ageHeader) || text === armouredAge) return 'encrypted'
  const isZip = start.length >= 4 && viewOf(start).getUint32(0, true) === zipSignatures.local
  return isZip ? null : 'not-a-zip'
}

type Directory = { bytes: Bytes; offset: number; entries: number }

async function readDirectory(source: ByteSource): Promise<Step<Directory>> {
  const from = Math.max(0, source.size - zipSizes.end - zip64Size)
  const tail = await source.read(from, source.size)
  if (tail.length < zipSizes.end) return refuse('no-end-record')
  const at = tail.length - zipSizes.end
  const view = viewOf(tail)
  if (view.getUint32(at, true) !== zipSignatures.end || view.getUint16(at + 20, true) !== 0) {
    return refuse('no-end-record')
  }
  const entries = view.getUint16(at + 10, true)
  const size = view.getUint32(at + 12, true)
  const offset = view.getUint32(at + 16, true)
  const hasLocator = at === zip64Size && view.getUint32(0, true) === zip64Locator
  if (hasLocator || entries === 0xffff || size === 0xffff_ffff || offset === 0xffff_ffff)
    return refuse('zip64')
  if (entries > zipLimits.entries) return refuse('too-many-entries')
  const isSingle = view.getUint32(at + 4, true) === 0 && view.getUint16(at + 8, true) === entries
  const isBounded = size <= entries * (zipSizes.central + zipLimits.nameBytes)
  if (!isSingle || !isBounded || offset + size !== source.size - zipSizes.end)
    return refuse('directory-damaged')
  return { ok: true, value: { bytes: await source.read(offset, offset + size), offset, entries } }
}

function readName(nameBytes: Bytes): string | null {
  try {
    return fromUtf8(nameBytes)
  } catch {
    return null
  }
}

function reasonForFlags(flags: number): ReadReason | null {
  if (flags & 0x0001) return 'entry-encrypted'
  if (flags & 0x0008) return 'data-descriptor'
  return flags === utf8Flag || flags === 0 ? null : 'unknown-flags'
}

/** Whether the attributes say anything but a plain file: a symlink, a folder, a device. */
function isSpecial(madeBy: number, attributes: number): boolean {
  const kind = (attributes >>> 16) & 0xf000
  return (kind !== 0 && kind !== 0x8000) || (madeBy >>> 8 === 0 && (attributes & 0x18) !== 0)
}

function reasonForCentral(view: DataView, at: number): ReadReason | null {
  const flagged = reasonForFlags(view.getUint16(at + 8, true))
  if (flagged) return flagged
  if (isSpecial(view.getUint16(at + 4, true), view.getUint32(at + 38, true))) return 'special-file'
  const packed = view.getUint32(at + 20, true)
  const size = view.getUint32(at + 24, true)
  const offset = view.getUint32(at + 42, true)
  if (packed === 0xffff_ffff || size === 0xffff_ffff || offset === 0xffff_ffff) return 'zip64'
  if (view.getUint16(at + 10, true) !== 0) return 'compressed'
  if (packed !== size) return 'sizes-differ'
  const hasMore = view.getUint16(at + 30, true) !== 0 || view.getUint16(at + 32, true) !== 0
  if (hasMore) return 'extra-field'
  return view.getUint16(at + 34, true) === 0 ? null : 'entry-damaged'
}

function readCentral(directory: Directory, at: number): Step<Found> {
  const { bytes } = directory
  const view = viewOf(bytes)
  if (at + zipSizes.central > bytes.length || view.getUint32(at, true) !== zipSignatures.central) {
    return refuse('directory-damaged')
  }
  const nameLength = view.getUint16(at + 28, true)
  const nameBytes = bytes.slice(at + zipSizes.central, at + zipSizes.central + nameLength)
  if (nameBytes.length < nameLength || nameLength > zipLimits.nameBytes) return refuse('directory-damaged')
  const shown = showName(nameBytes)
  const name = readName(nameBytes)
  if (name === null) return refuse('name-not-utf8', shown)
  const reason = isAllowedName(name) ? reasonForCentral(view, at) : 'name-refused'
  if (reason) return refuse(reason, shown)
  const offset = view.getUint32(at + 42, true)
  const start = offset + zipSizes.local + nameLength
  const size = view.getUint32(at + 24, true)
  if (start + size > directory.offset) return refuse('outside-file', shown)
  const flags = view.getUint16(at + 8, true)
  return {
    ok: true,
    value: { name, nameBytes, flags, offset, start, size, crc: view.getUint32(at + 16, true) },
  }
}

function readEntries(directory: Directory): Step<Found[]> {
  const found: Found[] = []
  const seen = new Set<string>()
  let at = 0
  for (let i = 0; i < directory.entries; i++) {
    const entry = readCentral(directory, at)
    if (!entry.ok) return entry
    const folded = entry.value.name.toLowerCase()
    if (seen.has(folded)) return refuse('name-twice', entry.value.name)
    seen.add(folded)
    found.push(entry.value)
    at += zipSizes.central + entry.value.nameBytes.length
  }
  return at === directory.bytes.length ? { ok: true, value: found } : refuse('directory-damaged')
}

function findOverlap(entries: readonly Found[]): string | null {
  const byOffset = [...entries].sort((a, b) => a.offset - b.offset)
  let end = 0
  for (const entry of byOffset) {
    if (entry.offset < end) return entry.name
    end = entry.start + entry.size
  }
  return null
}

async function reasonForLocal(source: ByteSource, entry: Found): Promise<ReadReason | null> {
  const head = await source.read(entry.offset, entry.start)
  if (head.length < entry.start - entry.offset) return 'outside-file'
  const view = viewOf(head)
  if (view.getUint32(0, true) !== zipSignatures.local) return 'entry-damaged'
  const isSame =
    view.getUint16(6, true) === entry.flags &&
    view.getUint16(8, true) === 0 &&
    view.getUint32(14, true) === entry.crc &&
    view.getUint32(18, true) === entry.size &&
    view.getUint32(22, true) === entry.size &&
    view.getUint16(26, true) === entry.nameBytes.length &&
    view.getUint16(28, true) === 0 &&
    equalBytes(head.slice(zipSizes.local), entry.nameBytes)
  return isSame ? null : 'headers-differ'
}

/**
 * Reads the table of contents of a container in our form, from a hostile source. Promises on success: names from
 * the allow-list, none twice (letter case aside), only plain stored files, both headers of each agreeing, no two
 * overlapping, all inside the file. Never throws for what the file holds; throws only when reading itself fails.
 */
export async function readContainer(source: ByteSource): Promise<ReadResult> {
  const early = await reasonForStart(source)
  if (early) return refuse(early)
  const directory = await readDirectory(source)
  if (!directory.ok) return directory
  const entries = readEntries(directory.value)
  if (!entries.ok) return entries
  const overlapping = findOverlap(entries.value)
  if (overlapping !== null) return refuse('overlap', overlapping)
  for (const entry of entries.value) {
    const reason = await reasonForLocal(source, entry)
    if (reason) return refuse(reason, entry.name)
  }
  const plain = entries.value.map(({ name, offset, start, size, crc }) => ({
    name,
    offset,
    start,
    size,
    crc,
  }))
  return { ok: true, container: { entries: plain, directoryOffset: directory.value.offset } }
}
