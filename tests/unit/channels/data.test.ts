import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { channels, findChannel, findReceiver, linkOf, servesPlatform } from '../../../utils/channels/index'
import { Channel } from '../../../utils/model/channel'

const files = readdirSync(new URL('../../../utils/channels/data/', import.meta.url))
const cases = channels.map((channel) => [channel.id, channel] as const)

test('each file in the folder is a channel, and none of the 84 is lost', () => {
  expect(channels.map((channel) => `${channel.id}.json`)).toEqual(files.toSorted())
  expect(channels.length).toBeGreaterThanOrEqual(84)
})

test.each(cases)('%s keeps to the schema', (_, channel) => {
  expect(Channel.safeParse(channel).error?.issues).toBeUndefined()
  expect(new Set(channel.fields.map((field) => field.id)).size).toBe(channel.fields.length)
})

test.each(cases)('%s says what is known: read facts have a source, guesses have none', (_, channel) => {
  for (const field of channel.fields) {
    if (field.evidence === 'verified') expect(field.source).toMatch(/^https?:\/\//)
    if (field.evidence === 'unverified') expect(field.source).toBeNull()
  }
  if (channel.evidence !== 'unverified') expect(channel.sources[0]?.address).toMatch(/^https?:\/\//)
})

test.each(cases)(
  '%s claims no other date for its facts than the copy bears in which they were read',
  (_, channel) => {
    const { asOf, reviewedOn, sources } = channel
    const [copy] = sources
    // The last date that a source names: a file in a repository is as it was on the day of the repository.
    const named = /(\d{4}(-\d\d){0,2})(?: template)?$/.exec(copy?.asOf ?? '')?.[1]
    const isVague = /about|after|undated/.test(copy?.asOf ?? '')
    expect(asOf).toBe(isVague ? null : (named ?? null))
    expect(reviewedOn >= (asOf ?? '')).toBe(true)
  },
)

test.each(cases)('%s says how well it is known what it takes of files', (_, { attachments }) => {
  const { accepts, evidence, maxBytesEach, maxBytesTogether, maxCount, source, types } = attachments
  if (evidence === 'unverified') expect(source).toBeNull()
  else expect(source).toMatch(/^https?:\/\//)
  const limits = [maxCount, maxBytesEach, maxBytesTogether, types]
  if (accepts === 'none' || evidence === 'unverified') expect(limits).toEqual([null, null, null, null])
})

test.each(cases)(
  '%s has its own words in the languages there are words in now; a further one may fall back to English',
  (_, channel) => {
    const languages = ['en', 'ar', 'es']
    const { title, does, notes } = channel.words
    for (const map of [title, does, ...notes])
      for (const language of languages) expect(map).toHaveProperty(language)
  },
)

test.each(cases)(
  '%s says the same in English wherever it says it, and nothing by mistake in another script',
  (_, channel) => {
    const { title, does, notes } = channel.words
    for (const map of [title, does, ...notes]) {
      expect(map.en).not.toMatch(/\p{Script=Arabic}/u)
      if (map.ar !== undefined) expect(map.ar).toMatch(/\p{Script=Arabic}/u)
      if (map.es !== undefined) expect(map.es).not.toMatch(/\p{Script=Arabic}/u)
    }
  },
)

test('no two channels have the same name in any language', () => {
  for (const language of ['en', 'ar', 'es']) {
    const titles = channels.map((channel) => channel.words.title[language] ?? channel.words.title.en)
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
  }
})

test('what nobody has confirmed is offered as a link by no channel', () => {
  for (const channel of channels) {
    const link = linkOf(channel)
    if (channel.addressEvidence !== 'verified' || channel.addressIs === 'reference') expect(link).toBeNull()
    if (link !== null) expect(link).toMatch(/^https:\/\//)
  }
  expect(channels.filter((channel) => linkOf(channel) === null).length).toBeGreaterThan(15)
  expect(channels.filter((channel) => linkOf(channel) !== null).length).toBeGreaterThan(45)
})

test('a channel that can harm is never proposed by itself', () => {
  const hidden = channels.filter((channel) => !channel.isProposed).map(({ id }) => id)
  expect(hidden).toEqual(['police-report', 'vk-in-product'])
})

test('that the account is not told is said only of places that do not pass a report on to its platform', () => {
  const untold = channels.filter(({ tells }) => tells === 'not-about-account')
  expect(untold.length).toBeGreaterThan(5)
  for (const { hosts, kind, platforms } of untold) {
    expect(['helpline', 'hotline', 'regulator']).toContain(kind)
    expect([...platforms, ...hosts]).toEqual([])
  }
})

test('the limits known from source code are exact', () => {
  const limits = (id: string, field: string) =>
    findChannel(id)?.fields.find((entry) => entry.id === field)?.limits
  expect(limits('mastodon-api', 'comment')).toEqual([{ max: 1000, unit: 'characters', evidence: 'verified' }])
  expect(limits('bluesky-api', 'reason')).toEqual([
    { max: 2000, unit: 'graphemes', evidence: 'verified' },
    { max: 20000, unit: 'bytes', evidence: 'verified' },
  ])
  expect(findChannel('bluesky-api')?.maxItems).toBe(1)
  expect(findChannel('x-in-product')?.maxItems).toBe(5)
})

test('only a confirmed form or help page is a link', () => {
  const form = findChannel('x-abuse-form')
  if (!form) throw new Error('x-abuse-form is gone')
  expect(linkOf(form)).toBe('https://help.x.com/en/forms/safety-and-sensitive-content/abuse.html')
  expect(linkOf({ ...form, addressEvidence: 'secondary' })).toBeNull()
  expect(linkOf({ ...form, addressEvidence: 'unverified' })).toBeNull()
  expect(linkOf({ ...form, addressIs: 'reference' })).toBeNull()
  expect(linkOf({ ...form, address: 'javascript:alert(1)' })).toBeNull()
  expect(linkOf({ ...form, address: null })).toBeNull()
})

test('a platform is known by its id, and where hosts are fixed by its host', () => {
  const form = findChannel('x-abuse-form')
  if (!form) throw new Error('x-abuse-form is gone')
  expect(servesPlatform(form, 'x')).toBe(true)
  expect(servesPlatform(form, 'mobile.x.com')).toBe(true)
  expect(servesPlatform(form, 'netflix.com')).toBe(false)
  expect(findReceiver('reddit')).toBe('Reddit')
  expect(findReceiver('threads')).toBe('Threads')
  expect(findReceiver('old.reddit.com')).toBe('Reddit')
  expect(findReceiver('forum.example')).toBeNull()
  expect(findChannel('nowhere')).toBeNull()
})
