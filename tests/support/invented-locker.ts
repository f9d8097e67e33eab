import type { DatasetRecord, DatasetSource } from '../../utils/dataset/source'
import { incidentTypes } from '../../utils/model/incident-types'
import type { PostReading } from '../../utils/model/post'
import { sampleAssessment, sampleId, sampleItem } from './sample-items'

/** The same numbers for the same seed, each from 0 to below 1. */
function seededNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type LockerOptions = {
  seed?: number
  items: number
  accounts?: number
  targets?: number
  platforms?: readonly string[]
  languages?: readonly string[]
  weeks?: number
  text?: (index: number) => string | null
}

const start = Date.parse('2026-01-05T00:00:00.000Z')
const countries = ['DE', 'Kenya', 'مصر']

/** One invented record; every value of it is given by the seed and its number. */
export function inventRecord(options: LockerOptions, index: number): DatasetRecord {
  const random = seededNumbers((options.seed ?? 1) * 1_000_003 + index)
  const pick = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(random() * list.length)]
    if (one === undefined) throw new Error('nothing to pick from')
    return one
  }
  const account = Math.floor(random() * (options.accounts ?? 40))
  const target = Math.floor(random() * (options.targets ?? 6))
  const platform = pick(options.platforms ?? ['x', 'mastodon'])
  const posted = new Date(start + Math.floor(random() * (options.weeks ?? 2) * 7 * 86_400_000)).toISOString()
  const postId = `77${String(index).padStart(9, '0')}${options.seed ?? 1}`
  const handle = `quarrel_${options.seed ?? 1}_${account}`
  const post: Partial<PostReading> = {
    platform,
    kind: pick(['post', 'reply', 'comment'] as const),
    postId,
    permalink: `https://${platform}.example/${handle}/${postId}`,
    author: {
      handle,
      name: `Grumblewick Number${account}`,
      profile: `https://${platform}.example/${handle}`,
      id: null,
    },
    text: options.text
      ? options.text(index)
      : `Entry ${index}: you are the worst, @lumisade${target}, says ${handle}.`,
    language: pick(options.languages ?? ['en', 'ar']),
    mentions: [`lumisade${target}`],
    counts: { replies: String(Math.floor(random() * 50)), likes: `${Math.floor(random() * 9) + 1}.2K` },
    posted: { asShown: posted, iso: posted, from: null, to: null, precision: 'second', source: 'dom' },
  }
  const opened = sampleItem({ seed: `${options.seed ?? 1}-${index}`, post, parts: [] })
  return {
    item: opened.item,
    assessment: sampleAssessment(opened.item.id, {
      types: [pick(incidentTypes.slice(0, 3))],
      grounds: [pick(['gender', 'religion'])],
      note: 'A private note of hers.',
    }),
    caseIds: [sampleId(`case ${target}`)],
    target: { key: `lumisade${target}`, country: pick(countries), grounds: [] },
  }
}

/** A locker that invents its items anew each time they are opened: nothing is held. */
export function inventLocker(options: LockerOptions): DatasetSource {
  const ids = Array.from({ length: options.items }, (_, index) => sampleId(`${options.seed ?? 1}-${index}`))
  const numbers = new Map(ids.map((id, index) => [id, index]))
  return {
    ids,
    open: async (wanted) =>
      wanted.map((id) => {
        const index = numbers.get(id)
        return index === undefined ? null : inventRecord(options, index)
      }),
  }
}

/** A locker of these records. */
export function lockerOf(records: readonly DatasetRecord[]): DatasetSource {
  const byId = new Map(records.map((record) => [record.item.id, record]))
  return {
    ids: [...byId.keys()],
    open: async (ids) => ids.map((id) => byId.get(id) ?? null),
  }
}
