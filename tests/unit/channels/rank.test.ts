import { expect, test } from 'vitest'
import { fittingCategories, uncoveredTypes } from '../../../utils/channels/categories'
import { findChannel } from '../../../utils/channels/index'
import { type RankedChannel, rankChannels } from '../../../utils/channels/rank'

function lines(ranked: RankedChannel[]): string[] {
  return ranked.map(({ channel, reason }) => `${channel.id} ${reason.replace('channel.reason.', '')}`)
}

function expectChannel(id: string) {
  const channel = findChannel(id)
  if (!channel) throw new Error(`${id} is gone`)
  return channel
}

test('what takes this attack on this platform comes first, the law after it', () => {
  const ranked = rankChannels({ platforms: ['x'], types: ['threat-of-violence'], reporterRole: 'self' })
  expect(lines(ranked)).toEqual(['x-in-product fits', 'x-abuse-form fits', 'eu-dsa-art16 law'])
})

test('a channel without a rule for it comes last', () => {
  const ranked = rankChannels({ platforms: ['x'], types: ['account-hacking'], reporterRole: 'self' })
  expect(lines(ranked)).toEqual(['x-in-product fits', 'x-abuse-form no-category', 'eu-dsa-art16 no-category'])
})

test('of several platforms, the one named first comes first', () => {
  const ranked = rankChannels({ platforms: ['reddit', 'x'], types: ['harassment'], reporterRole: 'self' })
  expect(lines(ranked).map((line) => line.split(' ')[0])).toEqual([
    'reddit-in-product',
    'reddit-no-account',
    'x-in-product',
    'x-abuse-form',
    'eu-dsa-art16',
  ])
})

test('the host of a page that no reader could read leads to its platform', () => {
  const ranked = rankChannels({ platforms: ['www.youtube.com'], types: [], reporterRole: null })
  expect(lines(ranked)).toEqual(['youtube-flag platform', 'eu-dsa-art16 law'])
})

test('a page of no known platform leaves the law', () => {
  const ranked = rankChannels({ platforms: ['forum.example'], types: ['doxxing'], reporterRole: 'self' })
  expect(lines(ranked)).toEqual(['eu-dsa-art16 law'])
})

test('nobody is sent to X for whom X has no rule: a smear campaign has none', () => {
  const ranked = rankChannels({ platforms: ['x'], types: ['smear-campaign'], reporterRole: 'self' })
  expect(lines(ranked)[0]).toBe('eu-dsa-art16 law')
  expect(uncoveredTypes(expectChannel('x-in-product'), ['smear-campaign'])).toEqual(['smear-campaign'])
})

test('where only the person shown may report, who merely saw it is told so', () => {
  const ranked = rankChannels({
    platforms: ['reddit'],
    types: ['sexualised-abuse'],
    reporterRole: 'bystander',
  })
  expect(lines(ranked)).toEqual([
    'eu-dsa-art16 law',
    'reddit-in-product first-person',
    'reddit-no-account first-person',
  ])
})

test('the gravest type chooses the rule, then what covers most', () => {
  const names = (id: string, ...types: Parameters<typeof fittingCategories>[1]) =>
    fittingCategories(expectChannel(id), types).map((category) => category.id)
  expect(names('x-in-product', 'harassment', 'threat-of-violence')[0]).toBe('violent-content')
  expect(names('x-in-product', 'hateful-conduct', 'gender-based-violence')[0]).toBe('hateful-conduct')
  expect(names('mastodon-api', 'threat-of-violence')[0]).toBe('violation')
  expect(names('x-in-product', 'smear-campaign')).toEqual([])
})
