import { describe, expect, it } from 'vitest'
import { fits, noFilter } from '../../../components/locker/filter'
import { plainText, prepareSearch, searchedWords } from '../../../components/locker/search-words'
import { inSlices } from '../../../utils/model/slices'
import { sampleSummary as summary } from '../../support/sample-summary'

const finds = (text: string, search: string): boolean =>
  [summary(`${text} ${search}`, { text })].some(fits({ ...noFilter, search }))

describe('a search', () => {
  it.each([
    ['composed and decomposed', 'Cafe\u0301 Zoë', 'café zoe\u0308'],
    ['without accents', 'Łukasz Gödel, Ñandú', 'godel nandu'],
    ['the same with capitals', 'STRASSE', 'straße'],
    ['sharp s', 'Straße', 'STRASSE'],
    ['Turkish dotted and dotless', 'İstanbul ışık', 'istanbul IŞIK'],
    ['full width', 'ＬＩＡＲ １２', 'liar 12'],
    ['ligatures and styled letters', 'ﬁlth 𝓵𝓲𝓪𝓻', 'filth liar'],
    ['a Greek final sigma', 'ΟΔΟΣ', 'οδος'],
    ['Cyrillic', 'ЁЛКА Ложь', 'елка ЛОЖЬ'],
    ['Armenian capitals', 'ՍՈՒՏ', 'սուտ'],
    ['Arabic with and without signs', 'كَذِبٌ وَاضِح', 'كذب واضح'],
    ['Arabic alef, yeh and teh marbuta', 'أكاذيب على صفحة', 'اكاذيب علي صفحه'],
    ['the Arabic lengthening', 'كـــاذب', 'كاذب'],
    ['Arabic presentation forms', 'ﻛﺎﺫﺏ', 'كاذب'],
    ['Persian keyboards', 'کتاب یک', 'كتاب يك'],
    ['Arabic digits', 'رقم ٠٥٥١', '0551'],
    ['Hebrew with points', 'שֶׁקֶר', 'שקר'],
    ['Burmese without spaces', 'သူမကလိမ်ညာနေသည်', 'လိမ်ညာ'],
    ['Burmese digits', '၀၉၁၂', '0912'],
    ['Hindi', 'यह झूठ है', 'झूठ'],
    ['Hindi nukta in both forms', 'क\u093c', '\u0958'],
    ['Bengali', 'মিথ্যা কথা', 'মিথ্যা'],
    ['Thai', 'เธอโกหก', 'โกหก'],
    ['Chinese', '她是骗子', '骗子'],
    ['Japanese half width', 'ｳｿ', 'ウソ'],
    ['Korean', '거짓말', '거짓'],
    ['Amharic', 'ውሸታም ነች', 'ውሸታም'],
    ['words with characters that are not seen', 'li\u200bar\u00ad', 'liar'],
    ['beyond the first plane', '𞤤𞤭𞤶𞤢𞤲', '𞤂𞤋𞤔'],
    ['emoji', 'so funny 🐍', '🐍'],
  ])('finds %s', (_, text, search) => {
    expect(finds(text, search)).toBe(true)
  })

  it.each([
    ['another Burmese vowel', 'ကာ', 'ကိ'],
    ['another Hindi vowel', 'काल', 'कील'],
    ['another Thai vowel', 'กา', 'กี'],
    ['a voiced sound for an unvoiced one', 'はか', 'ばか'],
    ['another word', 'liar', 'lair'],
  ])('does not take %s for the same', (_, text, search) => {
    expect(finds(text, search)).toBe(false)
  })

  it('finds in every place that is searched', () => {
    const item = summary('all', {
      text: 'one',
      authorName: 'Two',
      authorHandle: 'three',
      permalink: 'https://x.com/four',
      note: 'five',
    })
    const found = [item].filter(fits({ ...noFilter, search: 'ONE two three FOUR five' }))
    expect(found).toEqual([item])
  })

  it('follows what changes about an item', () => {
    expect(searchedWords(summary('changing', { note: 'before' }))).toContain('before')
    expect(searchedWords(summary('changing', { note: 'After' }))).toContain('after')
    expect(searchedWords(summary('changing', { note: 'After', text: 'Too' }))).toContain('too')
  })

  it('is made ready piece by piece, and says the same afterwards', async () => {
    const items = Array.from({ length: 3_000 }, (_, at) =>
      summary(`${at}`, { text: `Ünï ${at} ${'é'.repeat(300)}` }),
    )
    let [pauses, now] = [0, 0]
    await inSlices(prepareSearch(items), {
      clock: () => now++,
      pause: async () => {
        pauses += 1
      },
    })
    expect(pauses).toBeGreaterThan(0)
    expect(items.filter(fits({ ...noFilter, search: 'uni 2999' }))).toHaveLength(1)
  })

  it('leaves nothing to fold in what it has folded', () => {
    for (const text of ['İß ﬁ Å Ω', 'ΑΣ', 'ẞ', '\u0345Α', 'ŉ', 'ǰ', 'Straße'])
      expect(plainText(plainText(text))).toBe(plainText(text))
  })
})
