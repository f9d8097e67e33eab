import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes, randomBytes, toHex } from '../../../utils/crypto/bytes'
import { readTar, type TarEntry, tarEnd, writeTarEntry } from '../../../utils/locker/tar'

function write(entries: readonly TarEntry[]): Uint8Array<ArrayBuffer> {
  return concatBytes(...entries.flatMap((entry) => [...writeTarEntry(entry)]), tarEnd())
}

function inPieces(bytes: Uint8Array<ArrayBuffer>, size: number): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, at + size))
      at += size
    },
  })
}

async function readAll(bytes: Uint8Array<ArrayBuffer>, size = 300): Promise<TarEntry[]> {
  const entries: TarEntry[] = []
  for await (const entry of readTar(inPieces(bytes, size))) entries.push(entry)
  return entries
}

const sample = ['a', 'rows/0a.json', `items/${'f'.repeat(86)}.bin`].map((name, index) => ({
  name,
  bytes: randomBytes([0, 512, 1_300][index] ?? 1),
}))

describe('an archive', () => {
  it('comes back however its stream is cut', async () => {
    const bytes = fc.uint8Array({ maxLength: 1_200 }).map((one) => Uint8Array.from(one))
    const name = fc.stringMatching(/^[a-z0-9/.-]{1,100}$/)
    const entries = fc.array(fc.record({ name, bytes }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(entries, fc.integer({ min: 1, max: 2_000 }), async (made, size) => {
        expect(await readAll(write(made), size)).toEqual(made)
      }),
    )
  })

  it('is unpacked by the tar of the system', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tar-'))
    try {
      execFileSync('tar', ['-x', '-C', folder], { input: write(sample) })
      for (const { name, bytes } of sample) expect(toHex(readFileSync(join(folder, name)))).toBe(toHex(bytes))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('is refused with any bit of a header, of the filling or of the end changed, cut off, or with more after it', async () => {
    const whole = write([{ name: 'a', bytes: Uint8Array.of(1, 2, 3) }])
    // Every bit of the header; of the zeros after it, one bit of each byte.
    const bits = Array.from({ length: whole.length * 8 }, (_, bit) => bit)
    for (const bit of bits.filter((one) => one < 512 * 8 || one % 8 === (one >> 3) % 8)) {
      const byte = bit >> 3
      // A letter in the name is another name; the content is the age file's to guard.
      if (byte === 0 || (byte >= 512 && byte < 515)) continue
      const flipped = whole.slice()
      flipped[byte] = (flipped[byte] ?? 0) ^ (1 << (bit & 7))
      await expect(readAll(flipped, 4_000), `bit ${bit}`).rejects.toThrow()
    }
    for (const length of [0, 100, 512, 514, 1_024, whole.length - 1])
      await expect(readAll(whole.slice(0, length)), `${length} bytes`).rejects.toThrow()
    await expect(readAll(concatBytes(whole, new Uint8Array(1)))).rejects.toThrow()
  })

  it('has no entry of a name or size that does not fit', () => {
    expect(() => write([{ name: '', bytes: new Uint8Array(1) }])).toThrow(RangeError)
    expect(() => write([{ name: 'x'.repeat(101), bytes: new Uint8Array(1) }])).toThrow(RangeError)
  })
})
