import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, fromUtf8, toHex } from '../../../utils/crypto/bytes'
import { sha256 } from '../../../utils/crypto/digest'
import { eraseCell, eraseOthers, findSecret, keepSecret } from '../../../utils/locker/shred-cell'
import { memoryCell } from '../../support/memory-cell'
import { sampleBytes, sampleId } from '../../support/sample-items'

const lockerId = sampleId('locker')
const secretOf = (epoch: number) => sampleBytes(`secret ${epoch}`, 32)

describe('the cell', () => {
  it('stands byte for byte as described', async () => {
    const cell = memoryCell()
    const id = '00112233445566778899aabbccddeeff'
    expect(await keepSecret(cell, { lockerId: id, epoch: 258, secret: secretOf(1) })).toBe(true)
    const body = `4c4b5331${'00000102'}${id}${toHex(secretOf(1))}`
    const file = `${body}${await sha256(fromHex(body))}`
    expect(toHex(cell.file)).toBe(file.padEnd(8_192, '0'))
  })

  it('gives the secret of an epoch of a locker, and of no other', async () => {
    const cell = memoryCell()
    expect(await findSecret(cell, { lockerId, epoch: 1 })).toBeNull()
    for (const epoch of [1, 2]) await keepSecret(cell, { lockerId, epoch, secret: secretOf(epoch) })
    for (const epoch of [1, 2]) expect(await findSecret(cell, { lockerId, epoch })).toEqual(secretOf(epoch))
    for (const epoch of [0, 3, 2 ** 31]) expect(await findSecret(cell, { lockerId, epoch })).toBeNull()
    expect(await findSecret(cell, { lockerId: sampleId('other'), epoch: 1 })).toBeNull()
  })

  it('holds the last two secrets at most, and after erasing only the one that is kept', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 }), fc.nat({ max: 6 }), async (first, count) => {
        const cell = memoryCell()
        const disk = () => toHex(cell.file)
        for (let epoch = first; epoch <= first + count; epoch++) {
          expect(await keepSecret(cell, { lockerId, epoch, secret: secretOf(epoch) })).toBe(true)
          if (epoch > first) expect(disk()).toContain(toHex(secretOf(epoch - 1)))
          expect(await eraseOthers(cell, { epoch })).toBe(true)
          expect(disk()).toContain(toHex(secretOf(epoch)))
          expect(disk()).not.toContain(toHex(secretOf(epoch - 1)))
          expect(await findSecret(cell, { lockerId, epoch })).toEqual(secretOf(epoch))
        }
        expect(cell.file.length).toBe(8_192)
        expect(await eraseCell(cell)).toBe(true)
        expect(disk()).not.toContain(toHex(secretOf(first + count)))
      }),
    )
  })

  it('is overwritten with noise, another each time', async () => {
    const cell = memoryCell()
    const seen = new Set<string>()
    for (let round = 0; round < 2; round++) {
      await eraseCell(cell)
      for (const at of [0, 4_096]) {
        const slot = cell.file.slice(at, at + 4_096)
        expect(fromUtf8(slot.subarray(0, 4))).toBe('LKS0')
        // Of so many random bytes, all values but a few occur.
        expect(new Set(slot.subarray(4)).size).toBeGreaterThan(250)
        seen.add(toHex(slot))
      }
    }
    expect(seen.size).toBe(4)
  })

  it('says so when the file does not hold what was written', async () => {
    const cell = memoryCell()
    const forgetful = { read: cell.read, write: async () => undefined }
    expect(await keepSecret(forgetful, { lockerId, epoch: 1, secret: secretOf(1) })).toBe(false)
    await keepSecret(cell, { lockerId, epoch: 1, secret: secretOf(1) })
    expect(await eraseOthers(forgetful, { epoch: 2 })).toBe(false)
    expect(await eraseCell(forgetful)).toBe(false)
  })
})
