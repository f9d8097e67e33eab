import { readVarint, unsnap } from './snappy'

/*
 * Everything that stands in the files of a LevelDB, also what was overwritten or deleted and not yet compacted away.
 * Formats: doc/table_format.md and doc/log_format.md of google/leveldb.
 */

const footerLength = 48
const tableMagic = Buffer.from('57fb808b247547db', 'hex')
const logBlock = 32_768
const logHeader = 7

type Handle = { offset: number; size: number; next: number }

function readHandle(bytes: Uint8Array, at: number): Handle | null {
  const offset = readVarint(bytes, at)
  const size = offset && readVarint(bytes, offset.next)
  return offset && size ? { offset: offset.value, size: size.value, next: size.next } : null
}

/** A block without its compression; type 0 has none, 1 is Snappy. Throws on any other: nothing may go unread. */
function readBlock(file: Buffer, { offset, size }: Handle): Buffer {
  const content = file.subarray(offset, offset + size)
  const type = file[offset + size]
  if (type === 0) return content
  const opened = type === 1 ? unsnap(content) : null
  if (opened === null) throw new Error(`a block of type ${type} cannot be read`)
  return opened
}

type Entry = { key: Buffer; value: Buffer }

/** The entries of a block; each key is written as its difference to the one before. */
function entriesOf(block: Buffer): Entry[] {
  const entries: Entry[] = []
  const end = block.length - 4 * (block.readUInt32LE(block.length - 4) + 1)
  let key = Buffer.alloc(0)
  for (let at = 0; at < end; ) {
    const shared = readVarint(block, at)
    const own = shared && readVarint(block, shared.next)
    const length = own && readVarint(block, own.next)
    if (!shared || !own || !length) break
    const from = length.next + own.value
    key = Buffer.concat([key.subarray(0, shared.value), block.subarray(length.next, from)])
    entries.push({ key, value: block.subarray(from, from + length.value) })
    at = from + length.value
  }
  return entries
}

/** Keys and values of a table file (`.ldb`); null when it is none. */
function piecesOfTable(file: Buffer): Buffer[] | null {
  const footer = file.subarray(-footerLength)
  if (file.length < footerLength || !footer.subarray(-8).equals(tableMagic)) return null
  const meta = readHandle(footer, 0)
  const index = meta && readHandle(footer, meta.next)
  if (!index) return null
  return entriesOf(readBlock(file, index)).flatMap(({ value }) => {
    const handle = readHandle(value, 0)
    return handle ? entriesOf(readBlock(file, handle)).flatMap(({ key, value: inside }) => [key, inside]) : []
  })
}

/** The records of a log file, put together from their fragments. What was cut off at the end comes as it is. */
function piecesOfLog(file: Buffer): Buffer[] {
  const pieces: Buffer[] = []
  let open: Buffer[] = []
  for (let block = 0; block < file.length; block += logBlock) {
    const end = Math.min(block + logBlock, file.length)
    for (let at = block; at + logHeader <= end; ) {
      const length = file.readUInt16LE(at + 4)
      const type = file[at + 6] ?? 0
      if (type === 0 && length === 0) break
      open.push(file.subarray(at + logHeader, Math.min(end, at + logHeader + length)))
      if (type === 1 || type === 4) {
        pieces.push(Buffer.concat(open))
        open = []
      }
      at += logHeader + length
    }
  }
  return open.length > 0 ? [...pieces, Buffer.concat(open)] : pieces
}

const compressed = Buffer.from([0xff, 0x11, 0x02])

/** Values that Blink compressed before it stored them: `ff 11 02`, then Snappy to the end of the value. */
export function insideValue(value: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = value.indexOf(compressed); at >= 0; at = value.indexOf(compressed, at + 1)) {
    const opened = unsnap(value.subarray(at + compressed.length))
    if (opened !== null) found.push(opened)
  }
  return found
}

/** Every key, value and record in one file of a LevelDB, opened as far as it was compressed. */
export function piecesOfLevelDb(name: string, file: Buffer): Buffer[] {
  const pieces = name.endsWith('.log') ? piecesOfLog(file) : (piecesOfTable(file) ?? [])
  return pieces.flatMap((piece) => [piece, ...insideValue(piece)])
}
