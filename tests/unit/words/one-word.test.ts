import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Words = Record<string, string | Record<string, unknown>>

/** Words that were settled otherwise in docs/adding-a-language.md, each with the one that means it. */
const unsettled: Record<string, [RegExp, string][]> = {
  es: [
    [/\breportes?\b/i, 'denuncia'],
    [/\bavisos? legal(es)?\b/i, 'notificación'],
    [/\bapel(aci[oó]n|aciones|ar)\b/i, 'recurso'],
    [/\binforme (a un servicio|al servidor)\b/i, 'denuncia'],
  ],
  ar: [
    [/تظلّ?م/, 'اعتراض'],
    [/محرف|محارف/, 'حرف'],
    [/دفعات|الدفعة/, 'جزء'],
    [/متلقّ?ي/, 'الجهة المستقبِلة'],
    [/تحرّ?ش(?! جنسي)/, 'مضايقة'],
    [/نوع الهجوم|أنواع هجوم/, 'نوع الاعتداء'],
  ],
}

function textsOf(language: string): [string, string][] {
  const locale = JSON.parse(readFileSync(`locales/${language}.json`, 'utf8')) as Words
  const shared = Object.entries(locale).filter(([key]) => key !== '@')
  const folder = 'utils/channels/data'
  const own = readdirSync(folder).map((name): [string, unknown] => {
    const { words } = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as {
      words: { title: Words; does: Words; notes: Words[] }
    }
    return [name, [words.title, words.does, ...words.notes].map((map) => map[language])]
  })
  return [...shared, ...own].map(([key, value]) => [key, JSON.stringify(value)])
}

test.each(Object.entries(unsettled))('in %s one word means one thing', (language, pairs) => {
  const wrong = textsOf(language).flatMap(([key, text]) =>
    pairs.flatMap(([pattern, settled]) => (pattern.test(text) ? [`${key}: ${pattern} is ${settled}`] : [])),
  )
  expect(wrong).toEqual([])
})

test('in Spanish the ledger lists what was filed, and an export makes a report', () => {
  const es = JSON.parse(readFileSync('locales/es.json', 'utf8')) as Words
  expect([es['locker.reports'], es['ledger.all'], es['ledger.add']].join()).toMatch(
    /^([^,]*denuncia[^,]*,?){3}$/i,
  )
  expect([es['export.reportLanguage'], es['next.wholeText'], es['files.title']].join()).toMatch(
    /^([^,]*informe[^,]*,?){3}$/i,
  )
})
