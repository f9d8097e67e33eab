import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { browser } from 'wxt/browser'
import { toHex, toUtf8 } from '../../../utils/crypto/bytes'
import { keepAssessment } from '../../../utils/locker/assessments'
import { keepCase } from '../../../utils/locker/cases'
import { openDatabase } from '../../../utils/locker/database'
import { openSealingIdentity } from '../../../utils/locker/epoch'
import { binItem, listItems, openItem } from '../../../utils/locker/items'
import { lockLocker } from '../../../utils/locker/keyring'
import { changeSettings } from '../../../utils/locker/settings'
import { sampleAssessment, sampleCase, sampleId, sampleItem } from '../../support/sample-items'
import {
  capture,
  expectValue,
  makeLocker,
  passphrase,
  readWholeDatabase,
  startFresh,
  unlock,
} from './locker-under-test'

beforeEach(startFresh)

/** A text as it could lie on a disk: UTF-8, UTF-16 of both orders, and spelt in hexadecimal and base64. */
function formsOf(text: string): Buffer[] {
  const utf8 = Buffer.from(text)
  const little = Buffer.from(text, 'utf16le')
  const big = Buffer.from(little).swap16()
  const spelt = [utf8.toString('hex'), little.toString('hex')]
  // Whichever of three places in a base64 text it begins at; the ends depend on the neighbours. What is left of
  // a short text would be found by chance.
  const inBase64 = [0, 1, 2]
    .map((lead) =>
      Buffer.concat([Buffer.alloc(lead), utf8])
        .toString('base64')
        .slice(4, -4),
    )
    .filter((form) => form.length >= 8)
  return [utf8, little, big, ...[...spelt, ...inBase64].map((form) => Buffer.from(form))]
}

/** Every value in a row as bytes, names of fields included. */
function bytesOf(value: unknown): Buffer[] {
  if (value instanceof Uint8Array) return [Buffer.from(value)]
  if (Array.isArray(value)) return value.flatMap(bytesOf)
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) => [Buffer.from(name), ...bytesOf(inner)])
  }
  return [Buffer.from(String(value)), Buffer.from(String(value), 'utf16le')]
}

async function findInDatabase(texts: readonly string[]): Promise<string[]> {
  const all = (await readWholeDatabase()).map(({ store, row }) => ({
    store,
    bytes: Buffer.concat(bytesOf(row)),
  }))
  return texts.flatMap((text) =>
    all
      .filter(({ bytes }) => formsOf(text).some((form) => bytes.includes(form)))
      .map(({ store }) => `${store}: ${text}`),
  )
}

describe('after a session', () => {
  it('the database holds no word of it and no secret', async () => {
    const open = await makeLocker()
    const post = {
      text: 'Canary-of-the-text سوف نجدك',
      author: {
        handle: 'canary_handle_q7',
        name: 'Canary Name ل',
        profile: 'https://x.com/canary_handle_q7',
        id: '77700077',
      },
    }
    const { item } = await capture({ seed: 1, post })
    const note = 'canary-note-9431 أعرفه'
    expectValue(await keepAssessment({ ...open, assessment: sampleAssessment(item.id, { note }) }))
    expectValue(
      await keepCase(open, sampleCase([sampleItem({ seed: 1 })], { narrative: 'canary-narrative-55' })),
    )
    await listItems(open)
    expectValue(await openItem(open, item.id))
    expectValue(await binItem(open, item.id))
    const identity = await openSealingIdentity(open)
    const [kek] = Object.values(await browser.storage.session.get(null))
    await lockLocker()
    await capture({ seed: 2, post })
    await changeSettings({ language: 'ar' })
    expectValue(await unlock())

    const words = [
      ...Object.values(post.author),
      'Canary-of-the-text',
      'سوف نجدك',
      'canary-note-9431',
      'أعرفه',
      'canary-narrative-55',
      'May threats',
      'Nadira',
      'harassment',
      'threat-of-violence',
      'x.com',
      'screenshot',
      'image/png',
      '2024-05-1',
      'Chromium',
      'assessment',
      '<article',
    ]
    const rawKek = Buffer.from(String(kek), 'base64')
    const secrets = [
      passphrase,
      passphrase.split(' ')[3] ?? '',
      identity ?? '',
      String(kek),
      rawKek.toString('hex'),
    ]
    expect(identity).not.toBeNull()
    expect(rawKek).toHaveLength(32)
    expect(await findInDatabase([...words, ...secrets])).toEqual([])
    const everything = Buffer.concat((await readWholeDatabase()).flatMap(({ row }) => bytesOf(row)))
    expect(everything.includes(rawKek)).toBe(false)
    expect(await browser.storage.local.get(null)).toEqual({
      settings: { language: 'ar', idleMinutes: 5, asksClock: false, allowsErasing: true },
    })
  })

  it('the search would have found them', async () => {
    await openDatabase().log.put({ id: 90, leaf: toUtf8('xxcanary-in-the-logxx') })
    await openDatabase().log.put({
      id: 91,
      leaf: Uint8Array.from(Buffer.from('canary-wide', 'utf16le')),
    })
    await openDatabase().index.put({ id: toHex(toUtf8('canary-as-a-key!')), box: new Uint8Array(0) })
    await openDatabase().index.put({
      id: Buffer.from('a canary-in-base64 b').toString('base64'),
      box: new Uint8Array(0),
    })
    const found = await findInDatabase([
      'canary-in-the-log',
      'canary-wide',
      'canary-as-a-key!',
      'canary-in-base64',
    ])
    expect(found).toHaveLength(4)
  })
})

describe('the stores', () => {
  it('have keys that are random ids, no index, and lengths that are padded', async () => {
    const open = await makeLocker()
    await capture({ seed: 1 })
    await capture({ seed: 2, post: { text: 'Short.' } })
    expectValue(await keepCase(open, sampleCase([])))
    expectValue(await keepAssessment({ ...open, assessment: sampleAssessment(sampleId(1), { note: '' }) }))
    await listItems(open)
    await capture({ seed: 3 })
    for (const table of openDatabase().tables) {
      expect(table.schema.indexes, table.name).toEqual([])
      expect(table.schema.primKey.auto, table.name).toBe(false)
    }
    const all = await readWholeDatabase()
    expect(new Set(all.map(({ store }) => store))).toEqual(
      new Set(['meta', 'slots', 'inbox', 'records', 'blobs', 'rows', 'index', 'log']),
    )
    const log = all.filter(({ store }) => store === 'log').map(({ row }) => row)
    expect(log.map(({ id }) => id)).toEqual(log.map((_, place) => place))
    for (const row of log) expect([Object.keys(row).length, (row.leaf as Uint8Array).length]).toEqual([2, 32])
    for (const { store, row } of all.filter((one) => !['meta', 'log'].includes(one.store))) {
      // The index: a letter for items or rows, the first two digits of their ids, and a random version.
      expect(row.id, store).toMatch(store === 'index' ? /^[ab][0-9a-f]{30}$/ : /^[0-9a-f]{32}$/)
    }
    const records = all.filter(({ store }) => store === 'records').map(({ row }) => row)
    expect(new Set(records.map(({ meta }) => (meta as Uint8Array).length)).size).toBe(1)
    for (const { store, row } of all) {
      if (store === 'blobs') expect((row.bytes as Uint8Array).length).toBe(4_096 + 28)
      if (store === 'index') expect([0, 4_096 + 28]).toContain((row.box as Uint8Array).length)
      if (row.meta) expect(((row.meta as Uint8Array).length - 28) % 4_096).toBe(0)
    }
  })
})
