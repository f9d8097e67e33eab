import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findChannel } from '../../../utils/channels/index'
import { lengthIn } from '../../../utils/channels/limits'
import { incidentTypes } from '../../../utils/model/incident-types'
import type { IncidentType, OpenedItem } from '../../../utils/model/item'
import { writeReport } from '../../../utils/reports/write-report'
import { wordsFor } from '../../../utils/words/translate'
import { fullCase, postOnBluesky, postsOnMastodon } from './sample-cases'

type Request = { method: string; path: string; body: Record<string, unknown> }

function read<T>(name: string): T {
  return JSON.parse(readFileSync(`tests/fixtures/channels/${name}.json`, 'utf8')) as T
}

function requestOf(
  id: string,
  items: OpenedItem[],
  facts: { types: IncidentType[]; narrative: string },
): Request {
  const channel = findChannel(id)
  if (!channel) throw new Error(`${id} is gone`)
  const report = writeReport({ channel, case: fullCase(items, facts), items, words: wordsFor('ar') })
  return (report.submission as { request: Request }).request
}

const anyFacts = fc.record({
  types: fc.uniqueArray(fc.constantFrom(...incidentTypes), { maxLength: 4 }),
  narrative: fc
    .array(fc.constantFrom('👩‍👩‍👧‍👦', 'مُحَمَّد ', 'word ', 'e\u0301', 'https://invented.example/x '), {
      maxLength: 2_000,
      size: 'max',
    })
    .map((parts) => parts.join('')),
})

const bluesky = read<{
  path: string
  required: string[]
  properties: string[]
  reason: { maxGraphemes: number; maxLength: number }
  subjects: Record<string, string[]>
  reasonTypes: string[]
}>('bluesky-create-report')

test.each([
  ['a post', () => postOnBluesky()],
  ['an account', () => postOnBluesky({ kind: 'profile', postId: null })],
])('Bluesky: the report of %s keeps to the lexicon', (_, sample) => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const { method, path, body } = requestOf('bluesky-api', [sample()], facts)
      expect([method, path]).toEqual(['POST', bluesky.path])
      for (const name of bluesky.required) expect(body).toHaveProperty([name])
      for (const name of Object.keys(body)) expect(bluesky.properties).toContain(name)
      expect(bluesky.reasonTypes).toContain(body.reasonType)
      const reason = String(body.reason)
      expect(lengthIn(reason, 'graphemes')).toBeLessThanOrEqual(bluesky.reason.maxGraphemes)
      expect(lengthIn(reason, 'bytes')).toBeLessThanOrEqual(bluesky.reason.maxLength)
      const { $type, ...subject } = body.subject as Record<string, string | null>
      expect(Object.keys(subject)).toEqual(bluesky.subjects[String($type)])
      if (subject.uri) expect(subject.uri).toMatch(/^at:\/\/did:[a-z]+:[^/]+\/[a-z.]+\/[^/]+$/i)
      if (subject.did) expect(subject.did).toMatch(/^did:[a-z]+:/)
    }),
    { numRuns: 60 },
  )
})

const mastodon = read<{
  method: string
  path: string
  required: string[]
  fields: Record<string, 'string' | 'strings' | 'boolean' | 'integers'>
  categories: string[]
  needsRules: string
  commentCharacters: number
}>('mastodon-reports')

test('Mastodon: the report keeps to the description of its interface', () => {
  const isOf = {
    string: (value: unknown) => typeof value === 'string',
    boolean: (value: unknown) => typeof value === 'boolean',
    strings: (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
    integers: (value: unknown) => Array.isArray(value) && value.every(Number.isInteger),
  }
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const { method, path, body } = requestOf('mastodon-api', postsOnMastodon(), facts)
      expect([method, path]).toEqual([mastodon.method, mastodon.path])
      for (const name of mastodon.required) expect(body).toHaveProperty([name])
      for (const [name, value] of Object.entries(body)) {
        const kind = mastodon.fields[name]
        expect({ name, kind, isRight: kind !== undefined && isOf[kind](value) }).toMatchObject({
          isRight: true,
        })
      }
      expect(mastodon.categories).toContain(body.category)
      if (body.category === mastodon.needsRules) expect(body).toHaveProperty('rule_ids')
      expect(lengthIn(String(body.comment), 'characters')).toBeLessThanOrEqual(mastodon.commentCharacters)
    }),
    { numRuns: 60 },
  )
})
