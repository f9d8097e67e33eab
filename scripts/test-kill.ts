import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { stopWith } from './shell'
import { chromiumRig } from './test-kill/chromium-rig'
import { runDropBoxRounds } from './test-kill/drop-box'
import { firefoxRig } from './test-kill/firefox-rig'
import { runRounds, type Totals } from './test-kill/rounds'

const usage =
  'Usage: npm run test:kill -- --rounds 100 [--seed 12345] [--browser chrome|firefox] [--drop-box]'

function readCount(text: string | undefined, otherwise: number): number {
  const count = text === undefined ? otherwise : Number(text)
  if (!Number.isSafeInteger(count) || count < 1) throw stopWith(usage)
  return count
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function printTotals(totals: Totals<string>): void {
  const perAct = Object.entries(totals.kills).map(([act, count]) => `${act} ${count}`)
  print(
    `${totals.rounds} rounds; kills: ${perAct.join(', ')}; ${totals.inTheMiddle} of them in the middle of the act`,
  )
  print(
    `acknowledged ${totals.acknowledged}, lost ${totals.lost}, half ${totals.half}, returned ${totals.returned}, ` +
      `rounds without exactly one passphrase ${totals.passphrases}`,
  )
}

/**
 * `npm run test:kill`: kills a real browser with SIGKILL at random moments and looks at what the locker holds
 * after each; with `--drop-box`, one that has no locker of its own. Promises 0 when nothing was lost, half or back,
 * and one passphrase opened the locker all the time.
 */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string' },
      seed: { type: 'string' },
      browser: { type: 'string' },
      'drop-box': { type: 'boolean' },
    },
  })
  const rounds = readCount(values.rounds, 20)
  const seed = readCount(values.seed, 1 + Math.floor(Math.random() * 999_999))
  if (!['chrome', 'firefox', undefined].includes(values.browser)) throw stopWith(usage)
  const start = await (values.browser === 'firefox' ? firefoxRig() : chromiumRig())
  const profile = mkdtempSync(join(tmpdir(), 'witnessmark-kill-'))
  print(`seed ${seed}`)
  try {
    const run = values['drop-box'] ? runDropBoxRounds : runRounds
    const totals: Totals<string> = await run({ start, profile, rounds, seed, tell: print })
    printTotals(totals)
    const { lost, half, returned, passphrases } = totals
    return totals.rounds === rounds && lost + half + returned + passphrases === 0 ? 0 : 1
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
