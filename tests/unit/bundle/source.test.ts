import { describe, expect, it } from 'vitest'
import { openSource } from '../../../utils/bundle/source'
import { startRandom } from '../../support/random'
import { sampleBytes } from '../../support/sample-items'

const bytes = sampleBytes('source', 900_000)

describe('a file that is read by slices', () => {
  it('gives the same bytes as the memory does, wherever and however many at once', async () => {
    const [memory, blob] = [openSource(bytes), openSource(new Blob([bytes]))]
    const random = startRandom(7)
    const places = Array.from({ length: 300 }, () => {
      const start = random.below(bytes.length + 10)
      return [start, start + random.below(random.pick([1, 40, 70_000, 400_000]))] as const
    })
    const found = await Promise.all(places.map(([start, end]) => blob.read(start, end)))
    for (const [i, [start, end]] of places.entries())
      expect(Buffer.compare(found[i] ?? bytes, await memory.read(start, end)), `${start}–${end}`).toBe(0)
  })

  it('asks the disk rarely for many small pieces', async () => {
    let asked = 0
    const blob = new Blob([bytes])
    const slice = blob.slice.bind(blob)
    blob.slice = (...place) => {
      asked++
      return slice(...place)
    }
    const source = openSource(blob)
    for (let at = 0; at < bytes.length; at += 500) await source.read(at, at + 30)
    expect(asked).toBeLessThan(12)
  })
})
