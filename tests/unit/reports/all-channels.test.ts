import fc from 'fast-check'
import { expect, test } from 'vitest'
import { channels } from '../../../utils/channels/index'
import { fits } from '../../../utils/channels/limits'
import type { Case } from '../../../utils/model/case'
import type { Channel, FieldContent } from '../../../utils/model/channel'
import type { Report } from '../../../utils/model/report'
import { writeReport } from '../../../utils/reports/write-report'
import { wordsFor } from '../../../utils/words/translate'
import { sampleCaseOf, sampleItems } from './sample-cases'

const all = channels.map((channel) => [channel.id, channel] as const)

function complete(channel: Channel, language = 'en'): Report {
  const items = sampleItems(channel)
  return writeReport({ channel, case: sampleCaseOf(channel, items), items, words: wordsFor(language) })
}

/** Contents that this report need not fill: the person does, or only another platform's interface knows. */
const open: readonly FieldContent[] = ['by-hand', 'nothing', 'rule-ids', 'further-links', 'text']

test.each(all)('a complete case is ready for %s, each field filled and within its limits', (_, channel) => {
  for (const language of ['en', 'ar']) {
    const report = complete(channel, language)
    expect(report.missing.filter((fact) => fact.isBlocking)).toEqual([])
    expect(report.isReady).toBe(true)
    expect(report.submissionText.trim()).not.toBe('')
    expect(report.fields.length).toBe(channel.fields.length)
    channel.fields.forEach((field, index) => {
      const value = report.fields[index]?.value ?? ''
      expect(fits(value, field.limits)).toBe(true)
      if (field.isRequired && !open.includes(field.holds))
        expect({ id: field.id, value }).not.toMatchObject({ value: '' })
      if (field.holds === 'by-hand' || field.holds === 'nothing') expect(value).toBe('')
    })
    if (channel.maxItems !== null)
      for (const one of [report, ...report.further].slice(1))
        expect(one.itemIds.length).toBeLessThanOrEqual(channel.maxItems)
  }
})

const nothing: Partial<Case> = {
  narrative: '',
  types: [],
  reporterRole: null,
  reporterName: '',
  reporterEmail: '',
  organisation: '',
  attackedName: '',
  attackedHandles: '',
  authorisation: '',
  country: '',
  provision: '',
  reasons: '',
  isGoodFaith: false,
}

/** What a channel lacks when the case says nothing at all, read against its fields; `!` is what it cannot do without. */
const lacking: Record<string, string> = {
  'access-now-helpline': 'reporterRole! reporterName! reporterEmail! narrative!',
  'au-esafety-adult': 'items! stepsTaken! reporterRole!',
  'bluesky-api': 'items! types! narrative',
  'bluesky-non-user': 'items! narrative!',
  'cpj-emergencies': 'narrative! reporterRole!',
  ddp: 'narrative! asks! reporterRole!',
  'discord-form': 'items! narrative! reporterEmail!',
  'discord-in-product': 'items! types!',
  'eu-dsa-art16': 'items! reasons! reporterName! reporterEmail! goodFaith! law',
  'eu-dsa-art20': 'decision! appealReasons!',
  'eu-dsa-art21': 'items! attackedCountry! decision! appealReasons!',
  'eu-dsa-art22': 'items! reasons! reporterName! reporterEmail! goodFaith! law',
  'eu-dsa-art53': 'attackedCountry! stepsTaken!',
  'eu-dsa-art86': 'reporterRole! organisation!',
  'facebook-image-privacy-form': 'items! reporterRole! country!',
  'facebook-in-product': 'items! types! reporterRole narrative',
  'front-line-defenders': 'defenderWork! narrative! asks! reporterRole!',
  'gfmd-tjm': 'ownAccount! organisation! reporterRole!',
  'google-legal': 'items! law! reasons! signature!',
  'google-ncii': 'items! attackedCountry! goodFaith! reporterRole!',
  'google-pii-doxxing': 'items! exposed! reporterRole! attacked! narrative',
  'instagram-impersonation-form': 'items! reporterRole!',
  'instagram-in-product': 'items! types! reporterRole narrative',
  'instagram-private-information-form': 'items! reporterRole!',
  'le-preservation': 'items! reporterRole!',
  lifeline: 'defenderWork! narrative! asks! reporterRole!',
  'linkedin-art86': 'organisation! reporterEmail!',
  'linkedin-in-product': 'items! types!',
  'mastodon-api': 'items! narrative types accountId',
  'meta-dsa-notice': 'items! law! reasons! reporterName! reporterEmail! goodFaith!',
  'meta-oversight-board': 'decision! appealReasons!',
  'meta-tida': 'items! signature! goodFaith! reporterEmail! reporterRole',
  'meta-trusted-partner': 'items! types! localContext! defenderWork! urgency! reporterRole!',
  'oecd-ncp': 'reporterRole! reporterName! reporterEmail! narrative! stepsTaken asks',
  'pinterest-report': 'items! types!',
  'police-report': 'items! reporterRole! reporterName! reporterEmail!',
  'protectdefenders-eu': 'defenderWork! narrative! asks! reporterRole!',
  'quora-report': 'items! types!',
  'reddit-in-product': 'items! types! narrative',
  'reddit-no-account': 'items! reporterEmail! types! narrative!',
  'rsf-assistance': 'narrative! reporterRole!',
  'smex-helpdesk': 'narrative! reporterRole!',
  'snapchat-form': 'items! narrative! reporterEmail',
  'snapchat-in-product': 'items! types! narrative',
  stopncii: '',
  'telegram-abuse-email': 'items! narrative!',
  'telegram-dsa': 'items! reporterName! reporterEmail! reasons! goodFaith! law',
  'telegram-in-product': 'items! types! narrative',
  'threads-in-product': 'items! types! reporterRole narrative',
  'tiktok-community-partner': 'items! types! localContext reporterRole!',
  'tiktok-dsa': 'items! types! reasons! reporterName! reporterEmail! goodFaith! law',
  'tiktok-impersonation': 'items! reporterRole!',
  'tiktok-in-product': 'items! types! narrative',
  'tiktok-privacy-form': 'items! reporterRole! narrative! reporterEmail!',
  'tumblr-harassment': 'items! reporterEmail! narrative',
  'tumblr-hatespeech': 'items! reporterEmail! narrative',
  'tumblr-impersonation': 'items! reporterEmail! narrative',
  'tumblr-privacy': 'items! reporterEmail! narrative',
  'tumblr-violentthreats': 'items! reporterEmail! narrative',
  'twitch-in-product': 'items! types! narrative!',
  'twitch-osit': 'items! types!',
  'uk-ofcom-supercomplaint': 'organisation! narrative!',
  'uk-osa-complaint': 'items! reasons! reporterRole!',
  'un-special-procedures':
    'attacked! behindIt! narrative! reporterRole reporterName! reporterEmail! consentUnGovernment! consentUnPublic!',
  'un-sr-hrd':
    'attacked! defenderWork! narrative! behindIt! stepsTaken! reporterRole reporterName! reporterEmail! consentUnGovernment! consentUnPublic!',
  'us-take-it-down': 'items! signature! goodFaith! reporterEmail! reporterRole',
  'vk-in-product': 'items! types! narrative',
  'whatsapp-channel': 'items!',
  'whatsapp-in-product': 'items!',
  'x-abuse-form': 'items! narrative! reporterRole!',
  'x-appeal': 'ownAccount! appealReasons!',
  'x-dsa-report': 'items! reasons! reporterName! reporterEmail! goodFaith! law',
  'x-hacked-form': 'ownAccount! reporterEmail!',
  'x-impersonation-form': 'items! reporterRole! narrative!',
  'x-in-product': 'items! reporterRole! types! narrative',
  'x-private-information-form': 'items! exposed! reporterRole! narrative reporterEmail!',
  'youtube-appeal': 'appealReasons!',
  'youtube-channel-report': 'items! narrative',
  'youtube-defamation': 'items! country! reporterRole! whyFalse! signature!',
  'youtube-flag': 'items! types! narrative',
  'youtube-impersonation': 'items! ownAccount!',
  'youtube-ncii': 'items! signature! goodFaith! reporterEmail! reporterRole',
  'youtube-priority-flagger': 'items! types! reporterRole!',
  'youtube-privacy-complaint': 'items! narrative! reporterRole! reporterName!',
}

function emptyCase(channel: Channel): Case {
  const { id, createdAt, changedAt, title } = sampleCaseOf(channel, [])
  return { id, createdAt, changedAt, title, itemIds: [], ...nothing } as Case
}

test.each(all)('an empty case lacks for %s exactly what it asks for', (id, channel) => {
  const report = writeReport({ channel, case: emptyCase(channel), items: [], words: wordsFor('en') })
  const names = report.missing.map(({ field, isBlocking }) => `${field}${isBlocking ? '!' : ''}`)
  expect(names.join(' ')).toBe(lacking[id])
  expect(report.isReady).toBe(!names.some((name) => name.endsWith('!')))
})

test('each single fact that a channel needs is missed by its own name, and by no other', () => {
  const gaps: [Partial<Case>, string, FieldContent[]][] = [
    [{ reasons: '' }, 'reasons', ['reasons']],
    [{ isGoodFaith: false }, 'goodFaith', ['good-faith', 'no-consent']],
    [{ signature: '' }, 'signature', ['signature']],
    [{ defenderWork: '' }, 'defenderWork', ['defender-work']],
    [{ exposed: '' }, 'exposed', ['exposed']],
    [{ stepsTaken: '' }, 'stepsTaken', ['steps']],
    [{ asks: '' }, 'asks', ['asks']],
    [{ appealReasons: '' }, 'appealReasons', ['appeal-reasons']],
    [{ decisionBy: '', decisionReference: '', decisionOn: '' }, 'decision', ['decision']],
    [{ attackedCountry: '' }, 'attackedCountry', ['attacked-country']],
    [{ whyFalse: '' }, 'whyFalse', ['false-statements']],
    [{ organisation: '' }, 'organisation', ['organisation']],
    [{ reporterEmail: 'nobody' }, 'reporterEmail', ['reporter-email', 'sender']],
  ]
  for (const channel of channels) {
    const items = sampleItems(channel)
    const before = complete(channel).missing.map(({ field }) => field)
    for (const [patch, name, holds] of gaps) {
      const owner = { ...sampleCaseOf(channel, items), ...patch }
      const { missing } = writeReport({ channel, case: owner, items, words: wordsFor('en') })
      const added = missing.map(({ field }) => field).filter((field) => !before.includes(field))
      const isAsked =
        channel.fields.some((field) => holds.includes(field.holds)) ||
        (name === 'appealReasons' && channel.shape === 'referral')
      expect({ id: channel.id, added }).toEqual({ id: channel.id, added: isAsked ? [name] : [] })
    }
  }
})

const pieces = [
  'https://invented.example/a/very/long/address?with=many&parts=1#end',
  'at://did:plc:inventedinvented12345678/app.bsky.feed.post/3kinvented222',
  'quill@lanternhouse.example',
  '👩‍👩‍👧‍👦',
  '🇯🇴',
  'e\u0301',
  'مُحَمَّد',
  'คำ',
  '\u202e',
  '\n',
  ' ',
  'word ',
]
const anyText = fc.array(fc.constantFrom(...pieces), { maxLength: 400 }).map((parts) => parts.join(' '))

test('what is cut from a field is whole in the sheet that goes along, and no address is cut in half', () => {
  const limited = channels.filter((channel) =>
    channel.fields.some((field) => field.holds === 'text' && field.limits.length > 0),
  )
  expect(limited.map(({ id }) => id).toSorted()).toEqual(
    ['bluesky-api', 'mastodon-api', 'reddit-in-product', 'telegram-in-product', 'youtube-flag'].toSorted(),
  )
  fc.assert(
    fc.property(anyText, fc.constantFrom(...limited), (narrative, channel) => {
      const items = sampleItems(channel)
      const owner = { ...sampleCaseOf(channel, items), narrative, narrativeShort: '', narrativeMedium: '' }
      const report = writeReport({ channel, case: owner, items, words: wordsFor('en') })
      const at = channel.fields.findIndex((field) => field.holds === 'text')
      const value = report.fields[at]?.value ?? ''
      const written = value.match(/\S*(?:https?:\/\/|at:\/\/|@lantern)\S*/g) ?? []
      const known = new Set([...pieces, ...items.flatMap(({ item }) => item.post.permalink ?? [])])
      for (const address of written) expect([...known].some((one) => address === one)).toBe(true)
      const whole =
        report.sheets.find((sheet) => sheet.id === 'whole-text')?.text ?? report.fields[at]?.value ?? ''
      expect(whole).toContain(narrative.trim().replaceAll('\r', '\n'))
    }),
    { numRuns: 150 },
  )
})
