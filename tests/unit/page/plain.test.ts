// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { isolatedWorld, openIsolatedWorld } from '../../../utils/page/isolated-world'
import { parentOf, plain } from '../../../utils/page/plain'

/** As browsers do it for documents and forms: an element stands in place of a member. */
function clobber(target: object, name: string): void {
  Object.defineProperty(target, name, { value: document.createElement('img'), configurable: true })
}

const world = globalThis as { witnessmark?: unknown }

describe('members that the page replaced', () => {
  afterEach(() => {
    for (const name of ['title', 'querySelector']) Reflect.deleteProperty(document, name)
  })

  it('are read from the prototype', () => {
    document.title = 'Home'
    clobber(document, 'title')
    clobber(document, 'querySelector')
    expect(document.title).not.toBe('Home')
    expect(plain(document).title).toBe('Home')
    expect(plain(document).querySelector('title')?.textContent).toBe('Home')
  })

  it('do not lead upwards in a circle', () => {
    const form = document.createElement('form')
    const input = document.createElement('input')
    form.append(input)
    document.body.append(form)
    Object.defineProperty(form, 'parentElement', { value: input })
    expect(parentOf(form)).toBe(document.body)
  })
})

describe('what our scripts share', () => {
  afterEach(() => {
    Reflect.deleteProperty(world, 'witnessmark')
  })

  it('is never an element that the page named so', () => {
    const prototype: object = Object.getPrototypeOf(globalThis)
    Object.defineProperty(prototype, 'witnessmark', {
      value: document.createElement('a'),
      configurable: true,
      writable: true,
    })
    expect(isolatedWorld()).toBeNull()
    const shared = { elementOf: () => null, mediaOf: async () => null }
    openIsolatedWorld(shared)
    expect(isolatedWorld()).toBe(shared)
    Reflect.deleteProperty(prototype, 'witnessmark')
  })
})
