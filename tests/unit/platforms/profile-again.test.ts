// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compareSources } from '../../../utils/capture/two-sources'
import { platforms } from '../../../utils/platforms/index'
import { nameTitled } from '../../../utils/platforms/profile-again'

const now = new Date('2026-11-22T12:00:00.000Z')
const root = 'tests/fixtures/platforms'

/** What is found of a fixture's account, said a second time, after this change: "fact source value agrees". */
function checksOf(folder: string, change: (html: string) => string): string[] {
  const [id] = folder.split('/')
  const html = readFileSync(`${root}/${folder}/page.html`, 'utf8')
  const changed = change(html)
  expect(changed).not.toBe(html)
  const page = new DOMParser().parseFromString(changed, 'text/html')
  const address = new URL(readFileSync(`${root}/${folder}/address.txt`, 'utf8').trim())
  const reader = platforms.find((platform) => platform.id === id)?.profile
  const head = reader?.find(page, address)
  if (!reader || !head) throw new Error('no profile found')
  const checks = compareSources(
    reader.read(head, address, now),
    reader.otherSources?.(head, address, now) ?? [],
  )
  return checks.map(({ fact, source, value, agrees }) => `${fact} ${source} ${value} ${agrees}`)
}

const inHead = (more: string) => (html: string) => html.replace('</head>', `${more}</head>`)

describe('a name in a title', () => {
  const handles = ['ferry_ada']

  it.each([
    ['(2) Ada Quayle (@ferry_ada) / X', 'Ada Quayle', 'Ada Quayle'],
    ['(٢) Ada Quayle (@ferry_ada) / X', 'Ada Quayle', 'Ada Quayle'],
    ['Ada Quayle (@Ferry_Ada) • Threads, Say more', 'Ada Quayle', 'Ada Quayle'],
    ['(2) Ada (@ferry_ada) / X', '(2) Ada', '(2) Ada'],
    ['Ada (@old_ada) (@ferry_ada) / X', 'Ada (@old_ada)', 'Ada (@old_ada)'],
    ['Ada Quayle (@ferry_ada) / X', 'Ada Quayle ⚓', 'Ada Quayle ⚓'],
    ['Ada Quayle 🐺 (@ferry_ada) / X', 'Ada Quayle 🦊', 'Ada Quayle 🐺'],
    ['Ada Quayle (@ferry_ada) / X', 'Eda Quayle', 'Ada Quayle'],
    ['Ada Quayle (@ferry_ada_) / X', 'Ada Quayle', null],
    ['Ada Quayle | Facebook', 'Ada Quayle', null],
    ['Ada Quayle (@ferry_ada) / X', null, null],
    [null, 'Ada Quayle', null],
  ])('%s beside %s', (title, name, expected) => {
    expect(nameTitled(title, { name }, { handles })).toBe(expected)
  })
})

describe('an account, said a second time', () => {
  it('shows on X that the name on the page was changed', () => {
    expect(
      checksOf('x/profile', (html) => html.replaceAll('<span>Ada Quayle <', '<span>Rosa Vane <')),
    ).toEqual([
      'handle permalink ferry_ada true',
      'name title Ada Quayle false',
      'name embedded-data Ada Quayle ⚓ false',
      'author-id embedded-data 839754210318614528 true',
      'posted id 2017-03-09T08:14:22.000Z true',
    ])
  })

  it('shows on X that the day of joining on the page was changed', () => {
    const checks = checksOf('x/profile', (html) => html.replace('Joined March 2017', 'Joined March 2025'))
    expect(checks).toContain('posted embedded-data 2017-03-09T08:14:22.000Z false')
  })

  it('takes nothing from the head of a page that still names the account before, of the same name', () => {
    const checks = checksOf('x/profile', (html) =>
      html.replace(/<title>.*<\/script>/s, '<title>Ada Quayle (@ferry_ada_real) / X</title>'),
    )
    expect(checks).toEqual(['handle permalink ferry_ada true'])
  })

  it('compares the handle that Threads shows with its address, and the name with the head', () => {
    const meta = '<meta property="og:title" content="Rex Underhill ⚓ (@rex_underhill) • Threads, Say more">'
    const change = (html: string) =>
      inHead(meta)(html).replace('translate="no"><span>rex_underhill', 'translate="no"><span>rosa.halvorsen')
    expect(checksOf('threads/profile', change)).toEqual([
      'handle label rosa.halvorsen false',
      'name meta Rex Underhill ⚓ true',
    ])
  })

  it('finds the name of an Instagram account in the data of the page', () => {
    const data = (name: string) =>
      `<script type="application/json">{"user":{"username":"folha_lunar","full_name":"${name}","pk":"71"}}</script>`
    expect(checksOf('instagram/profile-grid', inHead(data('Folha Solar')))).toContain(
      'name embedded-data Folha Solar false',
    )
    const twice = inHead(data('Folha Lunar') + data('Folha Solar'))
    expect(checksOf('instagram/profile-grid', twice)).toEqual(['name title Folha Lunar true'])
  })

  it('finds the name of a Facebook account by its number', () => {
    const data = (id: string) =>
      `<script type="application/json">{"a":{"__typename":"User","id":"${id}","name":"Quiet Lars"}}</script>`
    expect(checksOf('facebook/profile', inHead(data('100070000000009')))).toEqual([
      'name embedded-data Quiet Lars false',
    ])
    expect(checksOf('facebook/profile', inHead(data('100070000000010')))).toEqual([])
  })

  it('finds the name of a LinkedIn member by the address in the data for search engines', () => {
    const data = (handle: string) =>
      `<script type="application/ld+json">{"@graph":[{"@type":"Person","name":"Viggo Halvorsen",
      "url":"https://no.linkedin.com/in/${handle}"}]}</script>`
    const read = (handle: string) => checksOf('linkedin/profile', inHead(data(handle)))
    expect(read('viggo-halvorsen-77')).toEqual(['name embedded-data Viggo Halvorsen true'])
    expect(read('viggo-halvorsen-78')).toEqual([])
  })

  it('finds the name of a Telegram channel in the head of its page', () => {
    const meta = (title: string) => inHead(`<meta property="og:title" content="${title}">`)
    expect(checksOf('telegram/preview-profile', meta('Harbor Watch'))).toContain(
      'name meta Harbor Watch false',
    )
    expect(checksOf('telegram/name-page', meta('Telegram: Contact @bram_tollen'))).toEqual([
      'handle label bram_tollen true',
    ])
  })

  it('finds the name of a YouTube channel where head and data name it', () => {
    const more = (handle: string) => `<meta property="og:url" content="https://www.youtube.com/@${handle}">
      <script>var ytInitialData = {"metadata":{"channelMetadataRenderer":{"title":"Key Talks",
      "externalId":"UCInventedChannel0000001","vanityChannelUrl":"http://www.youtube.com/@${handle}"}}};</script>`
    expect(checksOf('youtube/channel', inHead(more('quay_talks')))).toEqual([
      'handle permalink quay_talks true',
      'name meta Quay Talks true',
      'name embedded-data Key Talks false',
      expect.stringMatching(/^author-id embedded-data UCInventedChannel0000001 /),
    ])
    expect(checksOf('youtube/channel', inHead(more('someone.else')))).toEqual([
      'handle permalink quay_talks true',
    ])
  })

  it('shows on TikTok that the name differs from the data', () => {
    const change = (html: string) => html.replace('"nickname": "Pell Marsh"', '"nickname": "Bell Marsh"')
    expect(checksOf('tiktok/profile', change)).toEqual(['name embedded-data Bell Marsh false'])
  })

  it('shows on Reddit and Mastodon that two places name two accounts', () => {
    expect(
      checksOf('reddit/profile', (html) => html.replaceAll('author-id="t2_1nv', 'author-id="t2_2nv')),
    ).toEqual(['handle label gull_on_a_post true', 'author-id embedded-data t2_2nv3nt3d false'])
    expect(checksOf('mastodon/profile', (html) => html.replace('<title>Kit', '<title>Kat'))).toContain(
      'name title Kat :lamp: N. false',
    )
  })

  it('shows on Bluesky and Discord that the id differs from that of a picture or the data', () => {
    expect(
      checksOf('bluesky/profile', (html) =>
        html.replace('"identifier": "did:plc:aaaa', '"identifier": "did:plc:bbbb'),
      ),
    ).toContain('author-id embedded-data did:plc:bbbbharbourtove333333333 false')
    expect(
      checksOf('discord/profile', (html) =>
        html.replace('/banners/733445566778899001', '/banners/733445566778899002'),
      ),
    ).toEqual(['author-id embedded-data 733445566778899001 false'])
  })
})
