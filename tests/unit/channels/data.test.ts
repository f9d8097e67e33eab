import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import ar from '../../../locales/ar.json'
import en from '../../../locales/en.json'
import { channels, findChannel, findReceiver, linkOf, servesPlatform } from '../../../utils/channels/index'
import { Channel } from '../../../utils/model/channel'

const files = readdirSync(new URL('../../../utils/channels/data/', import.meta.url))
const cases = channels.map((channel) => [channel.id, channel] as const)

test('each file in the folder is a channel, and the eight first ones are there', () => {
  expect(channels.map((channel) => `${channel.id}.json`)).toEqual(files.toSorted())
  expect(channels.map((channel) => channel.id)).toEqual([
    'bluesky-api',
    'eu-dsa-art16',
    'mastodon-api',
    'reddit-in-product',
    'reddit-no-account',
    'x-abuse-form',
    'x-in-product',
    'youtube-flag',
  ])
})

test.each(cases)('%s keeps to the schema', (_, channel) => {
  expect(Channel.safeParse(channel).error?.issues).toBeUndefined()
  expect(new Set(channel.fields.map((field) => field.id)).size).toBe(channel.fields.length)
})

test.each(cases)('%s says what is known: read facts have a source, guesses have none', (_, channel) => {
  for (const field of channel.fields) {
    if (field.evidence === 'verified') expect(field.source).toMatch(/^https:\/\//)
    if (field.evidence === 'unverified') expect(field.source).toBeNull()
  }
  expect(channel.asOf).toBe('2026-11-22')
})

test.each(cases)('%s has all its sentences in English and Arabic', (id, channel) => {
  const keys = ['name', 'does', 'appeal'].map((name) => `channel.${id}.${name}`)
  for (const key of [...keys, ...channel.warnings, ...channel.notes]) {
    expect(en, key).toHaveProperty([key])
    expect(ar, key).toHaveProperty([key])
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
  expect(findReceiver('old.reddit.com')).toBe('Reddit')
  expect(findReceiver('forum.example')).toBeNull()
  expect(findChannel('nowhere')).toBeNull()
})
