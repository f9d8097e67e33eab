// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { emptyReading } from '../../../utils/platforms/dom'
import { saidInLabel, saidInTime, saidInWords, statementsOn } from '../../../utils/platforms/said-twice'

const reading = {
  ...emptyReading('threads', 'post'),
  text: 'We know her school.\n\nWait there.',
  author: { handle: 'rex_underhill', name: 'Rex', profile: null, id: null },
}

describe('statements', () => {
  it('are kept of facts that the reading has, each once', () => {
    const said = statementsOn(reading, [
      { fact: 'handle', source: 'profile', value: 'loud_lars' },
      { fact: 'handle', source: 'profile', value: 'loud_lars' },
      { fact: 'name', source: 'label', value: null },
      { fact: 'author-id', source: 'embedded-data', value: '77' },
      { fact: 'posted', source: 'id', value: '2026-11-13T09:00:00.000Z' },
    ])
    expect(said).toEqual([{ fact: 'handle', source: 'profile', value: 'loud_lars' }])
  })

  it('take a handle written otherwise for the same', () => {
    expect(statementsOn(reading, [{ fact: 'handle', source: 'meta', value: 'Rex_Underhill' }])).toEqual([
      { fact: 'handle', source: 'meta', value: 'rex_underhill' },
    ])
  })
})

describe('a label', () => {
  it('says the shown name when it contains it, in any language and with marks of direction', () => {
    expect(saidInLabel('View Rex’s profile', 'Rex')).toBe('Rex')
    expect(saidInLabel('صورة ملف \u2068حيدر  الصوت\u2069 الشخصي', 'حيدر الصوت')).toBe('حيدر الصوت')
  })

  it('says itself when it names somebody else, and nothing when there is none', () => {
    expect(saidInLabel('View Lars’s profile', 'Rex')).toBe('View Lars’s profile')
    for (const [label, shown] of [
      [null, 'Rex'],
      [' ', 'Rex'],
      ['View', null],
      ['View', ''],
    ] as const)
      expect(saidInLabel(label, shown)).toBeNull()
  })
})

describe('words in another place', () => {
  it('are those of the reading when white space alone differs', () => {
    expect(saidInWords('We know her school. Wait there.', reading)).toBe(reading.text)
  })

  it('stay as they are when others stand there, also when the page has lost its last sentence', () => {
    expect(saidInWords('We know his school. Wait there.', reading)).toBe('We know his school. Wait there.')
    expect(saidInWords('We know her school. Wait there. At seven.', reading)).toBe(
      'We know her school. Wait there. At seven.',
    )
  })

  it('agree with a cut text that they begin with, and not with another', () => {
    const cut = { ...reading, text: 'We know her …', isTruncated: true }
    expect(saidInWords('We know her school. Wait there.', cut)).toBe('We know her …')
    expect(saidInWords('We know his school.', cut)).toBe('We know his school.')
  })

  it('say nothing where either has none', () => {
    expect(saidInWords(null, reading)).toBeNull()
    expect(saidInWords(' ', reading)).toBeNull()
    expect(saidInWords('words', { ...reading, text: null })).toBeNull()
  })
})

it('takes a moment for the shown one inside the span alone', () => {
  const shown = '2026-11-13T09:00:00.000Z'
  const span = { beforeMs: 60_000, afterMs: 1_000 }
  expect(saidInTime('2026-11-13T08:59:00.000Z', shown, span)).toBe(shown)
  expect(saidInTime('2026-11-13T09:00:01.000Z', shown, span)).toBe(shown)
  expect(saidInTime('2026-11-13T08:58:59.999Z', shown, span)).toBe('2026-11-13T08:58:59.999Z')
  expect(saidInTime('2026-11-13T09:00:01.001Z', shown, span)).toBe('2026-11-13T09:00:01.001Z')
  expect(saidInTime(null, shown, span)).toBeNull()
  expect(saidInTime(shown, null, span)).toBeNull()
})
