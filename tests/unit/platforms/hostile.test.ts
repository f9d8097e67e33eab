// @vitest-environment happy-dom
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { PlatformAdapter } from '../../../utils/model/platform'
import { PostReading } from '../../../utils/model/post'
import { platforms } from '../../../utils/platforms/index'

const now = new Date('2026-11-22T12:00:00.000Z')
const root = 'tests/fixtures/platforms'

type Page = { name: string; adapter: PlatformAdapter; address: URL; html: string }

const pages: Page[] = platforms.flatMap((adapter) =>
  readdirSync(`${root}/${adapter.id}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      name: `${adapter.id}/${name}`,
      adapter,
      address: new URL(readFileSync(`${root}/${adapter.id}/${name}/address.txt`, 'utf8').trim()),
      html: readFileSync(`${root}/${adapter.id}/${name}/page.html`, 'utf8'),
    })),
)

/** Reads every post of a changed page; each reading must still be one. */
function readAll({ adapter, address, html }: Page, change: (page: Document) => void): PostReading[] {
  const page = new DOMParser().parseFromString(html, 'text/html')
  change(page)
  const readings = adapter.findPosts(page, address).map((post) => adapter.readPost(post, address, now))
  for (const reading of readings) expect(PostReading.safeParse(reading).error).toBeUndefined()
  return readings
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

describe.each(pages)('$name', (page) => {
  it('reads links of other schemes as no links', () => {
    const readings = readAll(page, (document) =>
      each(
        document,
        '[href], [src], [permalink], [content-href], [data-permalink], [data-url]',
        (element) => {
          for (const name of ['href', 'src', 'permalink', 'content-href', 'data-permalink', 'data-url']) {
            if (element.hasAttribute(name)) element.setAttribute(name, 'javascript:alert(document.domain)')
          }
        },
      ),
    )
    expect(JSON.stringify(readings)).not.toContain('javascript:')
  })

  it('reads a text of a million letters within the bounds of the model', () => {
    readAll(page, (document) =>
      each(
        document,
        '[data-testid="tweetText"], [data-testid="postText"], [id="content-text"], .md, .status__content',
        (element) => element.append('x'.repeat(1_000_000)),
      ),
    )
  })

  it('reads names, ages and addresses of any length within the bounds of the model', () => {
    readAll(page, (document) =>
      each(document, 'a, span, time, [title], [aria-label], [author], [post-title]', (element) => {
        for (const { name } of [...element.attributes]) {
          if (name !== 'id' && name !== 'class' && !name.startsWith('data-'))
            element.setAttribute(name, 'y'.repeat(10_000))
        }
      }),
    )
  })

  it('survives any element being gone', () => {
    const random = startNumbers(page.html.length)
    for (let round = 0; round < 5; round += 1) {
      readAll(page, (document) => each(document, 'body *', (element) => random() < 0.04 && element.remove()))
    }
  })

  it('survives any attribute being gone or empty', () => {
    const random = startNumbers(page.html.length + 1)
    for (let round = 0; round < 3; round += 1) {
      readAll(page, (document) =>
        each(document, 'body *', (element) => {
          for (const { name } of [...element.attributes]) {
            const fate = random()
            if (fate < 0.05) element.removeAttribute(name)
            else if (fate < 0.1) element.setAttribute(name, '')
          }
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
      'getAttribute',
      'querySelector',
    ]
    const inputs = names.map((name) => `<input name="${name}">`).join('')
    readAll(page, (document) =>
      each(document, 'a, time, [data-testid], [slot]', (element) => {
        const form = document.createElement('form')
        for (const { name, value } of [...element.attributes]) form.setAttribute(name, value)
        form.innerHTML = inputs
        element.before(form)
      }),
    )
  })
})
