import {
  openLocked,
  passphrase,
  patternOf,
  searchPage,
  seedItems,
  unlockPage,
  withLockerBench,
} from './locker'

const few = 10_000
const pictureBytes = 24 * 1_024
const captures = 100
const aims = { listMs: 2_000, searchMs: 50 }

export type Print = (line: string) => void
export type Browser = { program: string; build: string }

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
export const verdict = (value: number, aim: number): string =>
  `aim: ${ms(aim)}, ${value <= aim ? 'met' : 'not met'}`

/** A figure beside what the cipher alone takes for the same bytes in the same run. */
function beside(name: string, figure: { took: number; cipher: number; what: string }): string {
  const { took, cipher, what } = figure
  return `  ${name.padEnd(34)} ${ms(took)}; ${what} ${ms(cipher)}; ratio ${(took / cipher).toFixed(1)}`
}

/** Items of one small picture each: unlocking, listing, searching, capturing, new keys, backup. */
export async function benchLocker(browser: Browser, print: Print): Promise<void> {
  print(
    `The locker with ${few.toLocaleString('en')} items, each with a picture of ${pictureBytes / 1_024} KiB`,
  )
  await withLockerBench(browser, async ({ chromium, freshProbe }) => {
    const first = await freshProbe()
    const pattern = patternOf(pictureBytes)
    await first.call('create', passphrase)
    await seedItems(first, { pattern, from: 0, count: few })
    const cold = await first.call('list')
    await first.call('lock')
    await first.page.close()

    const page = await openLocked(chromium)
    const { keyToRowsMs } = await unlockPage(page)
    print(`  key to rows on the locker page     ${ms(keyToRowsMs)} (${verdict(keyToRowsMs, aims.listMs)})`)
    const { allMs } = await searchPage(page, ['wissen كذب'])
    const slowest = Math.max(...allMs)
    print(
      `  a letter typed to the found rows   median ${ms(median(allMs))}, slowest ${ms(slowest)} (${verdict(slowest, aims.searchMs)})`,
    )
    await page.close()

    const probe = await freshProbe()
    await probe.call('lock')
    const locked = await freshProbe()
    const took = await locked.call('unlock', passphrase)
    print(beside('unlock', { took, cipher: await locked.call('argon', passphrase), what: 'Argon2id alone' }))
    const listed = await locked.call('list')
    const boxes = { count: 256, bytes: 32 * 1_024 }
    print(
      beside('list, by its sealed index', {
        took: listed.ms,
        cipher: await locked.call('openBoxes', boxes),
        what: 'opening boxes of that size',
      }),
    )
    const each = { count: few * 3, bytes: 4_096 }
    print(
      beside('list, where no index is yet', {
        took: cold.ms,
        cipher: await locked.call('openBoxes', each),
        what: 'opening three boxes of each',
      }),
    )
    const found = (await locked.call('search', 'wissen كذب')).slice(1).map((one) => one.ms)
    print(
      `  search alone, letter by letter     median ${ms(median(found))}, slowest ${ms(Math.max(...found))}`,
    )
    const rounds = 50
    const opened = (await locked.call('open', rounds)) / rounds
    print(
      beside('open one item', {
        took: opened,
        cipher: await locked.call('openBoxes', { count: 1, bytes: 32 * 1_024 }),
        what: 'opening one box',
      }),
    )

    const rotated = await locked.call('rotate', passphrase)
    const keys = { count: few * 2, bytes: 32 }
    print(
      beside('new keys for all of them', {
        took: rotated.wrappingMs + rotated.storingMs,
        cipher: await locked.call('openBoxes', keys),
        what: 'opening and sealing so many keys',
      }),
    )
    print(
      `    of which making ${ms(rotated.wrappingMs)}, storing in one transaction ${ms(rotated.storingMs)}; before it ${ms(rotated.beforeMs)}`,
    )

    const backup = await locked.call('backup')
    const age = await locked.call('age', backup.bytes)
    const perSecond = backup.bytes / 1_000 / backup.ms
    print(beside('backup', { took: backup.ms, cipher: age, what: 'age alone' }))
    print(`    ${(backup.bytes / 1e6).toFixed(0)} MB at ${perSecond.toFixed(1)} MB/s`)

    await locked.call('lock')
    const times = await locked.call('capture', { pattern, from: few, count: captures })
    const sealing = { count: captures, bytes: pictureBytes }
    const sealed = (await locked.call('sealBoxes', sealing)) / captures
    print(
      beside('one capture while locked, stored', {
        took: median(times),
        cipher: sealed,
        what: 'sealing its picture',
      }),
    )
    await locked.call('unlock', passphrase)
    const ingested = await locked.call('ingest')
    print(
      `  moving ${ingested.ingested} such captures in           ${ms(ingested.ms)}, ${ms(ingested.ms / ingested.ingested)} each`,
    )
  })
}
