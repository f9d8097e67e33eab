// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { objectAfter, readJson, textAt, valueAt } from '../../../utils/platforms/embedded-data'

function script(source: string): Element {
  const element = document.createElement('script')
  element.setAttribute('type', 'application/json')
  element.textContent = source
  return element
}

describe('data embedded in a page', () => {
  it('is read, and read anew when the page changes it', () => {
    const element = script('{"a":{"b":"c"}}')
    expect(textAt(readJson(element), 'a', 'b')).toBe('c')
    expect(readJson(element)).toBe(readJson(element))
    element.textContent = '{"a":{"b":"d"}}'
    expect(textAt(readJson(element), 'a', 'b')).toBe('d')
  })

  it('is nothing where it is no JSON, or endless', () => {
    expect([readJson(null), readJson(script('{')), readJson(script(''))]).toEqual([null, null, null])
    expect(readJson(script(`"${'x'.repeat(400_000)}"`))).toBeNull()
  })

  it('has no properties but its own', () => {
    expect(valueAt({ a: 1 }, 'constructor')).toBeNull()
    expect(valueAt(JSON.parse('{"__proto__":{"b":"c"}}'), 'b')).toBeNull()
    expect([valueAt('text', 'length'), valueAt(null, 'a')]).toEqual([null, null])
    expect([textAt({ a: 7 }, 'a'), textAt({ a: ' ' }, 'a'), textAt({ a: [] }, 'a')]).toEqual([
      '7',
      null,
      null,
    ])
  })
})

describe('an object inside a script', () => {
  const found = { id: 'a', title: 'a {brace} and a "quote" \\' }

  it('is taken out by its name, whatever stands around it', () => {
    const source = `var data = {"x":[{"y":"details"}],"details": ${JSON.stringify(found)},"z":{}};run({})`
    expect(objectAfter(source, 'details')).toEqual(found)
  })

  it('is nothing where it is missing, unfinished or no JSON', () => {
    expect(objectAfter('var data = {"details":"text"}', 'details')).toBeNull()
    expect(objectAfter('var data = {"details":{"a":{}', 'details')).toBeNull()
    expect(objectAfter('var data = {"details":{a:1}}', 'details')).toBeNull()
    expect(objectAfter(`{"details":{"a":"${'x'.repeat(400_000)}"}}`, 'details')).toBeNull()
  })
})
