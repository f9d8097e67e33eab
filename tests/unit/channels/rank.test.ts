import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fittingCategories, uncoveredTypes } from '../../../utils/channels/categories'
import { countryCode, holdsThere } from '../../../utils/channels/countries'
import { channels, findChannel, servesPlatform } from '../../../utils/channels/index'
import {
  listChannels,
  type Question,
  type RankedChannel,
  rankChannels,
  shortList,
  typesWithoutRule,
} from '../../../utils/channels/rank'
import { reporterRoles } from '../../../utils/model/case'
import { incidentTypes } from '../../../utils/model/incident-types'

function lines(ranked: RankedChannel[]): string[] {
  return ranked.map(({ channel, reason }) => `${channel.id} ${reason.replace('channel.reason.', '')}`)
}

function expectChannel(id: string) {
  const channel = findChannel(id)
  if (!channel) throw new Error(`${id} is gone`)
  return channel
}

const help = ['access-now-helpline help', 'protectdefenders-eu help']

/** Situations that people are in, with what they are shown first. */
const situations: [string, Question, string[]][] = [
  [
    'a threat on X',
    { platforms: ['x'], types: ['threat-of-violence'], reporterRole: 'self' },
    ['x-in-product fits', 'x-abuse-form fits', 'x-dsa-report law', ...help, 'google-legal search'],
  ],
  [
    'somebody may be hurt tonight',
    {
      platforms: ['facebook'],
      types: ['threat-of-violence', 'doxxing'],
      reporterRole: 'self',
      isImminent: true,
    },
    [
      'access-now-helpline imminent',
      'protectdefenders-eu imminent',
      'front-line-defenders imminent',
      'facebook-in-product fits',
      'facebook-image-privacy-form fits',
      'meta-dsa-notice law',
      'google-legal search',
    ],
  ],
  [
    'a smear on X, which has no rule for it',
    { platforms: ['x'], types: ['smear-campaign'], reporterRole: 'self' },
    ['x-dsa-report smear-route', 'google-legal smear-route', 'eu-dsa-art16 smear-route', ...help],
  ],
  [
    'a smear on X in a country without the law of the EU',
    { platforms: ['x'], types: ['smear-campaign'], reporterRole: 'organisation', countries: ['KE'] },
    ['google-legal smear-route', ...help],
  ],
  [
    'intimate pictures on Instagram',
    { platforms: ['instagram'], types: ['sexualised-abuse'], reporterRole: 'self' },
    ['instagram-in-product fits', 'meta-tida intimate', 'stopncii intimate', 'meta-dsa-notice law', ...help],
  ],
  [
    'a hacked account',
    { platforms: ['x'], types: ['account-hacking'], reporterRole: 'self' },
    ['x-in-product fits', 'x-hacked-form fits', ...help],
  ],
  [
    'silenced by false reports',
    { platforms: ['youtube'], types: ['silencing'], reporterRole: 'self' },
    ['youtube-appeal appeal', 'eu-dsa-art20 next-step', 'eu-dsa-art21 next-step', ...help],
  ],
  [
    'reported already, in Germany',
    {
      platforms: ['x'],
      types: ['harassment'],
      reporterRole: 'self',
      tried: ['x-in-product'],
      countries: ['DE'],
    },
    [
      'x-abuse-form fits',
      'x-dsa-report law',
      'eu-dsa-art20 next-step',
      'eu-dsa-art21 next-step',
      ...help,
      'google-pii-doxxing search',
    ],
  ],
  [
    'a forum that nobody knows',
    { platforms: ['forum.example'], types: ['doxxing'], reporterRole: 'self' },
    ['eu-dsa-art16 law', ...help, 'google-legal search'],
  ],
  [
    'hate in a server on Discord, seen by somebody else',
    { platforms: ['discord'], types: ['hateful-conduct'], reporterRole: 'bystander' },
    ['discord-in-product fits', 'discord-form fits', 'eu-dsa-art16 law', ...help, 'google-legal search'],
  ],
  [
    'a false account on TikTok',
    { platforms: ['tiktok'], types: ['impersonation'], reporterRole: 'self' },
    ['tiktok-in-product fits', 'tiktok-impersonation fits', 'eu-dsa-art16 law', ...help],
  ],
  [
    'VK, where a report can do harm',
    { platforms: ['vk'], types: ['harassment'], reporterRole: 'self' },
    ['eu-dsa-art16 law', ...help, 'google-pii-doxxing search'],
  ],
  [
    'harassment of somebody in Australia',
    { platforms: ['reddit'], types: ['harassment'], reporterRole: 'self', countries: ['AU'] },
    [
      'reddit-in-product fits',
      'reddit-no-account fits',
      ...help,
      'google-pii-doxxing search',
      'au-esafety-adult regulator',
    ],
  ],
  [
    'WhatsApp, reported by an organisation that does not have the phone',
    { platforms: ['whatsapp'], types: ['threat-of-violence'], reporterRole: 'organisation' },
    ['eu-dsa-art16 law', ...help, 'google-legal search'],
  ],
  [
    'the host of a page that no reader could read, and nothing said yet',
    { platforms: ['www.youtube.com'], types: [], reporterRole: null },
    [
      'youtube-channel-report platform',
      'youtube-flag platform',
      'youtube-defamation platform',
      'eu-dsa-art16 law',
      ...help,
    ],
  ],
]

test.each(situations)('%s', (_, question, expected) => {
  expect(lines(shortList(rankChannels(question)))).toEqual(expected)
})

const anyQuestion: fc.Arbitrary<Question> = fc.record(
  {
    platforms: fc.uniqueArray(
      fc.constantFrom('x', 'facebook', 'mastodon', 'vk', 'whatsapp', 'm.twitch.tv', 'forum.example'),
      { minLength: 1, maxLength: 3 },
    ),
    types: fc.uniqueArray(fc.constantFrom(...incidentTypes), { maxLength: 4 }),
    reporterRole: fc.constantFrom(...reporterRoles, null),
    isImminent: fc.option(fc.boolean()),
    isDefender: fc.option(fc.boolean()),
    countries: fc.uniqueArray(fc.constantFrom('DE', 'KE', 'AU', 'US', 'GB'), { maxLength: 2 }),
    tried: fc.uniqueArray(fc.constantFrom(...channels.map(({ id }) => id)), { maxLength: 5 }),
  },
  { requiredKeys: ['platforms', 'types', 'reporterRole'] },
)

test('in imminent danger a helpline comes first, whatever else is the case', () => {
  fc.assert(
    fc.property(anyQuestion, (question) => {
      const isOpen = (id: string) => !(question.tried ?? []).includes(id)
      fc.pre(isOpen('access-now-helpline'))
      const [first] = shortList(rankChannels({ ...question, isImminent: true }))
      const takes = expectChannel('access-now-helpline').categories.some(({ types }) =>
        types.some((type) => question.types.length === 0 || question.types.includes(type)),
      )
      expect(first?.channel.kind === 'helpline' || !takes).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('no one is sent to another platform, to one who does not take it, or to the same place twice', () => {
  fc.assert(
    fc.property(anyQuestion, (question) => {
      const ranked = rankChannels(question)
      expect(new Set(ranked.map(({ channel }) => channel.id)).size).toBe(ranked.length)
      for (const { channel } of ranked)
        if (channel.platforms.length + channel.hosts.length > 0)
          expect(question.platforms.some((platform) => servesPlatform(channel, platform))).toBe(true)
      const short = shortList(ranked)
      expect(short.length).toBeLessThanOrEqual(7)
      expect(short).toEqual(ranked.filter((entry) => short.includes(entry)))
      for (const { channel } of short) {
        expect(channel.isProposed && channel.access === 'open').toBe(true)
        expect(question.tried ?? []).not.toContain(channel.id)
        if (question.reporterRole !== null) expect(channel.acceptsFrom).toContain(question.reporterRole)
        if (question.types.length > 0)
          expect(fittingCategories(channel, question.types).length).toBeGreaterThan(0)
        expect(holdsThere(channel.countries, question.countries ?? [])).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

test('of all channels none is missing in the whole list, the first stay first, and other platforms come last', () => {
  fc.assert(
    fc.property(anyQuestion, (question) => {
      const all = listChannels(question)
      expect(all.map(({ channel }) => channel.id).toSorted()).toEqual(channels.map(({ id }) => id).toSorted())
      const ranked = rankChannels(question)
      const urgent = ranked.filter(({ reason }) => reason === 'channel.reason.imminent')
      const first = [...urgent, ...shortList(ranked).filter((entry) => !urgent.includes(entry))]
      expect(all.slice(0, first.length)).toEqual(first)
      const elsewhere = all.filter(({ reason }) => reason === 'channel.reason.elsewhere')
      expect(elsewhere).toEqual(all.slice(ranked.length))
      for (const { channel } of elsewhere)
        expect(question.platforms.some((platform) => servesPlatform(channel, platform))).toBe(false)
    }),
    { numRuns: 60 },
  )
})

test('the order of the types does not matter', () => {
  fc.assert(
    fc.property(anyQuestion, (question) => {
      const turned = { ...question, types: question.types.toReversed() }
      expect(lines(rankChannels(turned))).toEqual(lines(rankChannels(question)))
    }),
  )
})

test('that no rule covers a smear is said for X, not for YouTube, and not for a place that nobody knows', () => {
  const types = ['smear-campaign', 'harassment'] as const
  expect(typesWithoutRule({ platforms: ['x'], types })).toEqual(['smear-campaign'])
  expect(typesWithoutRule({ platforms: ['youtube'], types })).toEqual([])
  expect(typesWithoutRule({ platforms: ['forum.example'], types })).toEqual([])
  expect(uncoveredTypes(expectChannel('x-in-product'), types)).toEqual(['smear-campaign'])
})

test('where only the person shown may report, who merely saw it is told so', () => {
  const ranked = lines(
    rankChannels({ platforms: ['reddit'], types: ['sexualised-abuse'], reporterRole: 'bystander' }),
  )
  expect(ranked).toContain('reddit-in-product first-person')
  expect(ranked).toContain('google-ncii first-person')
  expect(ranked).toContain('stopncii role')
  const alsoHarassed = rankChannels({
    platforms: ['reddit'],
    types: ['sexualised-abuse', 'harassment'],
    reporterRole: 'bystander',
  })
  expect(lines(alsoHarassed)).toContain('reddit-in-product fits')
})

test('closed programmes and the police come with the reason for caution, never among the first', () => {
  const ranked = lines(
    rankChannels({ platforms: ['instagram'], types: ['harassment'], reporterRole: 'organisation' }),
  )
  expect(ranked).toContain('meta-trusted-partner invitation')
  expect(ranked).toContain('police-report careful')
  expect(ranked).toContain('le-preservation authorities')
  expect(ranked).toContain('uk-osa-complaint where')
})

test('of several platforms, the one named first comes first', () => {
  const ranked = rankChannels({ platforms: ['reddit', 'x'], types: ['harassment'], reporterRole: 'self' })
  expect(
    lines(ranked)
      .slice(0, 4)
      .map((line) => line.split(' ')[0]),
  ).toEqual(['reddit-in-product', 'reddit-no-account', 'x-in-product', 'x-abuse-form'])
})

test('the gravest type chooses the rule, then what covers most', () => {
  const names = (id: string, ...types: Parameters<typeof fittingCategories>[1]) =>
    fittingCategories(expectChannel(id), types).map((category) => category.id)
  expect(names('x-in-product', 'harassment', 'threat-of-violence')[0]).toBe('violent-content')
  expect(names('x-in-product', 'hateful-conduct', 'gender-based-violence')[0]).toBe('hateful-conduct')
  expect(names('mastodon-api', 'threat-of-violence')[0]).toBe('violation')
  expect(names('x-in-product', 'smear-campaign')).toEqual([])
})

test.each([
  ['DE', 'DE'],
  [' de ', 'DE'],
  ['Germany', 'DE'],
  ['Alemania', 'DE'],
  ['ألمانيا', 'DE'],
  ['UK', 'GB'],
  ['USA', 'US'],
  ['Nowhere', null],
  ['', null],
])('the country written %j is %j', (text, code) => {
  expect(countryCode(text)).toBe(code)
})

test('the law of the EU holds in its members, and may hold where nothing is told', () => {
  expect(holdsThere(['EU'], ['DE'])).toBe(true)
  expect(holdsThere(['EU'], ['KE', 'FR'])).toBe(true)
  expect(holdsThere(['EU'], ['CH'])).toBe(false)
  expect(holdsThere(['EU'], [])).toBe(true)
  expect(holdsThere([], ['CH'])).toBe(true)
})

test('help for some people or some countries is not offered to others', () => {
  const reasonOf = (id: string, question: Partial<Question>) =>
    rankChannels({ platforms: ['x'], types: ['doxxing'], reporterRole: 'self', ...question }).find(
      ({ channel }) => channel.id === id,
    )?.reason
  expect(reasonOf('front-line-defenders', { isDefender: true })).toBe('channel.reason.help')
  expect(reasonOf('front-line-defenders', { isDefender: false })).toBe('channel.reason.defenders')
  expect(reasonOf('smex-helpdesk', { countries: ['LB'] })).toBe('channel.reason.help')
  expect(reasonOf('smex-helpdesk', { countries: ['NO'] })).toBe('channel.reason.country')
})

test('help for some countries stands behind help for all until it is told where', () => {
  const helpIn = (countries: string[]) =>
    rankChannels({ platforms: ['x'], types: ['hateful-conduct'], reporterRole: 'self', countries })
      .filter(({ reason }) => reason === 'channel.reason.help')
      .map(({ channel }) => channel.id)
  expect(helpIn([]).at(-1)).toBe('smex-helpdesk')
  expect(helpIn(['LB']).at(-1)).toBe('front-line-defenders')
})
