// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { readLine } from '../../../utils/platforms/dom'
import { hasWords } from '../../../utils/platforms/has-words'

const options = { exclude: '[data-0]' }

const cases: [string, boolean][] = [
  ['Mirela Osk', true],
  [' \n\t ', false],
  ['', false],
  ['<span> </span><b><i>Mirela</i></b>', true],
  ['<span data-0="">Mirela</span>', false],
  ['<button>Follow</button>', false],
  ['<span aria-hidden="true">Mirela</span>', false],
  ['<form><b>Mirela</b></form>', false],
  ['<img alt="🌻">', true],
  ['<img alt=" "><br>', false],
  ['<img>', false],
  ['<script>Mirela</script><!-- Mirela -->', false],
  [`${'<b>'.repeat(299)}Mirela`, true],
  [`${'<b>'.repeat(300)}Mirela`, false],
]

test.each(cases)('finds words exactly where they are read: %s', (html, expected) => {
  const element = document.createElement('div')
  element.innerHTML = html
  expect(hasWords(element, options)).toBe(expected)
  expect(readLine(element, options) !== null).toBe(expected)
})

test('a form has none, whatever it holds', () => {
  const form = document.createElement('form')
  form.textContent = 'Mirela'
  expect(hasWords(form, options)).toBe(false)
  expect(readLine(form, options)).toBe(null)
})

test.each([
  ['<span class="spoiler"><i aria-hidden="true">Mirela</i></span>', true],
  ['<span class="spoiler"><i aria-hidden="true" data-0="">Mirela</i></span>', false],
  ['<span><i aria-hidden="true">Mirela</i></span>', false],
])('words that are kept are found, unless they are excluded: %s', (html, expected) => {
  const kept = { ...options, keep: '.spoiler [aria-hidden="true"]' }
  const element = document.createElement('div')
  element.innerHTML = html
  expect(hasWords(element, kept)).toBe(expected)
  expect(readLine(element, kept) !== null).toBe(expected)
})
