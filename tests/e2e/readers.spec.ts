import { readdirSync } from 'node:fs'
import { comparePage } from '../../scripts/bench-readers/compare'
import { readFolder } from '../../scripts/bench-readers/read-folder'
import { openReader, type Reader } from '../../scripts/bench-readers/reader'
import { differencesOf } from '../../scripts/bench-readers/table'
import { builtFolder } from '../../scripts/build'
import { findChromium } from '../../scripts/find-browser'
import { PostReading } from '../../utils/model/post'
import { expect, test } from '../support/fixtures'

/*
 * The pages that the unit tests read without a browser, read here by the built extension in a real one: with
 * layout, with the page's own world beside it, at the moment that each case names.
 */

const root = 'tests/fixtures/platforms'
const { cases, troubles } = readFolder(root)
const platforms = [...new Set(cases.map(({ platform }) => platform))]

let reader: Reader

test.beforeAll(async () => {
  const [program, build] = await Promise.all([findChromium(), builtFolder('chrome')])
  reader = await openReader({ program, build })
})
test.afterAll(async () => reader.close())

test('every fixture is read here', () => {
  const folders = readdirSync(root).flatMap((platform) =>
    readdirSync(`${root}/${platform}`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${platform}/${name}`),
  )
  expect(troubles).toEqual([])
  expect(cases.map(({ platform, name }) => `${platform}/${name}`).sort()).toEqual(folders.sort())
})

for (const platform of platforms) {
  test(`the extension reads every fixture of ${platform} as expected`, async () => {
    const own = cases.filter((one) => one.platform === platform)
    for (const { name, site, now, expected, isComplete } of own) {
      const readings = await reader.read(site, now)
      const result = comparePage({ expected, readings, isComplete })
      const named = { platform, name, result, failure: null }
      expect(differencesOf([named], { values: 'with' })).toEqual([])
      const places = result.posts.map(({ at }) => at)
      expect(places, `${name}: the order of the posts`).toEqual(
        places.toSorted((a, b) => Number(a) - Number(b)),
      )
      for (const reading of readings) expect(PostReading.safeParse(reading).error).toBeUndefined()
    }
  })
}
