import { deflateRawSync } from 'node:zlib'
import { concatBytes, fromUtf8, toUtf8 } from '../../utils/crypto/bytes'
import { type Random, startRandom } from './random'
import { forgeBundle, listFiles, packFiles, packRaw, type RawEntry } from './sample-bundle'

type Bytes = Uint8Array<ArrayBuffer>
type Recipe = (good: Bytes, random: Random) => Bytes

const mebibyte = 1024 * 1024
/** Numbers at the edges of what a field can hold, or of what code expects. */
const edges = [0, 1, 2, 0x7fff, 0xfffe, 0xffff, 0x1_0000, 0x7fff_ffff, 0xffff_fff0, 0xffff_fffe, 0xffff_ffff]
const names = [
  '../../etc/passwd',
  '/etc/passwd',
  'C:\\Windows\\x',
  'data/../bagit.txt',
  'data//x',
  './bagit.txt',
  'BAGIT.TXT',
  'bagit.txt',
  'data/items/__proto__/item.json',
  'constructor',
  'data/\u0000x',
  'data/a\nb',
  'data/\u202egnp.exe',
  'data/con.txt',
  `data/${'x'.repeat(200)}`,
  'x'.repeat(60_000),
  '\u001b[31m',
  'data/report/report.html/..',
]
const html =
  '<!doctype html><script>globalThis.ran = 1</script><img src="http://127.0.0.1:9/" onerror="ran=1">'
const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="ran=1"><script>ran=1</script></svg>'
const xml = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'

/** Any of these in place of a value that the format expects. */
const values: ((random: Random) => unknown)[] = [
  () => null,
  () => true,
  () => [],
  () => ({}),
  () => '',
  () => html,
  () => svg,
  () => 'x'.repeat(mebibyte),
  () => '\u202e\u0000\u001b[2J\ufeff',
  () => 'javascript:ran=1',
  () => Number.MAX_SAFE_INTEGER,
  () => -1,
  () => 1.5,
  () => 1e308,
  () => ({ toString: 'x', length: 9, constructor: { prototype: { ran: 1 } } }),
  () => Array.from({ length: 20_000 }, () => 0),
  () => JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`),
  (random) => random.pick(edges),
  (random) => '٣'.repeat(random.below(3_000)),
]

function rawFiles(good: Bytes): RawEntry[] {
  return listFiles(good).map(({ name, content }) => ({ name, content }))
}

/** Both headers of one file lie about the same field. */
const lies: Recipe = (good, random) => {
  const entries = rawFiles(good)
  const victim = random.pick(entries)
  const field = random.pick(['flags', 'method', 'crc', 'packed', 'size', 'extra'] as const)
  const limit = field === 'flags' || field === 'method' ? 0xffff : field === 'extra' ? 0x7fff : 0xffff_ffff
  victim.lies = { [field]: random.pick(edges) & limit ? random.pick(edges) % limit : 0 }
  return packRaw(entries)
}

/** The table of contents says something else than the file itself: another place, size, kind. */
const contradictions: Recipe = (good, random) => {
  const entries = rawFiles(good)
  const victim = random.pick(entries)
  const field = random.pick(['madeBy', 'attributes', 'offset', 'crc', 'size', 'disk'] as const)
  const limit = field === 'madeBy' || field === 'disk' ? 0xffff : 0xffff_ffff
  const special = random.pick([(0o120777 << 16) >>> 0, (0o040755 << 16) >>> 0, 0x10, 0x08])
  const value =
    field === 'attributes' ? special : random.pick([...edges, random.below(good.length)]) % (limit + 1)
  victim.central = { [field]: value, ...(field === 'attributes' && { madeBy: 3 << 8 }) }
  return packRaw(entries)
}

const hostileNames: Recipe = (good, random) => {
  const entries = rawFiles(good)
  const broken = concatBytes(toUtf8('data/'), random.bytes(1 + random.below(20)))
  random.pick(entries).name = random.below(4) === 0 ? broken : random.pick(names)
  return packRaw(entries)
}

const endLies: Recipe = (good, random) => {
  const field = random.pick(['entries', 'size', 'offset'] as const)
  const value = random.pick([...edges, random.below(good.length)])
  const end = { [field]: field === 'entries' ? value & 0xffff : value }
  const before = random.below(3) === 0 ? random.bytes(random.below(90)) : new Uint8Array()
  const tail = random.below(3) === 0 ? random.bytes(1 + random.below(90)) : new Uint8Array()
  return packRaw(rawFiles(good), { ...end, before, tail })
}

const packedBomb = deflateRawSync(Buffer.alloc(64 * mebibyte), { level: 1 })

/** A few kilobytes that would unpack to 64 MiB, or claim 10 GB in the Zip64 way. */
const bombs: Recipe = (good, random) => {
  const entries = rawFiles(good)
  const victim = random.pick(entries)
  if (random.below(2) === 0) {
    victim.content = packedBomb
    victim.lies = { method: 8, size: 64 * mebibyte }
  } else victim.lies = { packed: 0xffff_ffff, size: 0xffff_ffff, extra: 20 }
  return packRaw(entries)
}

const isJson = (name: string) => name.endsWith('.json')

/** One value somewhere in a JSON file is replaced, added or taken away; all lists fit. */
function changeValue(value: unknown, random: Random): unknown {
  const made = random.pick(values)(random)
  if (typeof value !== 'object' || value === null) return made
  const keys = Object.keys(value)
  const key = keys.length > 0 ? random.pick(keys) : 'x'
  const inside = (value as Record<string, unknown>)[key]
  const act = random.below(6)
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>
  if (act === 0) delete copy[key]
  else if (act === 1) copy[random.pick(['__proto__x', 'constructor', 'toJSON', 'then', key])] = made
  else copy[key] = changeValue(inside, random)
  return copy
}

const hostileJson: Recipe = (good, random) =>
  forgeBundle(good, (files) => {
    const name = random.pick([...files.keys()].filter(isJson))
    const value: unknown = JSON.parse(fromUtf8(files.get(name) ?? new Uint8Array()))
    const text = JSON.stringify(changeValue(value, random)) ?? ''
    const floods = [
      () => '['.repeat(mebibyte),
      () => `[${'{},'.repeat(mebibyte)}{}]`,
      () => `{"__proto__":${text || 'null'}}`,
      () => `{"a":1,"a":2,${text.slice(1)}`,
      () => text.slice(0, random.below(text.length + 1)),
      () => `${' '.repeat(random.below(90))}${text}`,
      () => `"${'\\ud800'.repeat(99)}"`,
    ]
    files.set(name, toUtf8(random.below(4) === 0 ? random.pick(floods)() : text))
  })

/** Something that a program might show or run, under a name that the format knows. */
const active: Recipe = (good, random) =>
  forgeBundle(good, (files) => {
    const name = random.pick([...files.keys()])
    files.set(
      name,
      toUtf8(random.pick([html, svg, xml, '%PDF-1.7', 'MZ', '#!/bin/sh\nexit 1\n', 'PK\u0003\u0004'])),
    )
  })

const lists: Recipe = (good, random) => {
  const files = listFiles(good)
  const list = random.pick(files.filter(({ name }) => /manifest|bag/.test(name)))
  const text = fromUtf8(list.content)
  const lines = text.split('\n')
  const line = `${'0'.repeat(64)}  ${random.pick(names)}`
  const changes = [
    () => [...lines.slice(0, -1), line, ''].join('\n'),
    () => lines.toReversed().join('\n'),
    () => text.repeat(1 + random.below(400)),
    () => `${line}\n`.repeat(60_000 / Math.max(1, line.length / 80)),
    () => text.replaceAll('\n', '\r\n'),
    () => '\n'.repeat(random.below(mebibyte)),
    () => text.toUpperCase(),
  ]
  const changed = toUtf8(random.pick(changes)())
  return packFiles(files.map((file) => (file.name === list.name ? { ...file, content: changed } : file)))
}

/** Stretches of one bundle over another place of it. */
const splices: Recipe = (good, random) => {
  const bytes = good.slice()
  for (let i = 0; i < 1 + random.below(4); i++) {
    const length = random.below(300)
    const from = random.below(good.length - length)
    bytes.set(good.subarray(from, from + length), random.below(good.length - length))
  }
  return random.below(2) === 0 ? bytes : bytes.subarray(random.below(40), bytes.length - random.below(40))
}

const files: Recipe = (good, random) => {
  const list = listFiles(good)
  const many = Array.from({ length: random.below(9_000) }, (_, i) => ({
    name: `data/items/${i.toString(16).padStart(32, '0')}/item.json`,
    content: toUtf8(random.pick(['{}', '', '[]', 'null'])),
  }))
  const some = list.filter(() => random.below(6) > 0)
  return packFiles(random.below(5) === 0 ? [...some, ...many] : some)
}

const recipes = {
  lies,
  contradictions,
  names: hostileNames,
  end: endLies,
  bombs,
  json: hostileJson,
  active,
  lists,
  splices,
  files,
} satisfies Record<string, Recipe>

export type Hostile = { kind: string; bytes: Bytes }

/** The hostile bundle of this number, made from a good one: always the same. */
export function hostileBundle(good: Bytes, number: number): Hostile {
  const kinds = Object.entries(recipes)
  const [kind, make] = kinds[number % kinds.length] ?? ['lies', lies]
  return { kind, bytes: make(good, startRandom(number)) }
}
