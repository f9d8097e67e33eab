import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { PostReading } from '../../../utils/model/post'
import { platforms } from '../../../utils/platforms/index'

/*
 * `kinds.json` beside the cases of a platform says where each kind of case is shown: a case whose readings show it; a
 * case whose page holds it while the readings rightly do not (an emptied slot gives no reading); or nowhere, with the
 * reason.
 */
type ShownKind = string | { inPageOf: string; because: string } | { none: string }

const root = 'tests/fixtures/platforms'

const isPlain = ({ text, media, direction, quotedIn, repostedBy }: PostReading): boolean =>
  text !== null && direction !== 'rtl' && media.length === 0 && quotedIn === null && repostedBy === null

const isReply = ({ kind, parentPostId, replyToHandle }: PostReading): boolean =>
  kind === 'reply' || replyToHandle !== null || (kind === 'message' && parentPostId !== null)

type Readings = readonly PostReading[]

/** Whether the readings of a case show this kind. */
const shows: Record<string, (readings: Readings) => boolean> = {
  plain: (readings) => readings.some(isPlain),
  media: (readings) => readings.some(({ media }) => media.length > 0),
  reply: (readings) => readings.some(isReply),
  'quote-or-repost': (readings) =>
    readings.some(({ quotedIn, repostedBy }) => quotedIn !== null || repostedBy !== null),
  'right-to-left': (readings) => readings.some(({ direction }) => direction === 'rtl'),
  truncated: (readings) => readings.some(({ isTruncated }) => isTruncated),
  'advertisement-or-decoy': (readings) => readings.some(({ isAd }) => isAd),
  'deleted-or-empty': (readings) => readings.length === 0 || readings.some(({ isDeleted }) => isDeleted),
}

function casesOf(platform: string): string[] {
  return readdirSync(`${root}/${platform}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
}

function readingsOf(platform: string, name: string): Readings {
  return JSON.parse(readFileSync(`${root}/${platform}/${name}/expected.json`, 'utf8')) as Readings
}

describe.each(platforms.map(({ id }) => id))('%s', (platform) => {
  const kinds = JSON.parse(readFileSync(`${root}/${platform}/kinds.json`, 'utf8')) as Record<
    string,
    ShownKind
  >

  it('says of every kind where it is shown', () => {
    expect(Object.keys(kinds).sort()).toEqual(Object.keys(shows).sort())
  })

  it.each(Object.entries(shows))('%s', (kind, isShownIn) => {
    const shown = kinds[kind]
    if (shown === undefined) throw new Error(`${platform}/kinds.json does not name ${kind}`)
    if (typeof shown === 'string') {
      expect(isShownIn(readingsOf(platform, shown)), `${shown} does not show it`).toBe(true)
    } else if ('inPageOf' in shown) {
      expect(shown.because).not.toBe('')
      expect(isShownIn(readingsOf(platform, shown.inPageOf)), 'its readings show it').toBe(false)
    } else {
      expect(shown.none).not.toBe('')
      const those = casesOf(platform).filter((name) => isShownIn(readingsOf(platform, name)))
      expect(those, 'a case shows it, so name that').toEqual([])
    }
  })
})
