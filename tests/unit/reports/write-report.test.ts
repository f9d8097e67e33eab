import fc from 'fast-check'
import { expect, test } from 'vitest'
import ar from '../../../locales/ar.json'
import en from '../../../locales/en.json'
import { channels, findChannel } from '../../../utils/channels/index'
import { lengthIn } from '../../../utils/channels/limits'
import type { Case } from '../../../utils/model/case'
import type { OpenedItem } from '../../../utils/model/item'
import type { PostReading } from '../../../utils/model/post'
import type { Report } from '../../../utils/model/report'
import { atUriOf } from '../../../utils/reports/api-payload'
import { isEmail } from '../../../utils/reports/find-missing'
import { inTimeOrder } from '../../../utils/reports/item-values'
import { submissionFile, writeReport } from '../../../utils/reports/write-report'
import { wordsFor } from '../../../utils/words/translate'
import { sampleId, sampleItem } from '../../support/sample-items'
import {
  commentOnReddit,
  commentOnYouTube,
  fullCase,
  postOnBluesky,
  postsOnMastodon,
  sampleItems,
  seriesOnX,
} from './sample-cases'

function reportFor(id: string, items: OpenedItem[], overrides: Partial<Case> = {}): Report {
  const channel = findChannel(id)
  if (!channel) throw new Error(`${id} is gone`)
  return writeReport({ channel, case: fullCase(items, overrides), items, words: wordsFor('en') })
}

function itemsFor(id: string): OpenedItem[] {
  const channel = findChannel(id)
  return channel ? sampleItems(channel) : []
}

function lacks(report: Report): string[] {
  return report.missing.map(({ field, isBlocking }) => `${field}${isBlocking ? '!' : ''}`)
}

function fieldValue(report: Report, name: RegExp): string {
  const field = report.fields.find((entry) => name.test(entry.name))
  if (!field) throw new Error(`no field ${name}`)
  return field.value
}

const pieces = [
  '👩‍👩‍👧‍👦',
  '🇯🇴',
  'e\u0301',
  'مُ',
  '\u202e',
  '\u2069',
  '\n',
  '\r',
  ' ',
  'word ',
  '\ud83d',
  '\u0000',
  '<b>',
]
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 2000, size: 'max' }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 3000, size: 'max' }).map((parts) => parts.join('')),
)

test('no channel ever gets a field over one of its limits', () => {
  fc.assert(
    fc.property(anyText, anyText, fc.constantFrom(...channels), (narrative, text, channel) => {
      const [first, ...others] = sampleItems(channel)
      if (!first) throw new Error(`no sample for ${channel.id}`)
      const post = { ...first.item.post, text }
      const items = [{ ...first, item: { ...first.item, post } }, ...others]
      const report = writeReport({
        channel,
        case: fullCase(items, { narrative }),
        items,
        words: wordsFor('ar'),
      })
      report.fields.forEach((field, index) => {
        for (const { max, unit } of channel.fields[index]?.limits ?? [])
          expect(lengthIn(field.value, unit)).toBeLessThanOrEqual(max)
        expect(field.length).toBe(lengthIn(field.value, field.unit))
      })
      const atFirst = report.itemIds.length - report.further.reduce((sum, one) => sum + one.itemIds.length, 0)
      if (channel.maxItems !== null) expect(atFirst).toBeLessThanOrEqual(channel.maxItems)
      if (channel.shape === 'api-payload')
        expect(fieldValue(report, /Reason$|Additional/)).toBe(report.submissionText)
    }),
    { numRuns: 60, endOnFailure: true },
  )
})

/** No shorter versions of the story, so that the report has to shorten by itself. */
const alone = { narrativeShort: '', narrativeMedium: '' }

test('what does not fit is said, and the text ends in an ellipsis only where it was cut', () => {
  const long = reportFor('mastodon-api', postsOnMastodon(), {
    ...alone,
    narrative: 'It never ends. '.repeat(200),
  })
  const comment = fieldValue(long, /^Reason$/)
  expect(comment.length).toBeLessThanOrEqual(1000)
  expect(comment.length).toBeGreaterThan(980)
  expect(comment.endsWith(' […]')).toBe(true)
  expect(long.warnings.join('\n')).toContain('“Reason” takes at most 1,000 characters')
  const short = reportFor('mastodon-api', postsOnMastodon())
  expect(fieldValue(short, /^Reason$/)).not.toContain('[…]')
  expect(short.warnings.join('\n')).not.toContain('takes at most')
})

test('the shorter version that a person wrote herself goes where the long one does not fit', () => {
  const report = reportFor('mastodon-api', postsOnMastodon(), { narrative: 'It never ends. '.repeat(200) })
  const comment = fieldValue(report, /^Reason$/)
  expect(comment).toContain('this account has threatened Nadira Veleno every day, by name and place.')
  expect(comment).not.toContain('It never ends.')
  expect(report.sheets.map(({ id }) => id)).toEqual(['whole-text'])
})

test('who does not want to be named is named in no report', () => {
  for (const channel of channels) {
    const items = sampleItems(channel).map((opened) => ({
      ...opened,
      item: { ...opened.item, post: { ...opened.item.post, text: 'Go away.' } },
    }))
    const told = {
      narrative: 'It began in May.',
      narrativeShort: '',
      narrativeMedium: '',
      authorisedBy: '',
      authorisation: '',
      defenderWork: '',
    }
    const report = reportFor(channel.id, items, {
      ...told,
      attackedNaming: 'none',
      reporterRole: 'organisation',
    })
    expect(`${channel.id} ${submissionFile(report)}`).not.toContain('Veleno')
  }
})

test('a text too long for its facts first loses facts, never the links', () => {
  const report = reportFor('mastodon-api', postsOnMastodon(), {
    ...alone,
    narrative: 'It never ends. '.repeat(30),
  })
  const comment = fieldValue(report, /^Reason$/)
  expect(comment).toContain('1. https://tidepool.example/@fenwick/112000000000000001\n')
  expect(comment).toContain('2. https://tidepool.example/@fenwick/112000000000000002')
  expect(comment).not.toContain('Language:')
})

test('X takes five posts of one account, the gravest first; the others come in further numbered submissions', () => {
  const items = seriesOnX()
  const report = reportFor('x-in-product', items)
  const ids = items.map((opened) => opened.item.id)
  const [second, third] = report.further
  expect(report.itemIds.slice(0, 5)).toEqual([ids[6], ids[0], ids[1], ids[2], ids[3]])
  expect(second?.itemIds).toEqual([ids[4], ids[5]])
  expect(third?.itemIds).toEqual([ids[7]])
  expect(report.leftOutItemIds).toEqual([])
  expect(report.warnings.join('\n')).toContain('so this is 3 numbered submissions')
  expect(second?.title).toBe('Submission 2 of 3')
  const file = submissionFile(report)
  for (const { item } of items) expect(file).toContain(item.post.permalink)
  expect(
    report.submissionText.indexOf('1. https://x.com/harrow_blackmoor/status/1790000000000000007'),
  ).toBeGreaterThan(0)
})

test('a flood is not split into a flood of submissions: ten, and the rest is said to be left out', () => {
  const items = Array.from({ length: 60 }, (_, index) =>
    sampleItem({
      seed: `flood ${index}`,
      post: { permalink: `https://x.com/harrow_blackmoor/status/1${index}` },
    }),
  )
  const report = reportFor('x-in-product', items)
  expect(report.further.length).toBe(9)
  expect(report.itemIds.length).toBe(50)
  expect(report.leftOutItemIds.length).toBe(10)
  expect(report.warnings).toContain('10 items are left out: this channel takes no more in one report.')
})

test('items of another service and second captures of a post are left out and said', () => {
  const [first, second] = seriesOnX()
  if (!first || !second) throw new Error('the series is empty')
  const again = sampleItem({ seed: 'again', post: first.item.post })
  const report = reportFor('x-in-product', [first, again, commentOnYouTube(), second])
  expect(report.itemIds).toEqual([first.item.id, second.item.id])
  expect(report.warnings).toContain(
    '1 item is left out: it is another capture of a post already in the report.',
  )
  expect(report.warnings).toContain('1 item is left out: it is of another service.')
})

test('a page that no reader could read still goes to the platform of its host', () => {
  const item = sampleItem({ post: { platform: 'generic', kind: 'page', permalink: null } })
  expect(reportFor('x-abuse-form', [item]).itemIds).toEqual([item.item.id])
  expect(lacks(reportFor('youtube-flag', [item]))).toContain('items!')
})

test('a case without items of the channel is not ready', () => {
  const report = reportFor('x-in-product', [commentOnReddit()])
  expect(report.isReady).toBe(false)
  expect(lacks(report)).toEqual(['items!'])
})

const unauthorised = { authorisation: '', authorisedBy: '', authorisedOn: '', authorisedFor: '' }

test.each<[string, Partial<Case>, string[]]>([
  ['reddit-no-account', { types: [] }, ['types!']],
  ['x-in-product', { reporterRole: null }, ['reporterRole!']],
  ['x-in-product', { narrative: ' ' }, ['narrative']],
  ['x-in-product', { attackedName: '', attackedHandles: '' }, ['attacked']],
  ['x-in-product', { ...unauthorised }, ['authorisation']],
  ['x-in-product', { types: ['smear-campaign'] }, ['category']],
  ['x-in-product', { reporterEmail: '', reporterName: '', reasons: '', isGoodFaith: false, country: '' }, []],
  ['x-abuse-form', { narrative: '' }, ['narrative!']],
  ['x-abuse-form', { reporterRole: 'bystander' }, ['representative']],
  ['youtube-flag', { reporterRole: null, narrative: '' }, ['narrative']],
  ['reddit-in-product', { types: ['sexualised-abuse'], reporterRole: 'bystander' }, ['firstPerson']],
  ['reddit-no-account', { reporterEmail: 'nobody' }, ['reporterEmail!']],
  ['reddit-no-account', { reporterEmail: 'a@b.example', reporterName: '' }, []],
  ['bluesky-api', {}, ['cid']],
  ['mastodon-api', {}, ['ruleIds']],
  ['mastodon-api', { types: ['silencing'] }, []],
  ['eu-dsa-art16', { reasons: '' }, ['reasons!']],
  ['eu-dsa-art16', { reporterName: '' }, ['reporterName!']],
  ['eu-dsa-art16', { reporterEmail: '' }, ['reporterEmail!']],
  ['eu-dsa-art16', { isGoodFaith: false }, ['goodFaith!']],
  ['eu-dsa-art16', { country: '' }, ['law']],
  ['eu-dsa-art16', { narrative: '', types: [], reporterRole: null }, []],
  ['eu-dsa-art16', { reporterName: '', reporterEmail: '', isChildSexualAbuse: true }, []],
  ['eu-dsa-art16', { reasons: '', isChildSexualAbuse: true }, ['reasons!']],
])('%s with %j lacks %j', (id, overrides, expected) => {
  const report = reportFor(id, itemsFor(id), overrides)
  expect(lacks(report)).toEqual(expected)
  expect(report.isReady).toBe(!expected.some((fact) => fact.endsWith('!')))
})

test('a notice needs the exact address of the post', () => {
  const item = sampleItem({ post: { permalink: null } })
  const alone = reportFor('eu-dsa-art16', [item])
  expect(lacks(alone)).toEqual(['permalink!'])
  const [other] = seriesOnX()
  if (!other) throw new Error('the series is empty')
  const both = reportFor('eu-dsa-art16', [item, other])
  expect(lacks(both)).toEqual(['permalink'])
  expect(both.leftOutItemIds).toEqual([item.item.id])
  expect(both.isReady).toBe(true)
})

test('a notice goes to one service: the one with most items', () => {
  const report = reportFor('eu-dsa-art16', [commentOnReddit(), ...seriesOnX().slice(0, 2)])
  expect(report.itemIds).toHaveLength(2)
  expect(report.submissionText).toContain('To: X')
})

test('every missing fact there can be has a sentence in both languages', () => {
  const reports = channels.flatMap((channel) => {
    const items = sampleItems(channel)
    const empty = { types: [], narrative: '', reasons: '', reporterRole: null, isGoodFaith: false } as const
    return [reportFor(channel.id, items, { ...empty, types: [] }), reportFor(channel.id, [])]
  })
  for (const { field } of reports.flatMap((report) => report.missing)) {
    expect(en).toHaveProperty([`missing.${field}`])
    expect(ar).toHaveProperty([`missing.${field}`])
  }
})

test('the name and address of the reporter are in no report that does not ask for them', () => {
  for (const id of [
    'x-in-product',
    'x-abuse-form',
    'youtube-flag',
    'reddit-in-product',
    'bluesky-api',
    'mastodon-api',
  ]) {
    const all = JSON.stringify(reportFor(id, itemsFor(id)))
    expect(all).not.toContain('Maradunn')
    expect(all).not.toContain('lanternhouse')
  }
})

test('the note a person keeps for herself is in no report', () => {
  const item = sampleItem({ assessment: { note: 'for my eyes only' } })
  for (const id of ['x-in-product', 'eu-dsa-art16'])
    expect(JSON.stringify(reportFor(id, [item]))).not.toContain('my eyes only')
})

test('a foreign text cannot forge a line of the report, and data fields stay exact', () => {
  const evil = 'ok\n\n2. https://evil.example\nReported as: none\u202e'
  const handle = 'a\u2069"><b>\nReported as: none'
  const post = { text: evil, author: { handle, name: null, profile: null, id: '1' } }
  const report = reportFor('x-in-product', [sampleItem({ post })])
  const lines = report.submissionText.split('\n')
  expect(lines.filter((line) => line.startsWith('Reported as: '))).toHaveLength(1)
  expect(lines.some((line) => /^\s*2\. /.test(line))).toBe(false)
  const data = report.submission as { items: { text: string; author: { handle: string } }[] }
  expect(data.items[0]?.text).toBe(evil)
  expect(data.items[0]?.author.handle).toBe(handle)
})

test('links for a form are the bare addresses, one a line', () => {
  const items = seriesOnX().slice(0, 2)
  expect(fieldValue(reportFor('x-abuse-form', items), /URLs/)).toBe(
    'https://x.com/harrow_blackmoor/status/1790000000000000001\nhttps://x.com/harrow_blackmoor/status/1790000000000000002',
  )
})

test('links that a field has no room for are left out whole, however many', () => {
  const form = findChannel('x-abuse-form')
  if (!form) throw new Error('x-abuse-form is gone')
  const limits = [{ max: 70, unit: 'characters', evidence: 'verified' } as const]
  const fields = form.fields.map((field) => (field.holds === 'links' ? { ...field, limits } : field))
  const items = seriesOnX().slice(0, 4)
  const channel = { ...form, fields }
  const report = writeReport({ channel, case: fullCase(items), items, words: wordsFor('en') })
  expect(fieldValue(report, /URLs/)).toBe('https://x.com/harrow_blackmoor/status/1790000000000000001')
})

test('what is about to happen comes before what is grave, and an account that was renamed is one account', () => {
  const [first, second] = seriesOnX()
  if (!first || !second) throw new Error('the series is gone')
  const grave = sampleItem({
    seed: 'grave',
    post: first.item.post,
    assessment: { severity: 'high', isImminent: false },
  })
  const author = { ...second.item.post.author, handle: 'renamed_since' }
  const near = sampleItem({
    seed: 'near',
    post: { ...second.item.post, author },
    assessment: { severity: 'low', isImminent: true },
  })
  const report = reportFor('x-in-product', [grave, near])
  expect(report.itemIds).toEqual([near.item.id, grave.item.id])
  expect(report.further).toEqual([])
})

test('who reports for herself is not asked who authorised her, and nothing of it is printed', () => {
  const items = seriesOnX()
  const told = { reporterRole: 'self', authorisedBy: 'Some Office', authorisation: '' } as const
  expect(submissionFile(reportFor('un-sr-hrd', items, told))).not.toContain('Some Office')
  expect(submissionFile(reportFor('un-sr-hrd', items, { ...told, reporterRole: 'lawyer' }))).toContain(
    'Some Office',
  )
})

test('in the product a message stands for its account; on a form the account is needed', () => {
  const group = {
    platform: 'telegram',
    kind: 'message',
    postId: '21',
    permalink: 'https://t.me/c/2350891111/21',
    author: { handle: null, name: 'Bram Tollen', profile: null, id: null },
  } as const
  const accountOf = (id: string, post: Partial<PostReading>) =>
    reportFor(id, [sampleItem({ seed: id, post })]).missing.filter(({ field }) => field === 'account')
  expect(accountOf('telegram-in-product', group)).toEqual([{ field: 'account', isBlocking: false }])
  const onX = { permalink: 'https://x.com/i/status/1', author: group.author }
  expect(accountOf('x-impersonation-form', onX)).toEqual([{ field: 'account', isBlocking: true }])
})

test('a request to keep data names its span to the second, in UTC', () => {
  expect(submissionFile(reportFor('le-preservation', seriesOnX()))).toContain(
    'Posts and messages from 2024-05-13 09:11:05 UTC to 2024-05-13 09:18:05 UTC; account data; log-ins on those days',
  )
})

test('where a form has one field for what is illegal and why, the addresses stand in it; without a reason it is empty', () => {
  const items = seriesOnX().slice(0, 1)
  const address = 'https://x.com/harrow_blackmoor/status/1790000000000000001'
  const told = reportFor('uk-osa-complaint', items, { reasons: 'It is a threat.' })
  expect(fieldValue(told, /^The content and why/)).toBe(`It is a threat.\n${address}`)
  expect(fieldValue(reportFor('uk-osa-complaint', items, { reasons: ' ' }), /^The content and why/)).toBe('')
  const apart = reportFor('youtube-defamation', [commentOnYouTube()], { whyFalse: 'She was never there.' })
  expect(fieldValue(apart, /^Exact statements/)).not.toContain('https://')
})

test('an appeal asks for what was taken down where somebody was silenced, else against what was left up', () => {
  const appeal = (id: string, types: Case['types']) => reportFor(id, seriesOnX(), { types }).submissionText
  expect(appeal('meta-oversight-board', ['silencing'])).toContain('Please restore what was removed')
  const leftUp = appeal('meta-oversight-board', ['harassment'])
  expect(leftUp).toContain('Appeal against a decision')
  expect(leftUp).toContain('reverse the decision')
  expect(leftUp).not.toContain('restore')
  expect(appeal('x-appeal', ['harassment'])).toContain('Please restore what was removed')
})

test('by what right somebody writes is said once in a letter', () => {
  for (const id of ['eu-dsa-art20', 'eu-dsa-art86', 'eu-dsa-art21', 'un-sr-hrd', 'police-report']) {
    const { submissionText } = reportFor(id, seriesOnX(), { reporterRole: 'organisation' })
    expect([id, submissionText.split('Authorised by: ').length - 1]).toEqual([id, 1])
  }
})

test('who has no rules is not said to lack one, but not to name what was done', () => {
  const warned = (id: string) =>
    reportFor(id, seriesOnX(), { types: ['threat-of-violence'] }).warnings.join('\n')
  expect(warned('ddp')).toContain('does not name: Threat of violence')
  expect(warned('ddp')).not.toContain('has no rule')
  expect(warned('tumblr-harassment')).toContain('has no rule for: Threat of violence')
})

test('in a brief each thing that is told in one line stands apart', () => {
  const { submissionText } = reportFor('ddp', seriesOnX())
  expect(submissionText).toContain('Ilse Maradunn · Lantern House · ilse@lanternhouse.example · ')
  expect(submissionText).toContain('8 posts · 2 accounts · between ')
})

test('a shorter text that would not hold every fact keeps every address', () => {
  const report = reportFor('x-in-product', seriesOnX())
  const shorter = report.sheets.find(({ id }) => id === 'shorter-text')?.text ?? ''
  expect(shorter.length).toBeLessThanOrEqual(1_000)
  for (const number of [7, 1, 2, 3, 4]) expect(shorter).toContain(`/179000000000000000${number}`)
  expect(shorter).not.toContain('[…]')
})

test('the copy for a company has no name left: whole, in parts, without its @, in capitals, with signs of patterns', () => {
  const report = reportFor('oecd-ncp', seriesOnX(), {
    attackedHandles: '@lamp_keeper',
    organisation: 'Nadira Veleno House (North)*',
    narrative:
      'Nadira Veleno, called NADIRA, alias lamp_keeper, works at Nadira Veleno House (North)*. The lantern stays.',
  })
  const copy = report.sheets.find(({ id }) => id === 'redacted')?.text ?? ''
  const mark = '[name removed]'
  expect(copy).toContain(`${mark}, called ${mark}, alias ${mark}, works at ${mark}. The lantern stays.`)
  expect(copy).not.toMatch(/nadira|veleno|lamp_keeper|house|north/i)
  expect(report.submissionText).toContain('Nadira Veleno, called NADIRA')
})

test('that name and address are left out is said only where they are', () => {
  const leftOut = 'Name and e-mail are left out'
  const notice = (overrides: Partial<Case>) =>
    reportFor('eu-dsa-art16', seriesOnX(), { isChildSexualAbuse: true, ...overrides }).submissionText
  expect(notice({})).not.toContain(leftOut)
  expect(notice({ reporterEmail: '' })).toContain(leftOut)
  expect(notice({ reporterName: '', reporterEmail: '', isChildSexualAbuse: false })).not.toContain(leftOut)
})

test('a log of incidents runs in the order of time, whatever is gravest; an age counts from its earliest moment', () => {
  const series = seriesOnX()
  const aged = sampleItem({
    seed: 'aged',
    post: {
      ...series[0]?.item.post,
      permalink: 'https://x.com/harrow_blackmoor/status/1790000000000000009',
      posted: {
        asShown: '20h',
        iso: null,
        from: '2024-05-13T09:14:30.000Z',
        to: '2024-05-13T10:14:30.000Z',
        precision: 'hour',
        source: 'relative',
      },
    },
  })
  const log = fieldValue(reportFor('police-report', [...series, aged]), /^Incident log/)
  const order = [...log.matchAll(/^\d+\. \S+?(\d)$/gm)].map(([, last]) => last)
  expect(order).toEqual(['1', '2', '3', '4', '9', '5', '6', '7', '8'])
})

test('a declaration spans the moments of saving in the order of time', () => {
  const [post] = seriesOnX()
  const saved = (seed: string, utc: string, number: number) =>
    sampleItem({
      seed,
      captured: { utc },
      post: {
        ...post?.item.post,
        permalink: `https://x.com/harrow_blackmoor/status/179000000000000000${number}`,
      },
    })
  const items = [saved('late', '2024-05-16T08:00:00.000Z', 1), saved('early', '2024-05-14T08:00:00.000Z', 2)]
  expect(reportFor('police-report', items).submissionText).toContain(
    'between 2024-05-14 08:00:00 UTC and 2024-05-16 08:00:00 UTC',
  )
})

test('Mastodon: a profile is no post that goes by its number', () => {
  const profile = postsOnMastodon({ kind: 'profile', permalink: 'https://tidepool.example/@fenwick' })
  const report = reportFor('mastodon-api', profile)
  expect(report.submission.request).toMatchObject({ body: { status_ids: [] } })
  expect(report.missing.map(({ field }) => field)).not.toContain('postIds')
})

test('a brief says that she agrees where she hands it over herself, or has said so', () => {
  const brief = (overrides: Partial<Case>) => reportFor('ddp', seriesOnX(), overrides).submissionText
  const agrees = 'The person attacked agrees that you get this.'
  expect(brief({ reporterRole: 'self', consent: {} })).toContain(agrees)
  expect(brief({ reporterRole: 'organisation', consent: { partner: true } })).toContain(agrees)
  expect(brief({ reporterRole: 'organisation', consent: {} })).not.toContain(agrees)
})

test('the same case gives the same report', () => {
  const items = seriesOnX()
  expect(reportFor('x-in-product', items)).toEqual(reportFor('x-in-product', items))
})

test('Bluesky: the at-URI comes from DID and record key, never from a handle', () => {
  const withoutId = { handle: 'osier.example', name: 'Osier', profile: null, id: null }
  const uri = 'at://did:plc:inventedinvented12345678/app.bsky.feed.post/3kinvented222'
  expect(atUriOf(postOnBluesky().item)).toBe(uri)
  expect(atUriOf(postOnBluesky({ author: withoutId }).item)).toBeNull()
  const byDid = 'https://bsky.app/profile/did:plc:inventedinvented12345678/post/3kinvented222'
  expect(atUriOf(postOnBluesky({ author: withoutId, permalink: byDid }).item)).toBe(uri)
  expect(atUriOf(postOnBluesky({ postId: 'a/b' }).item)).toBeNull()
  const report = reportFor('bluesky-api', [postOnBluesky({ author: withoutId })])
  expect(lacks(report)).toEqual(['atUri', 'cid'])
  expect(report.submission).toMatchObject({ request: { body: { subject: { uri: null, cid: null } } } })
})

test('Bluesky: an account is reported by its DID and needs no CID', () => {
  const report = reportFor('bluesky-api', [postOnBluesky({ kind: 'profile', postId: null })])
  expect(report.submission).toMatchObject({
    request: {
      body: {
        reasonType: 'tools.ozone.report.defs#reasonViolenceThreats',
        subject: { $type: 'com.atproto.admin.defs#repoRef', did: 'did:plc:inventedinvented12345678' },
      },
    },
  })
  expect(lacks(report)).toEqual([])
})

test('Mastodon: ids that are no numbers are missing, not guessed', () => {
  const author = { handle: 'fenwick', name: null, profile: null, id: 'fenwick' }
  const report = reportFor('mastodon-api', postsOnMastodon({ author, postId: 'x' }).slice(0, 1))
  expect(lacks(report)).toEqual(['accountId', 'postIds', 'ruleIds'])
  expect(report.submission).toMatchObject({
    request: { body: { account_id: null, status_ids: [], forward: false, category: 'other' } },
  })
})

test.each([
  ['a@b.example', true],
  [' a@b.example ', true],
  ['a@b', false],
  ['a b@c.example', false],
  ['', false],
])('%j is an e-mail address: %s', (text, expected) => {
  expect(isEmail(text)).toBe(expected)
})

test('a full text tells the receiver what is in doubt, and what has become of a post', () => {
  const [first] = seriesOnX()
  if (!first) throw new Error('no item')
  const look = sampleItem({
    seed: 'look',
    post: { postId: first.item.post.postId, permalink: first.item.post.permalink },
    captured: { utc: '2024-05-20T10:00:00.000Z' },
    recheck: { itemId: first.item.id, outcome: 'not-shown' },
  })
  const text = reportFor('x-in-product', [first, look]).submissionText
  expect(text).toContain('Looked at again on 2024-05-20 10:00:00 UTC: not shown any more.')
  expect(reportFor('x-in-product', [first]).submissionText).not.toContain('Looked at again')
  const grave = reportFor('x-in-product', seriesOnX()).submissionText
  expect(grave.replace(/[\u2066-\u2069]/g, '')).toContain(
    'about the author’s handle: harrow_blackmoor where the post is shown, saltmarsh77 in the address of the post.',
  )
  expect(grave).toContain('ahead of the clock of the platform')
})

test('the data of an item says how far it can be relied on', () => {
  const group = { id: sampleId('group'), kind: 'sweep' as const, position: 36 }
  const sources = [{ fact: 'name', source: 'title', value: 'Other', agrees: false }] as const
  const item = sampleItem({ group, captured: { clockSkewSeconds: 7 }, collection: { sources: [...sources] } })
  expect(reportFor('x-in-product', [item]).submission).toMatchObject({
    items: [
      {
        group,
        recheck: null,
        clockSkewSeconds: 7,
        sources,
        headings: [],
        times: [],
        reader: { platform: 'x' },
      },
    ],
  })
})

test('a profile was not posted: its time is that of the account, and puts nothing in order', () => {
  const [first] = seriesOnX()
  if (!first) throw new Error('no item')
  const posted = { ...first.item.post.posted, asShown: 'Joined March 2013', iso: '2013-03-05T10:11:12.000Z' }
  const profile = sampleItem({
    seed: 'profile',
    captured: { utc: '2024-05-20T10:00:00.000Z' },
    post: {
      ...first.item.post,
      kind: 'profile',
      postId: null,
      permalink: 'https://x.com/harrow_blackmoor',
      posted,
    },
  })
  const report = reportFor('x-in-product', [profile])
  expect(report.submissionText).toContain('Account since: 2013-03-05 10:11:12 UTC')
  expect(report.submissionText).not.toContain('Posted:')
  expect(report.submission).toMatchObject({ items: [{ posted: { iso: null }, accountSince: posted }] })
  expect(inTimeOrder([profile, first]).map(({ item }) => item.id)).toEqual([first.item.id, profile.item.id])
})
