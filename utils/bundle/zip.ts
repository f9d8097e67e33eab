import { concatBytes, toUtf8 } from '../crypto/bytes'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * Our one form of ZIP: every entry stored, sizes and CRC-32 known before its header, one fixed date, no extra
 * field, no comment, no data descriptor, never Zip64. Written by hand because client-zip puts a data descriptor
 * after each stored entry, which Java's `ZipInputStream` and other readers of streams refuse.
 */
export const zipLimits = {
  entries: 10_000,
  /** The largest container, in bytes: one less than what would need Zip64. */
  bytes: 0xffff_fffe,
  nameBytes: 160,
} as const

export const zipSizes = { local: 30, central: 46, end: 22 } as const
export const zipSignatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const
/** Names are UTF-8 (general purpose bit 11). */
export const utf8Flag = 0x0800

const versionNeeded = 20
// 1 January 1980, 00:00: the fields are local time, so a true time would tell the time zone.
const fixedTime = 0x0000
const fixedDate = 0x0021

/** What a header says about one entry. */
export type ZipFacts = { name: string; size: number; crc: number }
/** `offset` is where its local header begins. */
export type PlacedFacts = ZipFacts & { offset: number }

/** What a byte does to the CRC, 256 values for each of the places that it can have before the end of a word. */
const crcTables = ((): Uint32Array[] => {
  const first = new Uint32Array(256).map((_, byte) => {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    return value
  })
  const tables = [first]
  for (let place = 1; place < 4; place++)
    tables.push((tables.at(-1) ?? first).map((value) => (value >>> 8) ^ (first[value & 0xff] ?? 0)))
  return tables
})()
const [table0 = new Uint32Array(), table1 = table0, table2 = table0, table3 = table0] = crcTables

/** CRC-32 as ZIP has it. `before` is the CRC of what came before these bytes. Four bytes a step: it is on every way out. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const words = bytes.length - (bytes.length % 4)
  let crc = ~before
  for (let at = 0; at < words; at += 4) {
    const word = crc ^ view.getUint32(at, true)
    crc =
      (table3[word & 0xff] ?? 0) ^
      (table2[(word >>> 8) & 0xff] ?? 0) ^
      (table1[(word >>> 16) & 0xff] ?? 0) ^
      (table0[word >>> 24] ?? 0)
  }
  for (let at = words; at < bytes.length; at++)
    crc = (crc >>> 8) ^ (table0[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  return ~crc >>> 0
}

/** The product of two remainders of the CRC's polynomial; the highest bit stands for one. */
function multiplyRemainders(one: number, other: number): number {
  let [product, power] = [0, other]
  for (let bit = 31; bit >= 0; bit--) {
    if ((one >>> bit) & 1) product ^= power
    power = power & 1 ? (power >>> 1) ^ 0xedb88320 : power >>> 1
  }
  return product
}

/** CRC-32 of two stretches one after the other, from that of each and the bytes of the second. */
export function joinCrc(first: number, second: number, secondBytes: number): number {
  // What so many bytes of zeros do to a remainder: the polynomial x, eight times for each, by squares.
  let [shift, square] = [0x8000_0000, 0x0080_0000]
  for (let left = secondBytes; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) shift = multiplyRemainders(square, shift)
    square = multiplyRemainders(square, square)
  }
  return (multiplyRemainders(shift, first) ^ second) >>> 0
}

/** The fields that a local and a central header share, from the version needed to the length of the name. */
function writeShared(view: DataView, at: number, facts: ZipFacts, nameLength: number): void {
  view.setUint16(at, versionNeeded, true)
  view.setUint16(at + 2, utf8Flag, true)
  view.setUint16(at + 6, fixedTime, true)
  view.setUint16(at + 8, fixedDate, true)
  view.setUint32(at + 10, facts.crc, true)
  view.setUint32(at + 14, facts.size, true)
  view.setUint32(at + 18, facts.size, true)
  view.setUint16(at + 22, nameLength, true)
}

/** The local header of an entry, name included. */
export function localHeader(facts: ZipFacts): Bytes {
  const name = toUtf8(facts.name)
  const head = new Uint8Array(zipSizes.local)
  const view = new DataView(head.buffer)
  view.setUint32(0, zipSignatures.local, true)
  writeShared(view, 4, facts, name.length)
  return concatBytes(head, name)
}

/** The entry's line in the central directory, name included. */
export function centralHeader(facts: PlacedFacts): Bytes {
  const name = toUtf8(facts.name)
  const head = new Uint8Array(zipSizes.central)
  const view = new DataView(head.buffer)
  view.setUint32(0, zipSignatures.central, true)
  view.setUint16(4, versionNeeded, true)
  writeShared(view, 6, facts, name.length)
  view.setUint32(42, facts.offset, true)
  return concatBytes(head, name)
}

/** The end record of a container with so many entries and such a central directory. */
export function endRecord(directory: { entries: number; offset: number; size: number }): Bytes {
  const record = new Uint8Array(zipSizes.end)
  const view = new DataView(record.buffer)
  view.setUint32(0, zipSignatures.end, true)
  view.setUint16(8, directory.entries, true)
  view.setUint16(10, directory.entries, true)
  view.setUint32(12, directory.size, true)
  view.setUint32(16, directory.offset, true)
  return record
}

/** How many bytes an entry takes before the central directory. */
export function entrySize(facts: { name: string; size: number }): number {
  return zipSizes.local + toUtf8(facts.name).length + facts.size
}

/** Puts entries one after another and remembers where each began. */
export type ZipWriter = {
  /** The bytes of one entry: header, then content. Null when the container would pass `zipLimits`. */
  entry(name: string, content: Bytes): readonly Bytes[] | null
  /**
   * The header of an entry whose content follows from elsewhere, piece by piece, and must be just what the facts
   * say. Null as for `entry`.
   */
  place(facts: ZipFacts): Bytes | null
  /** Central directory and end record. */
  end(): Bytes
}

/** Starts a canonical container. Holds 80 bytes or so an entry, never its content. */
export function startZip(): ZipWriter {
  const placed: PlacedFacts[] = []
  let offset = 0
  let directorySize = 0
  function place(facts: ZipFacts): Bytes | null {
    const next = offset + entrySize(facts)
    const nextDirectory = directorySize + zipSizes.central + toUtf8(facts.name).length
    const isFull = placed.length === zipLimits.entries
    if (isFull || next + nextDirectory + zipSizes.end > zipLimits.bytes) return null
    placed.push({ ...facts, offset })
    offset = next
    directorySize = nextDirectory
    return localHeader(facts)
  }
  return {
    place,
    entry(name, content) {
      const header = place({ name, size: content.length, crc: crc32(content) })
      return header && [header, content]
    },
    end: () =>
      concatBytes(
        ...placed.map(centralHeader),
        endRecord({ entries: placed.length, offset, size: directorySize }),
      ),
  }
}
