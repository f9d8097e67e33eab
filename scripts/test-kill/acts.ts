import type { SentItem } from '../../tests/support/probe/entry'
import { sampleItem } from '../../tests/support/sample-items'
import { waitUntil } from '../browser/seen'
import type { Expected } from './expected'
import type { Interrupted } from './moment'
import { chooseSome, type Random } from './random'
import type { Rig } from './rig'
import { watchCell } from './watch-cell'

/** The acts in the middle of which the browser is killed. */
export const actNames = ['capture', 'ingest', 'rotation', 'passphrase', 'restore'] as const
export type ActName = (typeof actNames)[number]

/** A backup, and the posts in it. */
export type KeptBackup = { file: string; passphrase: string; names: string[] }

/** What an act works with. */
export type Scene = {
  rig: Rig
  expected: Expected
  random: Random
  round: number
  /** Authors of the posts on the page, one post each. */
  authors: readonly string[]
  passphrase: string
  backup: KeptBackup
  profile: string
  /** How many captures the page said were saved, so far. */
  acknowledge: (count: number) => void
}

/** What the kill interrupts, and the passphrase that it may leave behind. */
export type Act = Interrupted & { onPassphrase?: { next: string } }

/** Items as they come from a capture, one by each author. */
export function madeUp(authors: readonly string[]): SentItem[] {
  return authors.map((author) => {
    const made = sampleItem({ seed: author })
    const item = {
      ...made.item,
      post: { ...made.item.post, author: { ...made.item.post.author, handle: author } },
    }
    const parts = made.parts.map(({ record, bytes }) => ({
      name: record.name,
      base64: Buffer.from(bytes).toString('base64'),
    }))
    return { item, parts }
  })
}

async function mustAnswer(answer: Promise<string>): Promise<void> {
  const code = await answer
  if (code !== 'ok') throw new Error(`the locker answered ${code}`)
}

async function capture({ rig, expected, random, authors, acknowledge }: Scene): Promise<Act> {
  if (random() < 0.5) await rig.call('lock')
  await rig.document()
  return {
    run: async () => {
      for (const author of authors) {
        expected.begin([author])
        const told = await rig.capture(author)
        if (told !== 'saved') continue
        expected.confirm([author], 'there')
        acknowledge(1)
      }
    },
  }
}

/** An inbox that was filled while locked, and the unlock that empties it. */
async function ingest(scene: Scene): Promise<Act> {
  const { rig, expected, round, acknowledge, passphrase } = scene
  await rig.call('lock')
  const authors = Array.from({ length: 25 }, (_, index) => `waiting${round}_${index}`)
  await rig.call('keep', madeUp(authors))
  expected.confirm(authors, 'there')
  acknowledge(authors.length)
  return {
    run: async () => {
      await rig.pressUnlock(passphrase)
      await untilOpen(rig)
      await rig.call('ingest')
    },
    untilCore: () => untilOpen(rig),
  }
}

async function untilOpen(rig: Rig): Promise<void> {
  await waitUntil('the locker to be open', () => rig.call('isOpen'), 60)
}

async function rotation({ rig, expected, random, passphrase, profile }: Scene): Promise<Act> {
  const present = expected.present()
  // Most of a long run goes, so that the locker stays as small as the run needs.
  const count = Math.max(1, Math.min(present.length - 6, Math.ceil(present.length * random())))
  const chosen = chooseSome(random, present, count)
  const names = chosen.map(({ name }) => name)
  return {
    run: async () => {
      expected.begin(names)
      await mustAnswer(rig.call('deleteItems', { passphrase, ids: chosen.map(({ id }) => id) }))
      expected.confirm(names, 'gone')
    },
    untilCore: watchCell(profile),
  }
}

async function passphraseChange({ rig, round, passphrase, profile }: Scene): Promise<Act> {
  const to = `lantern gravel ${round} orchard winter pebble`
  const { next, change } = await rig.prepareNewPassphrase({ from: passphrase, to })
  return { run: change, untilCore: watchCell(profile), onPassphrase: { next } }
}

/** What the backup holds is deleted first, so that there is something to restore. */
async function restore({ rig, expected, passphrase, backup }: Scene): Promise<Act> {
  const here = expected.present().filter(({ name }) => backup.names.includes(name))
  if (here.length > 0) {
    await mustAnswer(rig.call('deleteItems', { passphrase, ids: here.map(({ id }) => id) }))
    expected.confirm(backup.names, 'gone')
  }
  return {
    run: async () => {
      expected.begin(backup.names)
      await mustAnswer(rig.call('restore', backup))
      expected.confirm(backup.names, 'there')
    },
  }
}

/** Makes an act ready in a locker that is open. */
export const acts: Record<ActName, (scene: Scene) => Promise<Act>> = {
  capture,
  ingest,
  rotation,
  passphrase: passphraseChange,
  restore,
}
