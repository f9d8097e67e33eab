import { crc32 as nodeCrc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { encodeBase64 } from '../../../utils/bundle/report-entry'
import { crc32 } from '../../../utils/bundle/zip'
import { sampleBytes } from '../../support/sample-items'

const bytes = sampleBytes('encoded', 2_000)

test('base64 is that of Node, for every remainder and within larger memory', () => {
  for (let length = 0; length <= 40; length++)
    for (const start of [0, 1, 2, 3]) {
      const part = bytes.subarray(start, start + length)
      expect(Buffer.from(encodeBase64(part)).toString()).toBe(Buffer.from(part).toString('base64'))
    }
  expect(Buffer.from(encodeBase64(bytes)).toString()).toBe(Buffer.from(bytes).toString('base64'))
})

test('CRC-32 is that of zlib, for every remainder, within larger memory and in pieces', () => {
  for (let length = 0; length <= 40; length++)
    for (const start of [0, 1, 2, 3]) {
      const part = bytes.subarray(start, start + length)
      expect(crc32(part)).toBe(nodeCrc32(part))
    }
  for (const cut of [0, 1, 5, 1_999]) {
    const [head, tail] = [bytes.subarray(0, cut), bytes.subarray(cut)]
    expect(crc32(tail, crc32(head))).toBe(nodeCrc32(bytes))
  }
})
