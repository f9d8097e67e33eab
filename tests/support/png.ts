import { crc32, deflateSync } from 'node:zlib'
import type { Area } from '../../utils/model/redaction'

type Bytes = Uint8Array<ArrayBuffer>

/** A picture to be written: its rows as they are before a filter. */
export type Picture = {
  width: number
  height: number
  colour: 0 | 2 | 3 | 4 | 6
  depth?: 1 | 2 | 4 | 8
  rows: readonly Bytes[]
  /** The filter of each row, over and over; none when absent. */
  filters?: readonly number[]
  palette?: Bytes
  transparency?: Bytes
  isInterlaced?: boolean
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const

function chunk(kind: string, content: Uint8Array): Buffer {
  const framed = Buffer.alloc(content.length + 12)
  framed.writeUInt32BE(content.length, 0)
  framed.write(kind, 4, 'latin1')
  framed.set(content, 8)
  framed.writeUInt32BE(crc32(framed.subarray(4, content.length + 8)), content.length + 8)
  return framed
}

function paeth(a: number, b: number, c: number): number {
  const distances = [a, b, c].map((one) => Math.abs(a + b - c - one))
  return [a, b, c][distances.indexOf(Math.min(...distances))] ?? 0
}

function filterRow(row: Bytes, above: Bytes, { filter, step }: { filter: number; step: number }): Bytes {
  return row.map((value, at) => {
    const [a, b, c] = [row[at - step] ?? 0, above[at] ?? 0, above[at - step] ?? 0]
    const guess = [0, a, b, Math.floor((a + b) / 2), paeth(a, b, c)][filter] ?? 0
    return (value - guess) & 255
  })
}

/** The picture as a PNG, its data in two chunks. */
export function writePng(picture: Picture): Bytes {
  const { width, height, colour, depth = 8, rows, filters = [0] } = picture
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([depth, colour, 0, 0, picture.isInterlaced ? 1 : 0], 8)
  const step = Math.max(1, (channels[colour] * depth) >> 3)
  const lines = rows.map((row, y) => {
    const filter = filters[y % filters.length] ?? 0
    const above = rows[y - 1] ?? new Uint8Array(row.length)
    return Buffer.concat([Buffer.of(filter), filterRow(row, above, { filter, step })])
  })
  const data = deflateSync(Buffer.concat(lines))
  const half = data.length >> 1
  const chunks = [
    chunk('IHDR', head),
    ...(picture.palette ? [chunk('PLTE', picture.palette)] : []),
    ...(picture.transparency ? [chunk('tRNS', picture.transparency)] : []),
    chunk('IDAT', data.subarray(0, half)),
    chunk('IDAT', data.subarray(half)),
    chunk('IEND', new Uint8Array()),
  ]
  return Uint8Array.from(Buffer.concat([Buffer.from(signature), ...chunks]))
}

/** Rows of red, green and blue, with these areas black. */
export function paintRows(rows: readonly Bytes[], areas: readonly Area[]): Bytes[] {
  return rows.map((row, y) => {
    const painted = row.slice()
    for (const area of areas)
      if (y >= area.y && y < area.y + area.height) painted.fill(0, area.x * 3, (area.x + area.width) * 3)
    return painted
  })
}
