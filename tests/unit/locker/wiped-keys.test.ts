import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fromUtf8 } from '../../../utils/crypto/bytes'
import { generateRecoveryCode } from '../../../utils/crypto/recovery-code'
import { keyLength } from '../../../utils/crypto/wrap'
import { addSecurityKey, changePassphrase, makeRecoveryCode } from '../../../utils/locker/change-keys'
import { deletePermanently } from '../../../utils/locker/delete'
import { ingestItems, listItems } from '../../../utils/locker/items'
import { lockLocker, openLocker, unlockLocker } from '../../../utils/locker/keyring'
import { sampleId } from '../../support/sample-items'
import {
  capture,
  cell,
  cheap,
  expectValue,
  makeLocker,
  passphrase,
  relock,
  rewriteRow,
  startFresh,
  unlock,
} from './locker-under-test'

/*
 * Keys are overwritten where they are bytes. What is seen here are the very buffers that WebCrypto got as keys or as
 * the epoch's secret, those of a key's length that it sealed or opened, what Argon2 took and gave, and what was read of
 * the file with the secrets or written to it: after an act, none holds what it held.
 */

type Seen = { bytes: Uint8Array; what: string }

const next = 'gravel lantern winter orchard pebble yo-yo'
let seen: Seen[] = []

vi.mock('hash-wasm', async (load) => {
  const real = await load<typeof import('hash-wasm')>()
  const argon2id = async (ask: Parameters<typeof real.argon2id>[0]) => {
    note(ask.password, 'a passphrase')
    const key = await real.argon2id(ask)
    note(key, 'a key of a passphrase')
    return key
  }
  return { ...real, argon2id }
})

function note(bytes: unknown, what: string): void {
  if (bytes instanceof Uint8Array && bytes.some((byte) => byte !== 0)) seen.push({ bytes, what })
}

/** The buffers that still hold a key. */
const left = (): string[] =>
  seen.flatMap(({ bytes, what }) => (bytes.some((byte) => byte !== 0) ? [what] : []))

beforeEach(async () => {
  await startFresh()
  seen = []
  const { subtle } = crypto
  const importAny = subtle.importKey.bind(subtle) as (...args: unknown[]) => Promise<CryptoKey>
  vi.spyOn(subtle, 'importKey').mockImplementation((...args: unknown[]) => {
    const [format, bytes, algorithm] = args
    // A raw key of Ed25519 is a public one.
    if (format === 'pkcs8' || (format === 'raw' && algorithm !== 'Ed25519'))
      note(bytes, `a key for ${JSON.stringify(algorithm)}`)
    return importAny(...args)
  })
  const derive = subtle.deriveBits.bind(subtle)
  vi.spyOn(subtle, 'deriveBits').mockImplementation((params, key, length) => {
    const { salt, info } = params as unknown as { salt: unknown; info: Uint8Array }
    if (new TextDecoder().decode(info).startsWith('lkr/v1/kek/')) note(salt, 'the secret of an epoch')
    return derive(params, key, length ?? null)
  })
  const encrypt = subtle.encrypt.bind(subtle)
  vi.spyOn(subtle, 'encrypt').mockImplementation((params, key, data) => {
    if (data.byteLength === keyLength) note(data, 'a key that was sealed')
    return encrypt(params, key, data)
  })
  const decrypt = subtle.decrypt.bind(subtle)
  vi.spyOn(subtle, 'decrypt').mockImplementation(async (params, key, data) => {
    const opened = await decrypt(params, key, data)
    if (opened.byteLength === keyLength) note(new Uint8Array(opened), 'a key that was opened')
    return opened
  })
  watchCell()
})

/** Of what is written, only a slot with a secret: what overwrites one is no secret. */
function watchCell(): void {
  const { read, write } = cell
  cell.read = async () => {
    const file = await read()
    note(file, 'the file with the secrets')
    return file
  }
  cell.write = async (at, bytes) => {
    if (fromUtf8(bytes.subarray(0, 4)) === 'LKS1') note(bytes, 'a secret for the file')
    await write(at, bytes)
  }
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('keys that are bytes', () => {
  it('are overwritten after a locker was made, captured into, unlocked and listed', async () => {
    await makeLocker()
    expect(left()).toEqual([])
    await capture({ seed: 1 })
    expect(left()).toEqual([])
    const open = await relock()
    expect(left()).toEqual([])
    await ingestItems(open)
    await listItems(open)
    expect(await openLocker()).not.toBeNull()
    expect(left()).toEqual([])
    expect(seen.length).toBeGreaterThan(10)
    expect(new Set(seen.map(({ what }) => what)).size).toBeGreaterThan(2)
  })

  it('are overwritten after new ways in and new epochs', async () => {
    await makeLocker()
    for (const seed of [1, 2]) await capture({ seed })
    const open = await relock()
    await ingestItems(open)
    const by = { passphrase, cost: cheap }
    expectValue(await makeRecoveryCode(by))
    expect(left()).toEqual([])
    const deletion = { ...by, itemIds: [sampleId(1)] }
    expectValue(await deletePermanently(open, deletion))
    expect(left()).toEqual([])
    expectValue(await changePassphrase({ by, passphrase: next }))
    expect(left()).toEqual([])
    const securityKey = {
      credential: new Uint8Array(16).fill(1),
      input: new Uint8Array(32).fill(2),
      output: new Uint8Array(32).fill(3),
    }
    expectValue(await addSecurityKey({ by: { passphrase: next, cost: cheap }, securityKey }))
    expect(left()).toEqual([])
  })

  it('are overwritten after a passphrase that is wrong', async () => {
    await makeLocker()
    await deletePermanently(await relock(), { itemIds: [], passphrase: next, cost: cheap })
    expect(left()).toEqual([])
  })

  it('are overwritten after a recovery code, also after one that is wrong', async () => {
    await makeLocker()
    const { recoveryCode } = expectValue(await makeRecoveryCode({ passphrase, cost: cheap }))
    await lockLocker()
    const others = generateRecoveryCode()
    expect(await unlockLocker({ recoveryCode: others, cost: cheap })).toMatchObject({ ok: false })
    expect(left()).toEqual([])
    expectValue(await unlockLocker({ recoveryCode, cost: cheap }))
    expect(left()).toEqual([])
  })

  it('are overwritten where the file holds no secret of this epoch, or cannot be read or written', async () => {
    await makeLocker()
    const { read, write } = cell
    const fails = async () => {
      throw new DOMException('held', 'UnknownError')
    }
    cell.write = fails
    expect(await changePassphrase({ by: { passphrase, cost: cheap }, passphrase: next })).toMatchObject({
      ok: false,
    })
    expect(left()).toEqual([])
    cell.write = write
    cell.read = fails
    await lockLocker()
    expect(await unlock()).toMatchObject({ ok: false })
    expect(left()).toEqual([])
    cell.read = read
    await rewriteRow('meta', '0', { epoch: 7 })
    expect(await unlock()).toMatchObject({ ok: false })
    expect(left()).toEqual([])
  })
})
