import type { Reason, StatementId } from '../../utils/bundle/verification'
import { fromUtf8, toUtf8 } from '../../utils/crypto/bytes'
import { canonicalBytes } from '../../utils/crypto/canonical-json'
import { sampleBytes, sampleId, sampleItem, samplePart } from './sample-items'

type Bytes = Uint8Array<ArrayBuffer>
export type Files = Map<string, Bytes>
// What a test does to parsed JSON.
type Json = { [key: string]: Json } & Json[] & string

/** Where the first sample item lies. */
const folder = `data/items/${sampleItem().item.id}`

function read(files: Files, name: string): Bytes {
  const content = files.get(name)
  if (!content) throw new Error(`no ${name}`)
  return content
}

/** Edits one file as text. */
export function editText(name: string, edit: (text: string) => string) {
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

/** Sets one field of the first sample item's facts. */
export const editItem = (path: string, to: unknown) =>
  editJson(`${folder}/item.json`, (value) => set(value, path, to))
const editCase = (path: string, to: unknown) => editJson('data/case.json', (value) => set(value, path, to))

/** Changes that leave every list right, so that only the meaning is wrong. */
export const forgeries: [string, (files: Files) => unknown, StatementId, string, Reason][] = [
  ['an unknown field', editItem('mood', 1), 'item-well-formed', `${folder}/item.json`, 'schema'],
  [
    'a missing field',
    editItem('post.author', undefined),
    'item-well-formed',
    `${folder}/item.json`,
    'schema',
  ],
  [
    'a fraction',
    editItem('captured.monotonicMs', 1.5),
    'item-well-formed',
    `${folder}/item.json`,
    'not-canonical',
  ],
  [
    'a script address',
    editItem('page.address', 'javascript:x'),
    'item-well-formed',
    `${folder}/item.json`,
    'schema',
  ],
  [
    'an unknown outcome of a second look',
    editItem('recheck', { itemId: sampleId('first'), outcome: 'gone' }),
    'item-well-formed',
    `${folder}/item.json`,
    'schema',
  ],
  [
    'a source without its verdict',
    editItem('collection.sources', [{ fact: 'posted', source: 'id', value: '1' }]),
    'item-well-formed',
    `${folder}/item.json`,
    'schema',
  ],
  [
    'a place in a group below the first',
    editItem('group', { id: sampleId('group'), kind: 'thread', position: -1 }),
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

/** Changes to a list, each with the reason it is refused for. */
export const badLists: [string, (text: string) => string, Reason][] = [
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
