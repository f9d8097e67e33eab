import { describe, expect, it } from 'vitest'
import { moveItem } from '../../../components/cases/order'

describe('moveItem', () => {
  it('moves one place up or down', () => {
    expect(moveItem(['a', 'b', 'c'], { id: 'c', by: -1 })).toEqual(['a', 'c', 'b'])
    expect(moveItem(['a', 'b', 'c'], { id: 'a', by: 1 })).toEqual(['b', 'a', 'c'])
  })

  it('stays at either end, and loses nothing for an unknown id', () => {
    expect(moveItem(['a', 'b'], { id: 'a', by: -1 })).toEqual(['a', 'b'])
    expect(moveItem(['a', 'b'], { id: 'b', by: 1 })).toEqual(['a', 'b'])
    expect(moveItem(['a', 'b'], { id: 'z', by: 1 })).toEqual(['a', 'b'])
  })
})
