import 'fake-indexeddb/auto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { hasFailure, verifyBundle } from '../../../utils/bundle/verify'
import { toHex } from '../../../utils/crypto/bytes'
import { isUnbroken, mostKeys } from '../../../utils/custody/identity'
import { keepAssessment } from '../../../utils/locker/assessments'
import { checkLog } from '../../../utils/locker/check-log'
import { openDatabase } from '../../../utils/locker/database'
import { deletePermanently } from '../../../utils/locker/delete'
import { ingestItems, openItem } from '../../../utils/locker/items'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { readLeaves } from '../../../utils/locker/log'
import { listSigningKeys, replaceSigningKey } from '../../../utils/locker/new-signing-key'
import { proveItems } from '../../../utils/locker/prove-items'
import { forgeBundle, sampleBundle } from '../../support/sample-bundle'
import { sampleAssessment, sampleId } from '../../support/sample-items'
import { capture, cheap, expectValue, makeLocker, passphrase, startFresh, unlock } from './locker-under-test'

const secondVerifier = fileURLToPath(new URL('../../support/verify_bundle.py', import.meta.url))
const by = { passphrase, cost: cheap }
let open: OpenLocker

async function begin(): Promise<void> {
  await startFresh()
  open = await makeLocker()
  await capture({ seed: 1 })
  await ingestItems(open)
}

beforeEach(begin)

async function exportOne(itemId = sampleId(1)) {
  const proofs = expectValue(await proveItems(open, [itemId]))
  const bundle = await sampleBundle([expectValue(await openItem(open, itemId))], { proofs })
  return { bundle, identity: proofs.identity }
}

/** How many of these bundles the second verifier finds without any fault. */
function countGood(bundles: readonly Uint8Array[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'))
  try {
    const files = bundles.map((bundle, at) => {
      writeFileSync(join(folder, `${at}.zip`), bundle)
      return join(folder, `${at}.zip`)
    })
    const answers = JSON.parse(execFileSync('python3', [secondVerifier, ...files]).toString()) as {
      exit: number
    }[]
    return answers.filter(({ exit }) => exit === 0).length
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const acts = {
  key: async () => void expectValue(await replaceSigningKey(by)),
  note: async (turn: number) => {
    const assessment = sampleAssessment(sampleId(1), { note: `note ${turn}` })
    expectValue(await keepAssessment({ ...open, assessment }))
  },
  epoch: async (turn: number) => {
    await capture({ seed: `gone ${turn}` })
    const itemIds = [sampleId(`gone ${turn}`)]
    open = expectValue(await deletePermanently(open, { itemIds, ...by })).open
  },
}

describe('a new signing key', () => {
  it('keeps every bundle good, before and after, whatever happens between', {
    timeout: 120_000,
  }, async () => {
    const turns = fc.array(
      fc.constantFrom('key', 'key', 'note', 'epoch') as fc.Arbitrary<keyof typeof acts>,
      {
        minLength: 3,
        maxLength: 6,
      },
    )
    await fc.assert(
      fc.asyncProperty(turns, async (names) => {
        await begin()
        const made = [await exportOne()]
        for (const [turn, name] of names.entries()) {
          await acts[name](turn)
          made.push(await exportOne())
        }
        const wanted = 1 + names.filter((name) => name === 'key').length
        const last = made.at(-1)?.identity
        expect(last?.keys).toHaveLength(wanted)
        for (const { bundle, identity } of made) {
          // The history only grows, under one name.
          expect(identity.origin).toBe(last?.origin)
          expect(identity.keys).toEqual(last?.keys.slice(0, identity.keys.length))
          expect(await isUnbroken(identity)).toBe(true)
          const verification = await verifyBundle(bundle)
          expect(verification.statements.filter(({ result }) => result === 'fail')).toEqual([])
          expect(verification.proof?.before).toHaveLength(identity.keys.length - 1)
        }
        const words = (await listSigningKeys(open)).map((one) => one.words)
        const proof = (await verifyBundle(made.at(-1)?.bundle ?? new Uint8Array())).proof
        expect([...(proof?.before ?? []), proof?.key]).toEqual(words)
        expect(new Set(words).size).toBe(wanted)
        expect(await checkLog(open)).toEqual({ isChanged: false, unknown: 0, removed: 0 })
        expect(countGood(made.map(({ bundle }) => bundle))).toBe(made.length)
      }),
      { numRuns: 4 },
    )
  })

  it('is the one that signs after the next unlock, too, and both are in what people read', async () => {
    const before = await listSigningKeys(open)
    const { keys } = expectValue(await replaceSigningKey(by))
    expect(keys.slice(0, 1)).toEqual(before)
    open = expectValue(await unlock())
    expect(await listSigningKeys(open)).toEqual(keys)
    const { bundle } = await exportOne()
    const text = new TextDecoder().decode(bundle)
    const readme = text.slice(0, text.indexOf('"captured"'))
    const report = text.slice(text.indexOf('<html'))
    for (const { words } of keys)
      expect([readme.includes(words), report.includes(words)]).toEqual([true, true])
  })

  it('is believed only as the one that the key before it signed', async () => {
    expectValue(await replaceSigningKey(by))
    const { bundle } = await exportOne()
    const change = (from: RegExp, to: string) =>
      forgeBundle(bundle, (files) => {
        const name = 'proof/identity.json'
        const text = new TextDecoder().decode(files.get(name))
        expect(text).toMatch(from)
        files.set(name, new TextEncoder().encode(text.replace(from, to)))
      })
    const forged = [
      change(/"signature":"[0-9a-f]{8}/, '"signature":"00000000'),
      change(/\{[^{}]*null\},/, ''),
    ]
    for (const one of forged) expect(hasFailure(await verifyBundle(one))).toBe(true)
    expect(countGood([bundle, ...forged])).toBe(1)
  })

  it('changes nothing when the proof is wrong, or when it cannot be stored whole', async () => {
    const keys = await listSigningKeys(open)
    const leaves = async () => (await readLeaves()).leaves.map(toHex)
    const before = await leaves()
    const refused = await replaceSigningKey({ ...by, passphrase: 'another gravel ledger mossy tiptop urn' })
    expect(refused.ok ? null : refused.problem.code).toBe('wrong-passphrase')
    const { meta } = openDatabase()
    const refuse = () => {
      throw new Error('no room')
    }
    meta.hook('updating', refuse)
    const cut = await replaceSigningKey(by).catch(() => ({ ok: false }))
    meta.hook('updating').unsubscribe(refuse)
    expect(cut.ok).toBe(false)
    expect(await leaves()).toEqual(before)
    expect(await listSigningKeys(open)).toEqual(keys)
    await openDatabase().meta.update('0', { signing: new Uint8Array(92) })
    const damaged = await replaceSigningKey(by)
    expect(damaged.ok ? null : damaged.problem.code).toBe('cannot-sign')
  })

  it('is the last after a hundred', { timeout: 60_000 }, async () => {
    for (let count = 1; count < mostKeys; count++) expectValue(await replaceSigningKey(by))
    const { bundle } = await exportOne()
    expect(hasFailure(await verifyBundle(bundle))).toBe(false)
    const one = await replaceSigningKey(by)
    expect(one.ok ? null : one.problem.code).toBe('too-many-keys')
    expect(await listSigningKeys(open)).toHaveLength(mostKeys)
  })
})
