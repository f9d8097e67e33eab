import { describe, expect, it } from 'vitest'
import { statement, wordsAgain } from '../../../utils/platforms/said-again'

const links = [{ address: 'https://quay.example/lists/2026', text: 'quay.example/li…' }]

describe('a statement', () => {
  it('is made where there is a value, and is none otherwise', () => {
    expect(statement('handle', 'label', 'ada')).toEqual([{ fact: 'handle', source: 'label', value: 'ada' }])
    expect([statement('handle', 'label', null), statement('handle', 'label', '')]).toEqual([[], []])
  })
})

describe('words in another place', () => {
  it.each([
    ['without line breaks', 'One line.\n\nAnother.', 'One line.Another.'],
    ['with marks of direction', 'مرحبا بكم', '\u2067مرحبا\u2069 بكم'],
    ['with the emoji left out', 'Thank you 🙏 all', 'Thank you  all'],
    ['with whole addresses', 'See quay.example/li…', 'See https://quay.example/lists/2026'],
    ['in composed letters', 'Café', 'Cafe\u0301'],
  ])('are the same %s', (_, text, again) => {
    expect(wordsAgain({ text, links }, again)).toBe(text)
  })

  it.each([
    ['one word', 'The gate is open.', 'The gate is shut.'],
    ['a word more', 'The gate is open.', 'The gate is open today.'],
    ['another emoji', 'Thank you 🙏', 'Thank you 🔪'],
    ['another address', 'See quay.example/li…', 'See https://quay.example/lists/2027'],
  ])('differ by %s', (_, text, again) => {
    expect(wordsAgain({ text, links }, again)).toBe(again)
  })

  it('are no statement where either place says nothing', () => {
    expect(wordsAgain({ text: null, links }, 'Words')).toBeNull()
    expect(wordsAgain({ text: 'Words', links }, ' \n')).toBeNull()
    expect(wordsAgain({ text: 'Words', links }, null)).toBeNull()
  })
})
