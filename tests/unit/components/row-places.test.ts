import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeRows, rowsOf, usualHeight } from '../../../components/shared/row-places'

const idsOf = (count: number) => rowsOf(Array.from({ length: count }, (_, at) => `row-${at}`))

describe('the places of rows', () => {
  it('are those of rows laid one under the other, whatever each measures and whenever that is known', () => {
    const height = fc.integer({ min: 1, max: 200 })
    const rows = fc.record({
      count: fc.integer({ min: 1, max: 60 }),
      usual: height,
      before: fc.array(fc.tuple(fc.nat(59), height)),
      after: fc.array(fc.tuple(fc.nat(59), height)),
    })
    fc.assert(
      fc.property(rows, ({ count, usual, before, after }) => {
        const real = new Array<number>(count).fill(usual)
        const within = ([index]: [number, number]) => index < count
        for (const [index, one] of [...before, ...after].filter(within)) real[index] = one
        const known = new Map(before.filter(within).map(([index, one]) => [`row-${index}`, one] as const))
        const places = placeRows(idsOf(count), { usual, known })
        for (const [index, one] of after.filter(within)) places.setHeight(index, one)
        let start = 0
        for (const [index, one] of real.entries()) {
          expect(places.startOf(index)).toBe(start)
          expect(places.heightOf(index)).toBe(one)
          expect(places.indexAt(start)).toBe(index)
          expect(places.indexAt(start + one - 0.5)).toBe(index)
          start += one
        }
        expect(places.total()).toBe(start)
      }),
    )
  })

  it('begin and end with the list', () => {
    const places = placeRows(idsOf(3), { usual: 10, known: new Map() })
    expect([places.indexAt(-5), places.indexAt(1_000)]).toEqual([0, 2])
  })

  it('follow what is known of a row into another list', () => {
    const known = new Map([
      ['row-2', 30],
      ['gone', 70],
    ])
    const places = placeRows(rowsOf(['new', 'row-0', 'row-2', 'row-3']), { usual: 10, known })
    expect([0, 1, 2, 3].map(places.startOf)).toEqual([0, 10, 20, 50])
  })

  it('forget that a row was higher', () => {
    const places = placeRows(idsOf(4), { usual: 10, known: new Map([['row-1', 90]]) })
    places.setHeight(1, 10)
    expect(places.total()).toBe(40)
  })
})

describe('the usual height', () => {
  it('is the one in the middle, and none where nothing was measured', () => {
    expect(usualHeight([66, 300, 66, 66, 90])).toBe(66)
    expect(usualHeight([])).toBeNull()
  })
})
