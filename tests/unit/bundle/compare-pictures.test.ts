import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparePictures } from '../../../utils/bundle/compare-pictures'
import { openPng } from '../../../utils/bundle/png-rows'
import { paintRows, writePng } from '../../support/png'

type Bytes = Uint8Array<ArrayBuffer>

async function readAll(png: Bytes): Promise<number[][]> {
  const rows: number[][] = []
  for await (const row of openPng(png)?.rows() ?? []) rows.push([...row])
  return rows
}

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((one) => one.slice())
const filters = fc.array(fc.nat(4), { minLength: 1, maxLength: 6 })

/** A picture of this kind, and what each row of it is as red, green, blue and opacity. */
function pictureOf(colour: 0 | 2 | 4 | 6, toPixel: (samples: number[]) => number[]) {
  const channels = { 0: 1, 2: 3, 4: 2, 6: 4 }[colour]
  const size = fc.record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 7 }) })
  return size.chain(({ width, height }) =>
    fc
      .record({ rows: fc.array(bytes(width * channels), { minLength: height, maxLength: height }), filters })
      .map((given) => ({
        png: writePng({ width, height, colour, ...given }),
        expected: given.rows.map((row) =>
          Array.from({ length: width }, (_, x) =>
            toPixel([...row.slice(x * channels, (x + 1) * channels)]),
          ).flat(),
        ),
      })),
  )
}

describe('a PNG', () => {
  it.each([
    ['grey', pictureOf(0, ([g = 0]) => [g, g, g, 255])],
    ['in colour', pictureOf(2, ([r = 0, g = 0, b = 0]) => [r, g, b, 255])],
    ['grey with transparency', pictureOf(4, ([g = 0, a = 0]) => [g, g, g, a])],
    ['in colour with transparency', pictureOf(6, (samples) => samples)],
  ])('%s is read as it was written, whatever the filters', async (_, picture) => {
    await fc.assert(
      fc.asyncProperty(picture, async ({ png, expected }) => {
        expect(await readAll(png)).toEqual(expected)
      }),
    )
  })

  it('with a palette is read by it, also with several pixels a byte', async () => {
    const palette = Uint8Array.from([9, 8, 7, 1, 2, 3])
    const png = writePng({
      width: 5,
      height: 1,
      colour: 3,
      depth: 1,
      rows: [Uint8Array.of(0b01101000)],
      palette,
      transparency: Uint8Array.of(128),
    })
    const [zero, one] = [
      [9, 8, 7, 128],
      [1, 2, 3, 255],
    ]
    expect(await readAll(png)).toEqual([[zero, one, one, zero, one].flat()])
  })

  it('of another kind is not read, and damage is told', async () => {
    const rows = [Uint8Array.of(1, 2, 3)]
    const good = writePng({ width: 1, height: 1, colour: 2, rows })
    expect(openPng(good.slice(1))).toBeNull()
    expect(openPng(writePng({ width: 1, height: 1, colour: 2, rows, isInterlaced: true }))).toBeNull()
    expect(openPng(writePng({ width: 200_000, height: 1, colour: 2, rows }))).toBeNull()
    expect(
      openPng(writePng({ width: 1, height: 1, colour: 2, rows, transparency: Uint8Array.of(0, 1) })),
    ).toBeNull()
    await expect(readAll(writePng({ width: 1, height: 9, colour: 2, rows }))).rejects.toThrow()
    await expect(readAll(writePng({ width: 1, height: 1, colour: 2, rows, filters: [7] }))).rejects.toThrow()
  })

  it('of any bytes at all never throws while it is opened', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (any) => void openPng(any.slice())))
  })
})

const [width, height] = [12, 9]
const area = fc.record({ x: fc.nat(width - 1), y: fc.nat(height - 1) }).chain(({ x, y }) =>
  fc.record({
    x: fc.constant(x),
    y: fc.constant(y),
    width: fc.integer({ min: 1, max: width - x }),
    height: fc.integer({ min: 1, max: height - y }),
  }),
)
const picture = fc.array(bytes(width * 3), { minLength: height, maxLength: height })
const pngOf = (rows: Bytes[], order: readonly number[]) =>
  writePng({ width, height, colour: 2, rows, filters: order })

describe('a covered picture', () => {
  it('is the same outside of its areas and black inside of them, however it was packed', async () => {
    await fc.assert(
      fc.asyncProperty(
        picture,
        fc.array(area, { maxLength: 5 }),
        filters,
        filters,
        async (rows, areas, one, other) => {
          const [whole, copy] = [pngOf(rows, one), pngOf(paintRows(rows, areas), other)]
          expect(await comparePictures({ copy, whole, areas })).toBe('same')
        },
      ),
    )
  })

  it('is found out with any one sample changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        picture,
        fc.array(area, { maxLength: 3 }),
        fc.nat(width * height * 3 - 1),
        fc.integer({ min: 1, max: 255 }),
        async (rows, areas, at, change) => {
          const painted = paintRows(rows, areas)
          const [y, place] = [Math.floor(at / (width * 3)), at % (width * 3)]
          const x = Math.floor(place / 3)
          const row = painted[y] ?? new Uint8Array()
          row[place] = (row[place] ?? 0) ^ change
          const isInside = areas.some(
            (one) => x >= one.x && x < one.x + one.width && y >= one.y && y < one.y + one.height,
          )
          const pictures = { copy: pngOf(painted, [0]), whole: pngOf(rows, [0]), areas }
          expect(await comparePictures(pictures)).toBe(isInside ? 'inside' : 'outside')
        },
      ),
    )
  })

  it('of a transparent picture is as it looks on black', async () => {
    const whole = writePng({
      width: 2,
      height: 1,
      colour: 6,
      rows: [Uint8Array.of(200, 100, 50, 128, 9, 9, 9, 0)],
    })
    const compare = (pixels: number[]) =>
      comparePictures({
        copy: writePng({ width: 2, height: 1, colour: 2, rows: [Uint8Array.from(pixels)] }),
        whole,
        areas: [],
      })
    expect(await compare([100, 50, 25, 0, 0, 0])).toBe('same')
    expect(await compare([101, 51, 24, 0, 0, 0])).toBe('same')
    expect(await compare([120, 50, 25, 0, 0, 0])).toBe('outside')
  })

  it('of another size, of another kind, and a damaged one are told apart', async () => {
    const rows = [new Uint8Array(9)]
    const one = writePng({ width: 3, height: 1, colour: 2, rows })
    const other = writePng({ width: 2, height: 1, colour: 2, rows: [new Uint8Array(6)] })
    const short = writePng({ width: 3, height: 4, colour: 2, rows })
    expect(await comparePictures({ copy: one, whole: other, areas: [] })).toBe('size')
    expect(await comparePictures({ copy: short, whole: short, areas: [] })).toBe('damaged')
    expect(await comparePictures({ copy: one, whole: Uint8Array.of(1), areas: [] })).toBe('unknown')
  })
})
