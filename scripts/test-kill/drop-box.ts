import type { Contents, FoundItem } from '../../tests/support/probe/entry'
import { fromBase64 } from '../../utils/crypto/bytes'
import { makeSealingPair } from '../../utils/crypto/seal'
import { openHandedOverItem, openHandedOverRow } from '../../utils/locker/open-handed-over'
import { readHandOver } from '../../utils/locker/read-hand-over'
import { succeed } from '../../utils/model/problem'
import { madeUp } from './acts'
import { type Expected, expectNothing } from './expected'
import { type Durations, type Interrupted, runUpToMoment, tellKill } from './moment'
import { chooseSome, type Random, randomFrom } from './random'
import type { Rig } from './rig'
import { actOf, type RunOptions, siteOf, type Totals } from './rounds'

/*
 * The rounds of a drop-box. Nothing on the device opens what it holds, so it is looked at as an organisation does: all
 * that waits is handed over after each kill, and opened here with the private half.
 */

/** The acts in the middle of which the browser is killed. */
export const dropBoxActs = ['capture', 'keep', 'hand-over', 'remove'] as const
type DropBoxAct = (typeof dropBoxActs)[number]

const firstGuess: Durations<DropBoxAct> = {
  whole: { capture: 3_000, keep: 600, 'hand-over': 300, remove: 60 },
  core: { capture: 0, keep: 0, 'hand-over': 0, remove: 0 },
}

type Scene = {
  rig: Rig
  expected: Expected
  random: Random
  round: number
  authors: readonly string[]
  /** What waited when the round began, rows included. */
  waiting: Waiting
  acknowledge: (count: number) => void
}

type Waiting = { contents: Contents; rows: string[] }

async function capture({ rig, expected, authors, acknowledge }: Scene): Promise<Interrupted> {
  await rig.document()
  return {
    run: async () => {
      for (const author of authors) {
        expected.begin([author])
        if ((await rig.capture(author)) !== 'saved') continue
        expected.confirm([author], 'there')
        acknowledge(1)
      }
    },
  }
}

/** Captures as fast as they can be stored, as in a sweep. */
async function keep({ rig, expected, round, acknowledge }: Scene): Promise<Interrupted> {
  const all = Array.from({ length: 40 }, (_, index) => `swept${round}_${index}`)
  await rig.call('countStrays')
  return {
    run: async () => {
      for (let start = 0; start < all.length; start += 4) {
        const some = all.slice(start, start + 4)
        expected.begin(some)
        await rig.call('keep', madeUp(some))
        expected.confirm(some, 'there')
        acknowledge(some.length)
      }
    },
  }
}

/** Writing the file changes nothing. */
async function handOver({ rig }: Scene): Promise<Interrupted> {
  await rig.call('countStrays')
  return { run: async () => void (await rig.call('handOver')) }
}

async function remove({ rig, expected, random, waiting }: Scene): Promise<Interrupted> {
  const present = expected.present()
  // Most of a long run goes, so that what waits stays as much as the run needs.
  const chosen = chooseSome(random, present, Math.ceil(present.length * random()))
  const names = chosen.map(({ name }) => name)
  await rig.call('countStrays')
  return {
    run: async () => {
      expected.begin(names)
      const items = chosen.map(({ id }) => id)
      const answer = await rig.call('removeHandedOver', { items, rows: waiting.rows })
      if (answer !== 'ok') throw new Error(`the drop-box answered ${answer}`)
      expected.confirm(names, 'gone')
    },
  }
}

const acts: Record<DropBoxAct, (scene: Scene) => Promise<Interrupted>> = {
  capture,
  keep,
  'hand-over': handOver,
  remove,
}

/** So many wait at least before something is done with what waits. */
const fewest = 12

/** Fills the box up; all of it is acknowledged. */
async function fill({ rig, expected, round, acknowledge }: Omit<Scene, 'waiting'>): Promise<void> {
  const names = Array.from({ length: 2 * fewest }, (_, index) => `filled${round}_${index}`)
  await rig.call('keep', madeUp(names))
  expected.confirm(names, 'there')
  acknowledge(names.length)
}

const nothing = (): Contents => ({ epoch: 1, items: [], damaged: [], waiting: 0 })

/** Everything that waits, opened by the holder of the receiving key. A part that nothing names counts as half. */
async function look(rig: Rig, identity: string): Promise<Waiting> {
  const contents = nothing()
  const strays = await rig.call('countStrays')
  if (strays > 0) contents.damaged.push(`${strays} parts without their item, or missing,`)
  const file = await rig.call('handOver')
  if (file === null) return { contents, rows: [] }
  const key = { kind: 'identities' as const, identities: [identity] }
  const read = await readHandOver({ file: new Blob([fromBase64(file)]), key }, async (thing, { dropBox }) => {
    if (thing.kind === 'items') contents.items.push(await readItem(identity, dropBox, thing))
    else if ((await openHandedOverRow(identity, dropBox, thing)) === null) contents.damaged.push(thing.id)
    return succeed({})
  })
  if (!read.ok) throw new Error(`the hand-over is ${read.problem.code}`)
  if (read.value.leftOut > 0) contents.damaged.push(`${read.value.leftOut} that were left out,`)
  return { contents, rows: read.value.rows }
}

async function readItem(
  identity: string,
  dropBox: string,
  thing: Parameters<typeof openHandedOverItem>[2],
): Promise<FoundItem> {
  const { id } = thing
  const opened = await openHandedOverItem(identity, dropBox, thing)
  if (opened === null) return { id, handle: '', text: '', problem: 'does not open whole' }
  const { post } = opened.item
  return { id, handle: post.author.handle ?? '', text: post.text ?? '', problem: null }
}

async function prepare(options: RunOptions, recipient: string): Promise<void> {
  const rig = await options.start({ profile: options.profile, site: siteOf(0).site })
  try {
    const answer = await rig.call('createDropBox', recipient)
    if (answer !== 'ok') throw new Error(`the drop-box answered ${answer}`)
  } finally {
    await rig.kill()
  }
}

/**
 * As `runRounds`, on a device that is a drop-box: it holds no key, so captures are always made without one. No
 * passphrase is asked, and none is counted.
 */
export async function runDropBoxRounds(options: RunOptions): Promise<Totals<DropBoxAct>> {
  const { identity, recipient } = await makeSealingPair()
  const random = randomFrom(options.seed)
  const expected = expectNothing()
  const order: DropBoxAct[] = []
  const durations = structuredClone(firstGuess)
  const totals: Totals<DropBoxAct> = {
    ...{ rounds: 0, kills: { capture: 0, keep: 0, 'hand-over': 0, remove: 0 }, inTheMiddle: 0 },
    ...{ acknowledged: 0, lost: 0, half: 0, returned: 0, passphrases: 0 },
  }
  await prepare(options, recipient)

  async function lookAndJudge(rig: Rig): Promise<Waiting> {
    const waiting = await look(rig, identity)
    const faults = expected.judge(waiting.contents)
    for (const kind of ['lost', 'half', 'returned'] as const) {
      totals[kind] += faults[kind].length
      for (const fault of faults[kind]) options.tell(`    ${kind}: ${fault}`)
    }
    return waiting
  }

  for (let round = 1; round <= options.rounds + 1; round++) {
    const { site, authors } = siteOf(round)
    const rig = await options.start({ profile: options.profile, site })
    try {
      let waiting = await lookAndJudge(rig)
      if (round > options.rounds) break
      const name = actOf(random, order, dropBoxActs)
      const acknowledge = (count: number): void => {
        totals.acknowledged += count
      }
      const scene = { rig, expected, random, round, authors, acknowledge }
      if ((name === 'hand-over' || name === 'remove') && expected.present().length < fewest) {
        await fill(scene)
        waiting = await lookAndJudge(rig)
      }
      const before = expected.present().length
      const act = await acts[name]({ ...scene, waiting })
      const timed = await runUpToMoment(act, name, durations, random)
      await rig.kill()
      totals.rounds += 1
      totals.kills[name] += 1
      if (timed.isInTheMiddle) totals.inTheMiddle += 1
      options.tell(tellKill(round, name, timed, before))
    } finally {
      await rig.kill().catch(() => undefined)
    }
  }
  return totals
}
