import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { inLots } from '../../../utils/bundle/archives'
import { verifyBundle } from '../../../utils/bundle/verify'
import { openAgain, signedBundle } from '../../support/sample-bundle'
import { sampleItem } from '../../support/sample-items'

const items = [sampleItem({ seed: 'one' }), sampleItem({ seed: 'two' })]

describe('web archives in a bundle', () => {
  it('come after the report, hold the same items, and leave every statement as it was', async () => {
    const plain = await verifyBundle(await signedBundle(items))
    const bundle = await signedBundle(items, { archived: openAgain(items) })
    expect((await verifyBundle(bundle)).statements).toEqual(plain.statements)
    const archive = unzipSync(bundle)['data/wacz/case-1.wacz']
    const pages = archive && unzipSync(archive)['pages/pages.jsonl']
    const [, ...lines] = new TextDecoder().decode(pages).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(items.map(({ item }) => item.id))
  })

  it('make the same bytes of the same input', async () => {
    const [one, other] = [
      await signedBundle(items, { archived: openAgain(items) }),
      await signedBundle(items, { archived: openAgain(items) }),
    ]
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true)
  })

  it('are as many as they need, in the order of the items, each below its size', () => {
    const facts = Array.from({ length: 5 }, (_, at) => sampleItem({ seed: at }).item)
    const bytes = (facts[0]?.parts ?? [])
      .filter(({ role }) => ['screenshot', 'html', 'text'].includes(role))
      .reduce((sum, part) => sum + part.bytes, 0)
    const ids = facts.map(({ id }) => id)
    expect(bytes).toBeGreaterThan(0)
    expect(inLots(facts)).toEqual([ids])
    expect(inLots(facts, bytes * 2 + 9)).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)])
    expect(inLots(facts, 1)).toEqual(ids.map((id) => [id]))
    expect(inLots([])).toEqual([])
  })

  it('are given up when the export is cancelled while they are measured', async () => {
    const stop = new AbortController()
    async function* open() {
      stop.abort()
      yield* items
    }
    const bundle = signedBundle(items, { archived: open, signal: stop.signal })
    await expect(bundle).rejects.toMatchObject({ name: 'AbortError' })
  })
})
