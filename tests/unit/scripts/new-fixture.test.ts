// @vitest-environment happy-dom
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { main } from '../../../scripts/new-fixture'
import { allElements, parsePage } from '../../../scripts/new-fixture/dom'
import { leftoversIn } from '../../../scripts/new-fixture/leftovers'
import { type Fixture, makeFixture } from '../../../scripts/new-fixture/make'
import { readPosts } from '../../../scripts/new-fixture/read'
import { readVocabulary, vocabularyOf } from '../../../scripts/new-fixture/vocabulary'
import { timeFromId } from '../../../utils/platforms/times'

type Person = { name: string; handle: string; words: string; id: string; time: string }

const now = new Date('2030-01-01T00:00:00.000Z')
const alt = 'Wilhelmina at the quayside'

/** A post of X by an invented person, with the person's name in every place where a page can have one. */
function postOf({ name, handle, words, id, time }: Person): string {
  const link = `/${handle}/status/${id}`
  return `<article data-testid="tweet" aria-labelledby="id__${handle}" onclick="track('${handle}')">
    <!-- ${name} -->
    <div data-testid="UserAvatar-Container-${handle}"><a href="/${handle}"><img alt="${alt}" src="https://pbs.twimg.com/profile_images/${id}/${handle}_face.jpg"></a></div>
    <div data-testid="User-Name" id="id__${handle}" title="${name}"><a href="/${handle}"><div dir="ltr"><span>${name}</span></div></a><a href="https://x.com/${handle}"><span>@${handle}</span></a>
    <a href="${link}?ref_src=${handle}" aria-label="${name}"><time datetime="${time}">Jun 18</time></a></div>
    <div data-testid="tweetText" lang="en" dir="auto" class="css-1 r-${handle}"><span>${words}</span><a href="https://${handle}.press/${handle}">${handle}.press</a></div>
    <input type="hidden" value="${handle}"><img src="data:image/png;base64,${btoa(handle)}" alt="">
  </article>`
}

function pageOf(people: readonly Person[]): string {
  const [first] = people
  return `<!doctype html><html lang="en"><head><title>${first?.name} on X</title><style>.${first?.handle}{}</style>
  <script>var me="${first?.handle}"</script>
  <script type="application/ld+json">{"@type":"Person","name":"${first?.name}","url":"https://x.com/${first?.handle}"}</script>
  <meta property="og:description" content="${first?.words}"></head><body>${people.map(postOf).join('')}</body></html>`
}

const vocabulary = readVocabulary('x', []) ?? vocabularyOf([])

function scrub(html: string, options: { seed?: string; keep?: string; address?: string } = {}): Fixture {
  const made = makeFixture({
    platform: 'x',
    html,
    address: options.address ?? 'https://x.com/home',
    vocabulary,
    seed: options.seed ?? 'one',
    keep: options.keep ?? null,
    savedAt: null,
  })
  if (made === null) throw new Error('nothing was kept')
  return made
}

/** An id of X for this moment. */
const idAt = (ms: number): string => String((BigInt(ms - 1_288_834_974_657) << 22n) + 77n)

const mara: Person = {
  name: 'Marabella Quistgaard',
  handle: 'marabella_q77',
  words: 'The harbour gates stay closed tonight 🌊 says Marabella, and nobody knows why 48213 people wait.',
  id: idAt(Date.UTC(2023, 5, 18, 7, 51)),
  time: '2023-06-18T07:51:00.000Z',
}
const otto: Person = {
  name: 'Ottokar Brennivin',
  handle: 'ottokarb',
  words: 'Nothing of this happened on the quays, believe me or ask @marabella_q77 herself about Brennivin.',
  id: idAt(Date.UTC(2023, 5, 18, 7, 51, 29)),
  time: '2023-06-18T07:51:29.000Z',
}

const letters = fc.string({ unit: fc.constantFrom(...'aeioumnrstkvzwy'), minLength: 4, maxLength: 8 })
// Words with an ending that neither a reader nor the inventions have, so that none can come back by chance.
const word = letters.map((start) => `${start}qxh`)
const person = fc
  .record({
    first: word,
    last: word,
    handle: word,
    words: fc.array(word, { minLength: 3, maxLength: 12 }),
    day: fc.integer({ min: 0, max: 900 }),
    number: fc.integer({ min: 10_000, max: 99_999_999 }),
  })
  .map(({ first, last, handle, words, day, number }): Person => {
    const ms = Date.UTC(2021, 0, 1, 3, 4, 5) + day * 86_400_000
    return {
      name: `${first.charAt(0).toUpperCase()}${first.slice(1)} ${last.toUpperCase()}`,
      handle: `${handle}_${number}`.slice(0, 20),
      words: `${words.join(' ')} ${number}`,
      id: idAt(ms),
      time: new Date(ms).toISOString(),
    }
  })

describe('what is left of the real page', () => {
  it('is nothing: no word, name, handle, id or number, wherever it stood', () => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 3 }), fc.string(), (people, seed) => {
        const made = scrub(pageOf(people), { seed })
        const output = `${made.page} ${JSON.stringify(made.readings)}`.toLowerCase()
        expect(output).not.toContain('qxh')
        for (const { id, time, words, handle } of people) {
          for (const real of [id, time.slice(0, 19).toLowerCase(), words.split(' ').at(-1) ?? '', handle])
            expect(output).not.toContain(real)
          expect(output).not.toContain(btoa(handle).toLowerCase())
        }
        expect(made.leftovers).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('is no script, style, comment, hidden input or picture', () => {
    const { page } = scrub(pageOf([mara]))
    expect(page).not.toMatch(/<script>|<style|<!--|type="hidden"|onclick|image\/png/)
    expect(page).toContain('data:image/gif;base64,')
  })

  it('is found when something stays: each word once, with its place', () => {
    const page = parsePage('<p title="Quistgaard">ask Quistgaard 48213, not quistgaardish</p>')
    const forbidden = { words: new Set(['quistgaard']), numbers: new Set(['48213']) }
    const pieces = allElements(page).flatMap((element) => [
      { text: element.getAttribute('title') ?? '', where: 'a title' },
      { text: element.tagName === 'P' ? (element.textContent ?? '') : '', where: 'a text' },
    ])
    expect(leftoversIn(pieces, forbidden, new Set())).toEqual([{ what: 'quistgaard', where: 'a title' }])
    expect(leftoversIn([{ text: 'room 48213', where: 'x' }], forbidden, new Set())).toEqual([
      { what: '48213', where: 'x' },
    ])
    expect(leftoversIn([{ text: 'xxquistgaardxx', where: 'x' }], forbidden, new Set())).toHaveLength(1)
  })
})

describe('what stays as it was', () => {
  const real = pageOf([mara, otto])
  const made = scrub(real)

  it('is the tree of tags, without what is dropped', () => {
    const tagsOf = (html: string): string[] =>
      allElements(parsePage(html))
        .filter((element) => !element.matches('script:not([type]), style, input'))
        .map((element) => `${element.tagName} in ${element.parentElement?.tagName}`)
    expect(tagsOf(made.page)).toEqual(tagsOf(real))
    expect(made.page).toContain('data-testid="tweetText"')
  })

  it('is what the reader finds: the same posts, people told apart, id and time in agreement', () => {
    const before = readPosts(real, 'https://x.com/home', now).readings
    expect(made.readings.map(({ kind }) => kind)).toEqual(before.map(({ kind }) => kind))
    expect(made.readings).toHaveLength(2)
    const [first, second] = made.readings
    expect(first?.author.handle).not.toBe(second?.author.handle)
    expect(second?.mentions).toEqual(before[1]?.mentions.map(() => first?.author.handle))
    for (const { postId, posted } of made.readings)
      expect(timeFromId('x', postId ?? '', now)?.slice(0, 17)).toBe(posted.iso?.slice(0, 17))
    const gap = (readings: typeof before): number =>
      Date.parse(readings[1]?.posted.iso ?? '') - Date.parse(readings[0]?.posted.iso ?? '')
    expect(gap(made.readings)).toBe(29_000)
  })

  it('gives one name one invention in texts, titles, labels, addresses, ids and linked data', () => {
    const page = parsePage(made.page)
    const [reading] = made.readings
    const name = reading?.author.name ?? ''
    const handle = reading?.author.handle ?? ''
    expect(name.split(' ')).toHaveLength(2)
    expect(page.title.startsWith(name)).toBe(true)
    expect(page.querySelector('[data-testid="User-Name"]')?.getAttribute('title')).toBe(name)
    expect(page.querySelector('[aria-label]')?.getAttribute('aria-label')).toBe(name)
    expect(page.querySelector(`[data-testid="UserAvatar-Container-${handle}"]`)).not.toBeNull()
    const labelled = page.querySelector('[aria-labelledby]')?.getAttribute('aria-labelledby')
    expect(page.getElementById(labelled ?? '')).not.toBeNull()
    const data = JSON.parse(page.querySelector('[type="application/ld+json"]')?.textContent ?? '{}')
    expect(data).toEqual({ '@type': 'Person', name, url: `https://x.com/${handle}` })
    expect(reading?.text).toContain(name.split(' ')[0])
    expect(made.readings[1]?.text).toContain(`@${handle}`)
    expect(page.querySelector('meta[content]')?.getAttribute('content')).toBe(
      page.querySelector('[data-testid="tweetText"] span')?.textContent,
    )
  })

  it('keeps emoji, punctuation and about the length', () => {
    const text = made.readings[0]?.text ?? ''
    expect(text).toMatch(/🌊.*,.*\./s)
    expect(Math.abs(text.length - mara.words.length)).toBeLessThan(mara.words.length / 2)
  })

  it.each([
    ['Arabic', 'البوابات مغلقة الليلة ولا أحد يعرف السبب', /^[\p{Script=Arabic}\s]+$/u, 'rtl'],
    ['Hebrew', 'השערים סגורים הלילה ואיש אינו יודע', /^[\p{Script=Hebrew}\s]+$/u, 'rtl'],
    ['Cyrillic', 'Ворота сегодня закрыты, никто не знает почему', /^[\p{Script=Cyrillic}\s,]+$/u, 'ltr'],
    ['Han', '今晚港口大门紧闭没有人知道原因', /^\p{Script=Han}+$/u, 'ltr'],
    ['Devanagari', 'आज रात फाटक बंद हैं और कोई नहीं जानता', /^[\p{Script=Devanagari}\s]+$/u, 'ltr'],
    ['Hangul', '오늘밤 항구의 문은 닫혀 있습니다', /^[\p{Script=Hangul}\s]+$/u, 'ltr'],
    ['Thai', 'คืนนี้ประตูท่าเรือปิด', /^\p{Script=Thai}+$/u, 'ltr'],
    ['Georgian', 'დღეს ღამით კარიბჭე დაკეტილია', /^[\p{Script=Georgian}\s]+$/u, 'ltr'],
    ['Telugu', 'ఈ రాత్రి ద్వారాలు మూసివేయబడ్డాయి', /^[\p{Script=Telugu}\s]+$/u, 'ltr'],
  ])('writes %s in its own script and direction: %s', (_script, words, shape, direction) => {
    const html = `<article data-testid="tweet"><div data-testid="User-Name"><a href="/otto">Otto</a></div><div data-testid="tweetText">${words}</div></article>`
    const result = scrub(html)
    const [reading] = result.readings
    expect(reading?.text).toMatch(shape)
    expect(reading?.text).not.toBe(words)
    expect(reading?.direction).toBe(direction)
    expect(result.leftovers).toEqual([])
  })

  it('is the same for one seed and another for another', () => {
    expect(scrub(real)).toEqual(made)
    expect(scrub(real, { seed: 'two' }).page).not.toBe(made.page)
  })

  it('is only the part around the posts when asked', () => {
    const part = scrub(pageOf([mara, otto]), { keep: 'article:last-of-type' })
    expect(part.readings).toHaveLength(1)
    expect(parsePage(part.page).querySelectorAll('article')).toHaveLength(1)
  })
})

describe('the command', () => {
  let folder = ''
  let said: string[] = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'new-fixture-'))
    said = []
    vi.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    rmSync(folder, { recursive: true, force: true })
  })
  const run = (html: string, more: string[] = []): Promise<number> => {
    writeFileSync(join(folder, 'saved.html'), html)
    const paths = [join(folder, 'saved.html'), '--url', 'https://x.com/home', '--out', folder]
    return main(['x', 'feed', ...paths, '--seed', 'one', '--no-browser', ...more])
  }
  const written = (file: string): string => readFileSync(join(folder, 'x/feed', file), 'utf8')

  it('writes the four files, not yet reviewed, and the reader agrees with what it expects', async () => {
    expect(await run(pageOf([mara, otto]))).toBe(0)
    const about = JSON.parse(written('case.json'))
    expect(about.reviewed).toBe(false)
    const { platform, readings } = readPosts(
      written('page.html'),
      written('address.txt').trim(),
      new Date(about.now),
    )
    expect(platform).toBe('x')
    expect(readings).toHaveLength(2)
    expect(JSON.parse(written('expected.json'))).toEqual(readings)
    expect(said.join('')).toContain('set "reviewed" to true')
  })

  it('refuses while a word is left, says where, and writes nothing', async () => {
    // The tree of tags stays; a name that stands in a tag is what no invention can reach.
    const sneaky = `${pageOf([mara])}<p-quistgaard></p-quistgaard>`
    expect(await run(sneaky)).toBe(1)
    expect(existsSync(join(folder, 'x'))).toBe(false)
    expect(said.join('')).toMatch(/Nothing was written[\s\S]*"quistgaard" in /)
  })

  it.each([
    ['a page that is not there', ['x', 'feed', 'nowhere.html', '--url', 'https://x.com/home']],
    ['no address', ['x', 'feed', 'nowhere.html']],
    ['an unknown reader', ['nobody', 'feed', 'nowhere.html', '--url', 'https://x.com/home']],
    ['an unknown option', ['--nonsense']],
    ['a name that leads elsewhere', ['x', '../feed', 'nowhere.html', '--url', 'https://x.com/home']],
  ])('ends with 2 for %s', async (_what, argv) => {
    expect(await main(argv)).toBe(2)
    expect(said.join('')).not.toBe('')
  })

  it('ends with 2 when nothing matches --keep', async () => {
    expect(await run(pageOf([mara]), ['--keep', '.absent'])).toBe(2)
  })
})
