import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inline, isolate, plainLines, quoteLines, showAddress } from '../../../utils/reports/foreign-text'

const fsi = '\u2068'
const pdi = '\u2069'

test('a name is isolated on one line', () => {
  expect(isolate('ندى')).toBe(`${fsi}ندى${pdi}`)
  expect(isolate('two\nlines\u2028three')).toBe(`${fsi}two lines three${pdi}`)
})

test('a hostile name cannot leave its isolate', () => {
  expect(isolate('a\u2069b')).toBe(`${fsi}ab${pdi}`)
  expect(isolate('a\u2067b')).toBe(`${fsi}a\u2067b${pdi}${pdi}`)
  const marks = fc.constantFrom('\u2066', '\u2067', '\u2068', '\u2069', '\u202e', '\n', 'a')
  fc.assert(
    fc.property(fc.array(marks), (parts) => {
      let depth = 0
      const shown = isolate(parts.join(''))
      const depths = Array.from(shown, (mark) => {
        if (/[\u2066-\u2068]/.test(mark)) depth += 1
        if (mark === pdi) depth -= 1
        return depth
      })
      expect(Math.min(...depths.slice(0, -1))).toBeGreaterThan(0)
      expect(depth).toBe(0)
    }),
  )
})

test('every line of a quotation is marked, so that none can pass for ours', () => {
  expect(quoteLines('one\r\n\r\n2. https://evil.example')).toBe(
    `> ${fsi}one${pdi}\n>\n> ${fsi}2. https://evil.example${pdi}`,
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const line of quoteLines(text).split('\n')) expect(line.startsWith('>')).toBe(true)
    }),
  )
})

test('control characters and halves of characters are shown as replaced', () => {
  expect(plainLines('a\u0000b\u001b[2J\ud83dc')).toBe('a\ufffdb\ufffd[2J\ufffdc')
  expect(plainLines('tab\tstays')).toBe('tab\tstays')
})

test('an address stays complete and means the same; what cannot be seen is written out', () => {
  expect(showAddress('https://x.com/a/status/1?b=c#d')).toBe('https://x.com/a/status/1?b=c#d')
  expect(showAddress('https://x.com/\u202egpj')).toBe('https://x.com/%E2%80%AEgpj')
  expect(showAddress('https://مثال.example/ندى')).toBe('https://مثال.example/ندى')
})

test('our own words need isolating only where the sentence runs the other way', () => {
  expect(inline('X', { direction: 'ltr' })).toBe('X')
  expect(inline('X', { direction: 'rtl' })).toBe(`${fsi}X${pdi}`)
})
