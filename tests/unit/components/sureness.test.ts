import { describe, expect, it } from 'vitest'
import { howSure } from '../../../components/locker/sureness'
import type { Item } from '../../../utils/model/item'
import { sampleItem } from '../../support/sample-items'

type Collection = Partial<Item['collection']>

function itemWith(collection: Collection, posted: Partial<Item['post']['posted']> = {}): Item {
  const { item } = sampleItem()
  return {
    ...item,
    post: { ...item.post, posted: { ...item.post.posted, ...posted } },
    collection: { ...item.collection, ...collection },
  }
}
const unasked = { isClockOff: null }
const passed = { textPresent: true, pictureNotBlank: true, pageUnchanged: true }

describe('howSure', () => {
  it('says that nothing was found wrong', () => {
    const item = itemWith({ method: 'pixels', selfCheck: passed }, { source: 'dom' })
    expect(howSure(item, unasked)).toEqual([
      'sure.picture.pixels',
      'sure.check.passed',
      'sure.sources.none',
      'sure.time.dom',
      'sure.clock.unknown',
    ])
  })

  it('names the gravest failed check first', () => {
    const check = (selfCheck: Item['collection']['selfCheck']) =>
      howSure(itemWith({ method: 'pixels', selfCheck }), unasked)[1]
    expect(check({ textPresent: false, pictureNotBlank: false, pageUnchanged: false })).toBe(
      'sure.check.changed',
    )
    expect(check({ ...passed, textPresent: false, pictureNotBlank: false })).toBe('sure.check.blank')
    expect(check({ ...passed, textPresent: false })).toBe('sure.check.noText')
    expect(check({ ...passed, textPresent: null })).toBe('sure.check.passed')
  })

  it('does not call a missing picture blank', () => {
    const item = itemWith({ method: 'none', selfCheck: { ...passed, pictureNotBlank: false } })
    expect(howSure(item, unasked).slice(0, 2)).toEqual(['sure.picture.none', 'sure.check.passed'])
  })

  it('says where the time is from, or that there is none', () => {
    expect(howSure(itemWith({ selfCheck: passed }, { source: 'relative' }), unasked)[3]).toBe(
      'sure.time.relative',
    )
    expect(howSure(itemWith({ selfCheck: passed }, { source: null }), unasked)[3]).toBe('sure.time.none')
  })

  it('says nothing of the time of a profile: its account was opened then', () => {
    const profile = (posted: Partial<Item['post']['posted']>) => {
      const item = itemWith({ selfCheck: passed }, posted)
      return howSure({ ...item, post: { ...item.post, kind: 'profile' } }, unasked)
    }
    expect(profile({ source: 'dom' }).filter((key) => key.startsWith('sure.time'))).toEqual([])
    expect(profile({ source: null }).filter((key) => key.startsWith('sure.time'))).toEqual([])
  })

  it('says whether what the page says twice agrees', () => {
    const check = (...verdicts: boolean[]) => {
      const sources = verdicts.map(
        (agrees) => ({ fact: 'handle', source: 'permalink', value: 'a', agrees }) as const,
      )
      return howSure(itemWith({ sources }), unasked)[2]
    }
    expect(check(true, true)).toBe('sure.sources.agree')
    expect(check(true, false)).toBe('sure.sources.conflict')
    const { item } = sampleItem({ post: { platform: 'generic' } })
    expect(howSure(item, unasked).filter((key) => key.startsWith('sure.sources'))).toEqual([])
  })

  it('says whether the clock can be relied on', () => {
    const check = (isClockOff: boolean | null) => howSure(itemWith({}), { isClockOff }).at(-1)
    expect([null, false, true].map(check)).toEqual([
      'sure.clock.unknown',
      'sure.clock.right',
      'sure.clock.off',
    ])
  })
})
