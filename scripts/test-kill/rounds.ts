import { feedPage, feedPost } from '../../tests/support/feed'
import type { Site } from '../browser/sites'
import { type ActName, actNames, acts, type KeptBackup, madeUp } from './acts'
import { type Expected, expectNothing } from './expected'
import { type Durations, runUpToMoment, tellKill } from './moment'
import { chooseSome, type Random, randomFrom } from './random'
import type { Rig, StartRig } from './rig'

/** What a whole run came to. */
export type Totals<N extends string = ActName> = {
  rounds: number
  kills: Record<N, number>
  /** Kills that came while the act was still under way. */
  inTheMiddle: number
  acknowledged: number
  lost: number
  half: number
  returned: number
  /** Rounds after which not exactly one passphrase opened the locker. */
  passphrases: number
}

export type RunOptions = {
  start: StartRig
  profile: string
  rounds: number
  seed: number
  /** Hears of each round in one line. */
  tell: (line: string) => void
}

/** Which passphrases may open the locker, and which one must not. */
type Keys = { may: string[]; never: string | null }

const postsPerRound = 6
const restored = Array.from({ length: 12 }, (_, index) => `restored${index}`)
const backupPassphrase = 'harbour seven copper lines'

/** The posts that are on the page in a round, each by an author of its own. */
export function siteOf(round: number): { site: Site; authors: string[] } {
  const numbers = Array.from({ length: postsPerRound }, (_, index) => round * postsPerRound + index)
  const cells = numbers.map((number) => `<div data-testid="cellInnerDiv">${feedPost(number)}</div>`)
  return {
    site: { address: 'https://x.com/home', html: feedPage(cells.join('\n')) },
    authors: numbers.map((number) => `author${number}`),
  }
}

/** Opens the locker with each passphrase that may open it. Null when not exactly one does. */
async function findPassphrase(rig: Rig, keys: Keys): Promise<string | null> {
  if (keys.never !== null && (await rig.call('unlock', keys.never)) === 'ok') return null
  const answers: string[] = []
  for (const passphrase of keys.may) answers.push(await rig.call('unlock', passphrase))
  const works = keys.may.filter((_, index) => answers[index] === 'ok')
  const isClear = answers.every((answer) => answer === 'ok' || answer === 'wrong-passphrase')
  return works.length === 1 && isClear ? (works[0] ?? null) : null
}

const firstGuess: Durations<ActName> = {
  whole: { capture: 3_000, ingest: 2_500, rotation: 2_000, passphrase: 2_500, restore: 800 },
  core: { capture: 0, ingest: 1_000, rotation: 300, passphrase: 300, restore: 0 },
}

async function prepare(options: RunOptions, expected: Expected): Promise<{ keys: Keys; backup: KeptBackup }> {
  const rig = await options.start({ profile: options.profile, site: siteOf(0).site })
  const passphrase = await rig.setUp()
  await rig.call('keep', madeUp(restored))
  const file = await rig.call('backUp', backupPassphrase)
  expected.confirm(restored, 'there')
  await rig.kill()
  const backup = { file, passphrase: backupPassphrase, names: restored }
  return { keys: { may: [passphrase], never: null }, backup }
}

/** The order of the acts: each equally often, and each once before any comes again. */
export function actOf<N extends string>(random: Random, order: N[], all: readonly [N, ...N[]]): N {
  if (order.length === 0) order.push(...chooseSome(random, all, all.length))
  return order.pop() ?? all[0]
}

/**
 * Starts the browser again and again on one profile, each time looks whether the locker is as it must be, begins an
 * act, and kills the browser in the middle of it. Ends early when no passphrase opens the locker any more.
 */
export async function runRounds(options: RunOptions): Promise<Totals> {
  const random = randomFrom(options.seed)
  const expected = expectNothing()
  const order: ActName[] = []
  const durations = structuredClone(firstGuess)
  const kills = { capture: 0, ingest: 0, rotation: 0, passphrase: 0, restore: 0 }
  const totals: Totals = {
    ...{ rounds: 0, kills, inTheMiddle: 0, acknowledged: 0 },
    ...{ lost: 0, half: 0, returned: 0, passphrases: 0 },
  }
  const prepared = await prepare(options, expected)
  let { keys } = prepared

  /** Null when the locker does not open as it must. */
  async function look(rig: Rig): Promise<string | null> {
    const passphrase = await findPassphrase(rig, keys)
    if (passphrase === null) {
      totals.passphrases += 1
      options.tell(`    not exactly one passphrase opens the locker`)
      return null
    }
    keys = { may: [passphrase], never: null }
    const faults = expected.judge(await rig.call('contents'))
    for (const kind of ['lost', 'half', 'returned'] as const) {
      totals[kind] += faults[kind].length
      for (const fault of faults[kind]) options.tell(`    ${kind}: ${fault}`)
    }
    return passphrase
  }

  for (let round = 1; round <= options.rounds + 1; round++) {
    const { site, authors } = siteOf(round)
    const rig = await options.start({ profile: options.profile, site })
    try {
      const passphrase = await look(rig)
      if (passphrase === null || round > options.rounds) break
      const name = actOf(random, order, actNames)
      const before = expected.present().length
      const { backup } = prepared
      const { profile } = options
      const acknowledge = (count: number): void => {
        totals.acknowledged += count
      }
      const scene = { rig, expected, random, round, authors, passphrase, backup, profile, acknowledge }
      const act = await acts[name](scene)
      const next = act.onPassphrase?.next
      if (next !== undefined) keys = { may: [passphrase, next], never: null }
      const timed = await runUpToMoment(act, name, durations, random)
      const { isInTheMiddle } = timed
      if (next !== undefined && !isInTheMiddle) keys = { may: [next], never: passphrase }
      await rig.kill()
      totals.rounds += 1
      totals.kills[name] += 1
      if (isInTheMiddle) totals.inTheMiddle += 1
      options.tell(tellKill(round, name, timed, before))
    } finally {
      await rig.kill().catch(() => undefined)
    }
  }
  return totals
}
