import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareWords, type WordRun } from '../../../utils/model/word-changes'

/** `[-removed-]` and `{+added+}`. */
function draw(runs: readonly WordRun[]): string {
  const signs = { kept: ['', ''], removed: ['[-', '-]'], added: ['{+', '+}'] } as const
  return runs.map(({ kind, text }) => signs[kind][0] + text + signs[kind][1]).join('')
}

const join = (runs: readonly WordRun[], kinds: WordRun['kind'][]) =>
  runs
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ text }) => text)
    .join('')

describe('compareWords', () => {
  it.each([
    ['We know where you park.', 'We know where you live.', 'We know where you [-park-]{+live+}.'],
    ['Go away now', 'Go now', 'Go [-away -]now'],
    ['', 'Hello you', '{+Hello you+}'],
    ['the same', 'the same', 'the same'],
    // Changes with nothing but a space between them are read as one.
    ['you all lie here', 'they never lie here', '[-you all-]{+they never+} lie here'],
    ['one\ntwo', 'uno\ndos', '[-one-]{+uno+}\n[-two-]{+dos+}'],
    ['نعرف أين تسكنين يا ندى.', 'نعرف أين تعملين يا ندى.', 'نعرف أين [-تسكنين-]{+تعملين+} يا ندى.'],
    ['הם יודעים איפה', 'הם ידעו איפה', 'הם [-יודעים-]{+ידעו+} איפה'],
  ])('%s → %s', (before, after, drawn) => {
    expect(draw(compareWords(before, after))).toBe(drawn)
  })

  it('never cuts what is seen as one sign', () => {
    const family = '👨‍👩‍👧'
    expect(draw(compareWords(`hey ${family}`, 'hey 👨‍👩‍👦'))).toBe(`hey [-${family}-]{+👨‍👩‍👦+}`)
    expect(draw(compareWords('cafe', 'cafe\u0301'))).toBe('[-cafe-]{+cafe\u0301+}')
    expect(draw(compareWords('👍', '👍🏽'))).toBe('[-👍-]{+👍🏽+}')
  })

  it('gives both texts back, and cuts only between signs', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', ' ', '\n', 'e\u0301', '👨‍👩‍👧', 'لا', '.', '\u0600', '1', '🇩🇪'))
      .map((parts) => parts.join(''))
    const starts = (whole: string) =>
      new Set([...new Intl.Segmenter('en').segment(whole)].map(({ index }) => index))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const runs = compareWords(before, after)
        for (const [kind, whole] of [
          ['removed', before],
          ['added', after],
        ] as const) {
          expect(join(runs, ['kept', kind])).toBe(whole)
          const known = starts(whole)
          let at = 0
          for (const one of runs)
            if (one.kind === 'kept' || one.kind === kind) {
              expect(known.has(at)).toBe(true)
              at += one.text.length
            }
        }
        expect(runs.every(({ text: part }) => part !== '')).toBe(true)
      }),
    )
  })

  it('takes long texts without comparing every pair', () => {
    const words = (name: string) => Array.from({ length: 20_000 }, (_, i) => `${name}${i}`).join(' ')
    const runs = compareWords(`same ${words('a')} end`, `same ${words('b')} end`)
    expect(runs.map(({ kind }) => kind)).toEqual(['kept', 'removed', 'added', 'kept'])
  })
})
