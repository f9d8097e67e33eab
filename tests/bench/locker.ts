import { join } from 'node:path'
import type { CDPSession, Page } from 'puppeteer-core'
import { type Chromium, launchChromium } from '../../scripts/browser/chromium'
import { projectFolder } from '../../scripts/shell'
import { bundleProbe } from '../support/probe/build'
import { sampleItem, samplePart } from '../support/sample-items'
import type { Bench, Pattern } from './locker-probe'

/** The measurements' own functions in a page of the extension. */
export type BenchProbe = {
  page: Page
  call: <N extends keyof Bench>(
    name: N,
    ...args: Parameters<Bench[N]>
  ) => Promise<Awaited<ReturnType<Bench[N]>>>
}

export const passphrase = 'stubble wiring muck disparate yo-yo late'

/** An item with its picture of so many bytes without pattern, and two small parts. */
export function patternOf(pictureBytes: number): Pattern {
  const { parts } = sampleItem()
  const bytes = new Uint8Array(pictureBytes)
  for (let at = 0; at < pictureBytes; at++) bytes[at] = (at * 2_654_435_761) >>> 24
  const picture = samplePart({ name: 'screenshot.png', role: 'screenshot', mediaType: 'image/png' }, bytes)
  const others = parts.filter(({ record }) => record.role === 'text')
  const { item, parts: all } = sampleItem({ parts: [picture, ...others] })
  return { item, parts: all.map((part) => Buffer.from(part.bytes).toString('base64')) }
}

async function openBench(chromium: Chromium, script: string): Promise<BenchProbe> {
  const page = await chromium.browser.newPage()
  await page.goto(`${chromium.origin}/manifest.json`)
  await page.evaluate(script)
  return {
    page,
    call: async (name, ...args) =>
      (await page.evaluate(
        `lockerProbe.bench[${JSON.stringify(name)}](...${JSON.stringify(args)})`,
      )) as never,
  }
}

export type LockerBench = {
  chromium: Chromium
  /** A page that holds nothing of what another has opened. */
  freshProbe: () => Promise<BenchProbe>
}

/** Real Chromium with the build that ships and an empty profile; closed when the work is done. */
export async function withLockerBench<T>(
  browser: { program: string; build: string },
  work: (bench: LockerBench) => Promise<T>,
): Promise<T> {
  const script = await bundleProbe(browser.build, join(projectFolder, 'tests', 'bench', 'locker-probe.ts'))
  const chromium = await launchChromium(browser)
  try {
    return await work({ chromium, freshProbe: () => openBench(chromium, script) })
  } finally {
    await chromium.close()
  }
}

/** Puts items into the unlocked locker, in calls that stay far below the time that one call may take. */
export async function seedItems(
  probe: BenchProbe,
  seed: { pattern: Pattern; from: number; count: number },
): Promise<void> {
  const atOnce = 5_000
  for (let done = 0; done < seed.count; done += atOnce) {
    const count = Math.min(atOnce, seed.count - done)
    await probe.call('seed', { pattern: seed.pattern, from: seed.from + done, count })
  }
}

/** Sum of self time by function, in milliseconds, the longest first. */
export async function profileCall(page: Page, act: () => Promise<unknown>): Promise<string[]> {
  const session: CDPSession = await page.createCDPSession()
  await session.send('Profiler.enable')
  await session.send('Profiler.setSamplingInterval', { interval: 500 })
  await session.send('Profiler.start')
  await act()
  const { profile } = await session.send('Profiler.stop')
  await session.detach()
  const names = new Map(
    profile.nodes.map((node) => [
      node.id,
      `${node.callFrame.functionName || '?'}:${node.callFrame.lineNumber}:${node.callFrame.columnNumber}`,
    ]),
  )
  const times = new Map<string, number>()
  for (const [at, id] of (profile.samples ?? []).entries()) {
    const name = names.get(id) ?? ''
    times.set(name, (times.get(name) ?? 0) + (profile.timeDeltas?.[at] ?? 0) / 1_000)
  }
  return [...times]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 18)
    .map(([name, ms]) => `${ms.toFixed(0)} ${name}`)
}
