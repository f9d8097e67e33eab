import {
  openLocked,
  passphrase,
  patternOf,
  type Searched,
  scrollPage,
  searchPage,
  unlockPage,
  withLockerBench,
} from './locker'
import { type Browser, median, ms, type Print, verdict } from './print-locker'

/** The aims of listing and searching are for ten thousand; with ten times as many, the page must not stand still. */
type Aims = { listMs?: number; searchMs?: number; pauseMs: number }

const sizes: { count: number; aims: Aims }[] = [
  { count: 10_000, aims: { listMs: 2_000, searchMs: 50, pauseMs: 100 } },
  { count: 100_000, aims: { pauseMs: 100 } },
]
/** Words of the invented posts: Latin, Arabic, Burmese, Han; then two at once, and one that is nowhere. */
const searches = ['wissen', 'كذب', 'မြန်မာ', '河边的灯', 'über واضح', 'zebra']

const besideAim = (value: number, aim: number | undefined): string =>
  aim === undefined ? ms(value) : `${ms(value)} (${verdict(value, aim)})`

function describeSearch(when: string, { firstMs, allMs, longestTaskMs }: Searched, aims: Aims): string {
  const [first, all] = [Math.max(...firstMs), Math.max(...allMs)]
  return [
    `  ${when.padEnd(34)} ${allMs.length} keys; first rows after ${ms(median(firstMs))}, at most ${ms(first)}`,
    `all found after ${ms(median(allMs))}, at most ${besideAim(all, aims.searchMs)}`,
    `longest pause of the page ${besideAim(longestTaskMs, aims.pauseMs)}`,
  ].join('; ')
}

/**
 * The list alone, with invented items of a sealed index: opening it, searching in several scripts as soon as it
 * stands, scrolling through it, and searching once more.
 */
export async function benchLists(browser: Browser, print: Print): Promise<void> {
  for (const size of sizes) await benchList(browser, size, print)
}

async function benchList(
  browser: Browser,
  { count, aims }: (typeof sizes)[number],
  print: Print,
): Promise<void> {
  print(`The list of ${count.toLocaleString('en')} items on the locker page`)
  await withLockerBench(browser, async ({ chromium, freshProbe }) => {
    const probe = await freshProbe()
    await probe.call('create', passphrase)
    await probe.call('seedListed', { pattern: patternOf(0), count })
    await probe.call('lock')
    await probe.page.close()
    const page = await openLocked(chromium)
    const { keyToRowsMs, longestTaskMs } = await unlockPage(page)
    print(
      `  key to rows                        ${besideAim(keyToRowsMs, aims.listMs)}; longest pause of the page ${besideAim(longestTaskMs, aims.pauseMs)}`,
    )
    print(describeSearch('keys of six searches, at once', await searchPage(page, searches), aims))
    const scrolled = await scrollPage(page)
    print(
      `  scrolling, ${scrolled.steps} leaps              longest pause of the page ${besideAim(scrolled.longestTaskMs, aims.pauseMs)}, between frames ${ms(scrolled.longestFrameMs)}`,
    )
    print(describeSearch('the same searches, later', await searchPage(page, searches), aims))
  })
}
