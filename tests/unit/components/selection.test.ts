import { describe, expect, it } from 'vitest'
import { select } from '../../../components/shared/selection'

describe('select', () => {
  it('ticks and unticks one, in the order of ticking', () => {
    const two = select(select([], { kind: 'toggle', id: 'b' }), { kind: 'toggle', id: 'a' })
    expect(two).toEqual(['b', 'a'])
    expect(select(two, { kind: 'toggle', id: 'b' })).toEqual(['a'])
  })

  it('ticks all without ticking anything twice', () => {
    expect(select(['b'], { kind: 'all', ids: ['a', 'b', 'c'] })).toEqual(['b', 'a', 'c'])
  })

  it('forgets what is no longer in the list', () => {
    expect(select(['a', 'gone', 'c'], { kind: 'keep-only', ids: ['c', 'a'] })).toEqual(['a', 'c'])
  })

  it('gives the same value when nothing changes', () => {
    const selection = ['a']
    expect(select(selection, { kind: 'keep-only', ids: ['a', 'b'] })).toBe(selection)
    expect(select(selection, { kind: 'none' })).toEqual([])
  })
})
