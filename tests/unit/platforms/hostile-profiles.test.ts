// @vitest-environment happy-dom
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { OtherSource, PlatformAdapter } from '../../../utils/model/platform'
import { PostReading } from '../../../utils/model/post'
import { platforms } from '../../../utils/platforms/index'

// As hostile.test.ts, for the heads of profiles and for what pages say twice.

const now = new Date('2026-11-22T12:00:00.000Z')
const root = 'tests/fixtures/platforms'
const ids = ['facebook', 'instagram', 'threads', 'tiktok', 'linkedin']
/** Cases with a head, with data in the page or with a conversation: the others differ in their posts alone. */
const telling = /^(profile|edited-in-page|messages|replies|comments|older|opened|quote|repost)/

type Page = { name: string; adapter: PlatformAdapter; address: URL; html: string }

const pages: Page[] = platforms
  .filter(({ id }) => ids.includes(id))
  .flatMap((adapter) =>
    readdirSync(`${root}/${adapter.id}`)
      .filter((name) => telling.test(name))
      .map((name) => ({
        name: `${adapter.id}/${name}`,
        adapter,
        address: new URL(readFileSync(`${root}/${adapter.id}/${name}/address.txt`, 'utf8').trim()),
        html: readFileSync(`${root}/${adapter.id}/${name}/page.html`, 'utf8'),
      })),
  )

type Said = { profile: PostReading | null; sources: OtherSource[] }

function readAll({ adapter, address, html }: Page, change: (page: Document) => void): Said {
  const page = new DOMParser().parseFromString(html, 'text/html')
  change(page)
  const head = adapter.profile?.find(page, address) ?? null
  const profile = (head && adapter.profile?.read(head, address, now)) ?? null
  if (head) adapter.profile?.findPicture(head)
  if (profile) expect(PostReading.safeParse(profile).error).toBeUndefined()
  const posts = adapter.findPosts(page, address)
  const ofPosts = posts.flatMap((post) => adapter.otherSources?.(post, address, now) ?? [])
  const sources = [...ofPosts, ...((head && adapter.profile?.otherSources?.(head, address, now)) ?? [])]
  for (const { value } of sources) expect(value.length).toBeGreaterThan(0)
  return { profile, sources }
}

function each(page: Document, selector: string, change: (element: Element) => void): void {
  for (const element of page.querySelectorAll(selector)) change(element)
}

/** The same pseudo-random numbers in every run. */
function startNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

it('looks at every platform', () => {
  expect(new Set(pages.map(({ adapter }) => adapter.id))).toEqual(new Set(ids))
})

describe.each(pages)('$name', (page) => {
  it.each([
    'javascript:alert(1)',
    'javascript://l.threads.com/%0aalert(1)',
    '//l.instagram.com',
    'https://[',
    '//:0/',
  ])('reads links to %s as no links', (href) => {
    const said = readAll(page, (document) =>
      each(document, '[href]', (element) => {
        const own = element.getAttribute('href') ?? ''
        const isForwarder = /\/\/l\.\w+\./.test(own)
        element.setAttribute(
          'href',
          isForwarder ? `${href}?//l.threads.com//l.instagram.com//l.facebook.com/` : href,
        )
      }),
    )
    expect(JSON.stringify(said)).not.toContain('javascript:')
  })

  it('reads names and labels of any length within the bounds of the model', () => {
    readAll(page, (document) =>
      each(document, 'h1, h2, [dir="auto"], [title], [aria-label], [alt], meta', (element) => {
        for (const name of ['aria-label', 'alt', 'title', 'content'])
          if (element.hasAttribute(name)) element.setAttribute(name, 'y'.repeat(300_000))
        if (element.childElementCount === 0) element.append('z'.repeat(10_000))
      }),
    )
  })

  it('survives data of any shape', () => {
    for (const data of [
      '',
      'null',
      '[]',
      '{"__DEFAULT_SCOPE__":7}',
      '{"code":',
      '[["userVanity"]]',
      '"'.repeat(9),
    ])
      readAll(page, (document) =>
        each(document, 'script', (element) => {
          element.textContent = data
        }),
      )
  })

  it('survives any element or attribute being gone', () => {
    const random = startNumbers(page.html.length)
    for (let round = 0; round < 4; round += 1) {
      readAll(page, (document) =>
        each(document, 'body *, meta', (element) => {
          if (random() < 0.03) element.remove()
          for (const { name } of [...element.attributes]) if (random() < 0.05) element.removeAttribute(name)
        }),
      )
    }
  })

  it('survives forms in every place, whose inputs are named like properties', () => {
    const names = [
      'id',
      'attributes',
      'children',
      'childNodes',
      'parentElement',
      'textContent',
      'ownerDocument',
    ]
    const inputs = names.map((name) => `<input name="${name}">`).join('')
    readAll(page, (document) =>
      each(document, 'a, h1, header, script, [role], [data-e2e], [componentkey]', (element) => {
        const form = document.createElement('form')
        for (const { name, value } of [...element.attributes]) form.setAttribute(name, value)
        form.innerHTML = inputs
        element.before(form)
      }),
    )
  })
})
