import { describe, expect, it } from 'vitest'
import { describeNotProved, describeStatement } from '../../../utils/bundle/describe'
import type { Reason, Statement, StatementId } from '../../../utils/bundle/verification'
import { notProvedIds } from '../../../utils/bundle/verification'
import { hasFailure, verifyBundle } from '../../../utils/bundle/verify'
import { fromUtf8, toUtf8 } from '../../../utils/crypto/bytes'
import { canonicalBytes } from '../../../utils/crypto/canonical-json'
import { wordsFor } from '../../../utils/words/translate'
import { forgeBundle, listFiles, packFiles, sampleBundle } from '../../support/sample-bundle'
import { sampleBytes, sampleId, sampleItem, samplePart } from '../../support/sample-items'

type Bytes = Uint8Array<ArrayBuffer>
type Files = Map<string, Bytes>
// What a test does to parsed JSON.
type Json = { [key: string]: Json } & Json[] & string

const folder = `data/items/${sampleItem().item.id}`

function failures(statements: readonly Statement[]): Statement[] {
  return statements.filter((statement) => statement.result === 'fail')
}

function read(files: Files, name: string): Bytes {
  const content = files.get(name)
  if (!content) throw new Error(`no ${name}`)
  return content
}

function editText(name: string, edit: (text: string) => string) {
  return (files: Files) => files.set(name, toUtf8(edit(fromUtf8(read(files, name)))))
}

function editJson(name: string, edit: (value: Json) => void) {
  return (files: Files) => {
    const value = JSON.parse(fromUtf8(read(files, name))) as Json
    edit(value)
    files.set(name, canonicalBytes(value))
  }
}

function set(value: Json, path: string, to: unknown): void {
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let at = value
  for (const key of keys) at = at[key] as Json
  Object.assign(at, { [last]: to })
}

const editItem = (path: string, to: unknown) =>
  editJson(`${folder}/item.json`, (value) => set(value, path, to))
const editCase = (path: string, to: unknown) => editJson('data/case.json', (value) => set(value, path, to))

/** Changes that leave every list right, so that only the meaning is wrong. */
const forged: [string, (files: Files) => unknown, StatementId, string, Reason][] = [
  ['an unknown field', editItem('mood', 1), 'item-well-formed', `${folder}/item.json`, 'schema'],
  [
    'a missing field',
    editItem('post.author', undefined),
    'item-well-formed',
    `${folder}/item.json`,
    'schema',
  ],
  ['a fraction', editItem('captured.monotonicMs', 1.5), 'item-well-formed', `${folder}/item.json`, 'schema'],
  [
    'a script address',
    editItem('page.address', 'javascript:x'),
    'item-well-formed',
    `${folder}/item.json`,
    'schema',
  ],
  ['another id', editItem('id', sampleId('z')), 'item-well-formed', `${folder}/item.json`, 'id-differs'],
  [
    'space in the facts',
    editText(`${folder}/item.json`, (text) => text.replace(':', ': ')),
    'item-well-formed',
    `${folder}/item.json`,
    'not-canonical',
  ],
  [
    'a changed picture',
    (files) => files.set(`${folder}/page.png`, sampleBytes(1, 90)),
    'item-well-formed',
    `${folder}/page.png`,
    'size-differs',
  ],
  [
    'changed words',
    editText(`${folder}/text.txt`, (text) => text.replace('Everybody', 'everybody')),
    'item-well-formed',
    `${folder}/text.txt`,
    'digest-differs',
  ],
  [
    'a missing part',
    (files) => files.delete(`${folder}/text.txt`),
    'item-well-formed',
    `${folder}/text.txt`,
    'file-missing',
  ],
  [
    'missing facts',
    (files) => files.delete(`${folder}/item.json`),
    'item-well-formed',
    `${folder}/item.json`,
    'file-missing',
  ],
  [
    'a part that is not listed',
    (files) => files.set(`${folder}/more.txt`, toUtf8('x')),
    'item-well-formed',
    `${folder}/more.txt`,
    'part-not-listed',
  ],
  [
    'a part listed twice',
    editJson(`${folder}/item.json`, (value) => (value.parts as Json).push((value.parts as Json)[0] as Json)),
    'item-well-formed',
    `${folder}/screenshot.png`,
    'part-twice',
  ],
  [
    'a part with a reserved name',
    editJson(`${folder}/item.json`, (value) => {
      const { record } = samplePart(
        { name: 'salt.txt', role: 'text', mediaType: 'text/plain' },
        sampleBytes(1, 4),
      )
      ;(value.parts as Json).push(record as unknown as Json)
    }),
    'item-well-formed',
    `${folder}/salt.txt`,
    'name-reserved',
  ],
  [
    'upper-case salt',
    editText(`${folder}/salt.txt`, (text) => text.toUpperCase()),
    'item-well-formed',
    `${folder}/salt.txt`,
    'salt-malformed',
  ],
  [
    'no salt',
    (files) => files.delete(`${folder}/salt.txt`),
    'item-well-formed',
    `${folder}/salt.txt`,
    'file-missing',
  ],
  [
    "another item's assessment",
    editJson(`${folder}/assessment.json`, (value) => set(value, 'itemId', sampleId('z'))),
    'item-well-formed',
    `${folder}/assessment.json`,
    'id-differs',
  ],
  [
    'an assessment with an unknown type',
    editJson(`${folder}/assessment.json`, (value) => set(value, 'types', ['envy'])),
    'item-well-formed',
    `${folder}/assessment.json`,
    'schema',
  ],
  [
    'an item too many in the case',
    editCase('itemIds', [sampleItem().item.id, sampleId('z')]),
    'case-consistent',
    'data/case.json',
    'items-differ',
  ],
  [
    'an item too few in the case',
    editCase('itemIds', []),
    'case-consistent',
    'data/case.json',
    'items-differ',
  ],
  ['a contact in the case', editCase('email', 'a@b.example'), 'case-consistent', 'data/case.json', 'schema'],
  [
    'another day',
    editCase('madeAt', '2024-05-16T10:00:00.000Z'),
    'case-consistent',
    'bag-info.txt',
    'bag-info-differs',
  ],
  ['another version', editCase('tool.version', '9'), 'case-consistent', 'bag-info.txt', 'bag-info-differs'],
  ['no case', (files) => files.delete('data/case.json'), 'case-consistent', 'data/case.json', 'file-missing'],
  [
    'no report',
    (files) => files.delete('data/report/report.html'),
    'report-present',
    'data/report/report.html',
    'file-missing',
  ],
  [
    'a report for another channel',
    (files) => files.set('data/report/other/submission.txt', toUtf8('x')),
    'report-present',
    'data/report/other/submission.txt',
    'unknown-file',
  ],
  [
    'a report that is not canonical',
    editText('data/report/x-abuse-form/submission.json', (text) => `${text}\n`),
    'report-present',
    'data/report/x-abuse-form/submission.json',
    'not-canonical',
  ],
  [
    'a file nobody knows',
    (files) => files.set('data/extra.txt', toUtf8('x')),
    'bag-complete',
    'data/extra.txt',
    'unknown-file',
  ],
  [
    'another declaration',
    editText('bagit.txt', (text) => text.replace('1.0', '0.97')),
    'bag-complete',
    'bagit.txt',
    'declaration-differs',
  ],
  [
    'capture before the post',
    editItem('captured.utc', '2024-05-13T08:00:00.000Z'),
    'capture-time',
    folder,
    'captured-before-posted',
  ],
  [
    'capture after the bundle',
    editItem('captured.utc', '2024-05-15T10:06:00.000Z'),
    'capture-time',
    folder,
    'captured-after-made',
  ],
  [
    'a day that is none',
    editItem('captured.utc', '2024-02-30T08:00:00.000Z'),
    'capture-time',
    folder,
    'time-unreadable',
  ],
  [
    'the platform at another time',
    editItem('captured.platformDate', 'Tue, 14 May 2024 09:30:12 GMT'),
    'capture-time',
    folder,
    'clock-differs',
  ],
  [
    'a platform date in no known form',
    editItem('captured.platformDate', 'yesterday'),
    'capture-time',
    folder,
    'time-unreadable',
  ],
]

describe('verifyBundle', () => {
  it('passes a good bundle, statement by statement', async () => {
    const verification = await verifyBundle(await sampleBundle())
    expect(verification.isBundle).toBe(true)
    expect(verification.statements.map(({ id, result }) => `${id} ${result}`)).toEqual([
      'container-canonical pass',
      'bag-complete pass',
      'files-intact pass',
      'tags-intact pass',
      'case-consistent pass',
      'item-well-formed pass',
      'report-present pass',
      'capture-time pass',
      'signed-by absent',
      'logged absent',
      'time-anchored absent',
    ])
    expect(verification.items).toEqual([
      {
        id: sampleItem().item.id,
        capturedAt: '2024-05-14T07:30:12.345Z',
        permalink: 'https://x.com/harrow_blackmoor/status/1790000000000000001',
      },
    ])
  })

  it('says the same of a Blob', async () => {
    const bundle = await sampleBundle()
    expect(await verifyBundle(new Blob([bundle]))).toEqual(await verifyBundle(bundle))
  })

  it('reads files larger than its window', async () => {
    const record = { name: 'page.png', role: 'page', mediaType: 'image/png' } as const
    const item = sampleItem({ parts: [samplePart(record, sampleBytes('large', 2_500_000))] })
    const bundle = await sampleBundle([item])
    expect(hasFailure(await verifyBundle(new Blob([bundle])))).toBe(false)
    bundle[2_000_000] = (bundle[2_000_000] ?? 0) ^ 8
    const named = failures((await verifyBundle(new Blob([bundle]))).statements).map((found) => found.subject)
    expect(new Set(named)).toEqual(new Set([`data/items/${item.item.id}/page.png`]))
  })

  it.each(forged)('sees %s though all lists fit', async (_, change, id, subject, detail) => {
    const bundle = await sampleBundle([sampleItem({ assessment: {} })])
    const verification = await verifyBundle(forgeBundle(bundle, change))
    expect(failures(verification.statements)).toContainEqual({ id, result: 'fail', subject, detail })
    const intact = verification.statements.filter(
      (found) => found.id === 'files-intact' || found.id === 'tags-intact',
    )
    expect(intact.map((found) => found.result)).toEqual(['pass', 'pass'])
  })

  it('does not see a forgery that is right in everything, and says so', async () => {
    const bundle = await sampleBundle()
    const other = forgeBundle(bundle, editItem('captured.utc', '2024-05-14T09:00:00.000Z'))
    const verification = await verifyBundle(other)
    expect(hasFailure(verification)).toBe(false)
    expect(verification.statements).toContainEqual({
      id: 'signed-by',
      result: 'absent',
      subject: null,
      detail: 'not-in-this-version',
    })
    expect(verification.notProved).toEqual(notProvedIds)
  })

  it('says nothing about the time of a post that shows none', async () => {
    const posted = { asShown: null, iso: null, from: null, to: null, precision: null, source: null }
    const verification = await verifyBundle(await sampleBundle([sampleItem({ post: { posted } })]))
    expect(verification.statements.find(({ id }) => id === 'capture-time')).toMatchObject({
      result: 'absent',
      detail: 'no-posted-time',
    })
  })

  it('takes the beginning of the window of an age', async () => {
    const window = { from: '2024-05-14T06:00:00.000Z', to: '2024-05-14T08:00:00.000Z' }
    const posted = { asShown: '1h', iso: null, ...window, precision: 'hour', source: 'relative' } as const
    expect(hasFailure(await verifyBundle(await sampleBundle([sampleItem({ post: { posted } })])))).toBe(false)
  })
})

const badLists: [string, (text: string) => string, Reason][] = [
  [
    'upper-case digits',
    (text) => text.replace(/^[0-9a-f]{64}/, (digest) => digest.toUpperCase()),
    'line-malformed',
  ],
  ['one space', (text) => text.replace('  ', ' '), 'line-malformed'],
  ['the mark of binary mode', (text) => text.replace('  ', ' *'), 'line-malformed'],
  ['Windows line ends', (text) => text.replaceAll('\n', '\r\n'), 'line-malformed'],
  ['no last line end', (text) => text.slice(0, -1), 'line-malformed'],
  ['an empty line', (text) => `${text}\n`, 'line-malformed'],
  ['a comment', (text) => `# list\n${text}`, 'line-malformed'],
  ['nothing in it', () => '', 'line-malformed'],
  ['a line twice', (text) => `${text}${text.split('\n')[0]}\n`, 'listed-twice'],
  ['a line less', (text) => text.slice(text.indexOf('\n') + 1), 'not-listed'],
  ['a file too many', (text) => `${text}${'0'.repeat(64)}  data/no.txt\n`, 'listed-not-there'],
  ['another order', (text) => `${text.trim().split('\n').reverse().join('\n')}\n`, 'order-differs'],
]

describe('a list', () => {
  it.each(badLists)('with %s is refused', async (_, edit, detail) => {
    for (const [name, id] of [
      ['manifest-sha256.txt', 'bag-complete'],
      ['tagmanifest-sha256.txt', 'tags-intact'],
    ] as const) {
      const files: Files = new Map(listFiles(await sampleBundle()).map((file) => [file.name, file.content]))
      editText(name, edit)(files)
      const packed = packFiles([...files].map(([file, content]) => ({ name: file, content })))
      const found = failures((await verifyBundle(packed)).statements)
      expect(found.map((statement) => `${statement.id} ${statement.detail}`)).toContain(`${id} ${detail}`)
    }
  })

  it('of another form in bag-info.txt is refused', async () => {
    const edits: [(text: string) => string, Reason][] = [
      [(text) => text.replace(/Oxum: (\d)/, 'Oxum: 9$1'), 'oxum-differs'],
      [(text) => text.replace('Oxum: ', 'Oxum: 0'), 'bag-info-malformed'],
      [(text) => text.replace('Bundle-Version: 1', 'Bundle-Version: 2'), 'bag-info-malformed'],
      [(text) => `${text}More: 1\n`, 'bag-info-malformed'],
    ]
    for (const [edit, detail] of edits) {
      const files: Files = new Map(listFiles(await sampleBundle()).map((file) => [file.name, file.content]))
      editText('bag-info.txt', edit)(files)
      const packed = packFiles([...files].map(([name, content]) => ({ name, content })))
      expect(failures((await verifyBundle(packed)).statements)).toContainEqual({
        id: 'bag-complete',
        result: 'fail',
        subject: 'bag-info.txt',
        detail,
      })
    }
  })
})

describe('the words of a verification', () => {
  it('are one line a statement, with file and reason', async () => {
    const bundle = forgeBundle(await sampleBundle(), (files) => files.delete('data/report/report.html'))
    const { statements } = await verifyBundle(bundle)
    const lines = statements.map((statement) => describeStatement(statement, wordsFor('en')))
    expect(lines).toContain(
      'FAIL: The report is here, to read and to send. [data/report/report.html] This file is missing.',
    )
    for (const line of lines) expect(line).not.toMatch(/[\n{}]/)
  })

  it('are there in Arabic', async () => {
    const verification = await verifyBundle(await sampleBundle())
    const words = wordsFor('ar')
    const lines = verification.statements.map((statement) => describeStatement(statement, words))
    for (const line of [...lines, ...describeNotProved(verification, words)])
      expect(line).toMatch(/[\u0600-\u06ff]/)
    expect(describeNotProved(verification, words)).toHaveLength(5)
  })
})
