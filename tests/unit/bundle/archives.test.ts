import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { verifyBundle } from '../../../utils/bundle/verify'
import { signedBundle } from '../../support/sample-bundle'
import { sampleItem } from '../../support/sample-items'

const items = [sampleItem({ seed: 'one' }), sampleItem({ seed: 'two' })]

describe('web archives in a bundle', () => {
  it('come after the report, hold the same items, and leave every statement as it was', async () => {
    const plain = await verifyBundle(await signedBundle(items))
    const bundle = await signedBundle(items, { archived: items })
    expect((await verifyBundle(bundle)).statements).toEqual(plain.statements)
    const archive = unzipSync(bundle)['data/wacz/case-1.wacz']
    const pages = archive && unzipSync(archive)['pages/pages.jsonl']
    const [, ...lines] = new TextDecoder().decode(pages).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(items.map(({ item }) => item.id))
  })

  it('make the same bytes of the same input', async () => {
    const [one, other] = [
      await signedBundle(items, { archived: items }),
      await signedBundle(items, { archived: items }),
    ]
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true)
  })
})
