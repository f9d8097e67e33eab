import { describe, expect, it } from 'vitest'
import { piecesOfLevelDb } from '../../support/leveldb'
import { unsnap } from '../../support/snappy'

const text = (value: string): number[] => [...Buffer.from(value)]

describe('Snappy', () => {
  it('takes literals as they are', () => {
    expect(unsnap(Uint8Array.from([5, 4 << 2, ...text('river')]))?.toString()).toBe('river')
  })

  it('copies from before, also into what it is writing', () => {
    // "ab", then eight bytes from two back, with a tag of one byte of distance; then with two and with four.
    expect(unsnap(Uint8Array.from([10, 1 << 2, ...text('ab'), 1 | (4 << 2), 2]))?.toString()).toBe(
      'ababababab',
    )
    expect(unsnap(Uint8Array.from([5, 1 << 2, ...text('ab'), 2 | (2 << 2), 2, 0]))?.toString()).toBe('ababa')
    expect(unsnap(Uint8Array.from([5, 1 << 2, ...text('ab'), 3 | (2 << 2), 2, 0, 0, 0]))?.toString()).toBe(
      'ababa',
    )
  })

  it('takes long literals, whose length follows the tag', () => {
    const long = 'stone'.repeat(30)
    expect(unsnap(Uint8Array.from([150, 1, 60 << 2, 149, ...text(long)]))?.toString()).toBe(long)
  })

  it('is null for what is cut off, too short or reaches before the beginning', () => {
    expect(unsnap(Uint8Array.from([5, 4 << 2, ...text('rive')]))).toBeNull()
    expect(unsnap(Uint8Array.from([9, 4 << 2, ...text('river')]))).toBeNull()
    expect(unsnap(Uint8Array.from([5, 1 | (1 << 2), 2]))).toBeNull()
  })
})

describe('the log of a LevelDB', () => {
  it('puts a record together that lies in two blocks', () => {
    const first = 32_768 - 7
    const record = Buffer.from('ab'.repeat(20_000))
    const head = (length: number, type: number): Buffer =>
      Buffer.from([0, 0, 0, 0, length & 0xff, length >> 8, type])
    const rest = record.subarray(first)
    const log = Buffer.concat([head(first, 2), record.subarray(0, first), head(rest.length, 4), rest])
    const pieces = piecesOfLevelDb('000003.log', log)
    expect(pieces.map((piece) => piece.equals(record))).toEqual([true])
  })
})
