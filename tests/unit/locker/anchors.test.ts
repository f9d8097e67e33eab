import 'fake-indexeddb/auto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { readAnchorRequest, writeAnchorRequest } from '../../../utils/bundle/anchor-request'
import { checkBundle } from '../../../utils/bundle/read-items'
import type { Statement, Verification } from '../../../utils/bundle/verification'
import { verifyBundle } from '../../../utils/bundle/verify'
import { concatBytes, fromHex, toUtf8 } from '../../../utils/crypto/bytes'
import { sha256Bytes } from '../../../utils/crypto/digest'
import { askForAnchor, keepAnswer, listAnchors } from '../../../utils/locker/anchors'
import { writeBackup } from '../../../utils/locker/backup'
import { openItem } from '../../../utils/locker/items'
import type { OpenLocker } from '../../../utils/locker/keyring'
import { proveItems } from '../../../utils/locker/prove-items'
import { receiveBundle } from '../../../utils/locker/receive-bundle'
import { restoreBackup } from '../../../utils/locker/restore'
import { wordsFor } from '../../../utils/words/translate'
import { forgeBundle, sampleBundle } from '../../support/sample-bundle'
import { sampleId } from '../../support/sample-items'
import { makeStampAuthority } from '../../support/stamp-authority'
import { capture, expectValue, makeLocker, startFresh } from './locker-under-test'

const authority = makeStampAuthority()
afterAll(authority.close)

const now = new Date('2026-11-20T10:00:00.000Z')
let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
  await capture({ seed: 1 })
})

/** What a courier does: carries the file away, has it stamped, brings the answer back. */
async function stampLog(): Promise<Uint8Array<ArrayBuffer>> {
  const asked = expectValue(await askForAnchor(open, now))
  const file = await writeAnchorRequest({ ...asked, words: wordsFor('en') })
  const request = await readAnchorRequest(file)
  return authority.answer(request?.question ?? toUtf8(''))
}

/** A proof of OpenTimestamps over these bytes: a promise alone, or with a path that ends in a block. */
async function otsOf(stamped: string, height: 'promise' | 'block'): Promise<Uint8Array<ArrayBuffer>> {
  const head = fromHex('004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e892940108')
  const digest = await sha256Bytes(toUtf8(stamped))
  const calendar = 'https://calendar.example'
  const address = concatBytes(Uint8Array.of(calendar.length), toUtf8(calendar))
  const promise = concatBytes(fromHex('0083dfe30d2ef90c8e'), Uint8Array.of(address.length), address)
  const block = fromHex('08000588960d73d7190103b3ed37')
  return height === 'promise'
    ? concatBytes(head, digest, promise)
    : concatBytes(head, digest, fromHex('ff'), promise, block)
}

async function bundleOf(ids: readonly string[], change?: (name: string, bytes: Uint8Array) => void) {
  const proofs = expectValue(await proveItems(open, ids))
  for (const { answers } of proofs.anchors) for (const { form, bytes } of answers) change?.(form, bytes)
  const items = await Promise.all(ids.map(async (id) => expectValue(await openItem(open, id))))
  return sampleBundle(items, { proofs })
}

const about = (statements: readonly Statement[]) =>
  statements
    .filter(({ id, result }) => id === 'time-anchored' || result === 'fail')
    .map(({ id, result, subject, detail }) => [id, result, subject, detail])

const key = {
  kind: 'passphrase',
  passphrase: 'quartz lantern oboe drift pebble nine',
  workFactor: 2,
} as const

async function backUp(): Promise<Blob> {
  const { stream } = expectValue(await writeBackup(open, { to: key, madeAt: now }))
  return new Response(stream).blob()
}

async function restore(file: Blob): Promise<void> {
  expectValue(await restoreBackup(open, { file: file.stream(), key }))
}

/** Brings a bundle in, whatever its check says. */
async function takeIn(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const { bundle } = await checkBundle(bytes)
  if (!bundle) throw new Error('No bundle')
  const { madeAt, itemIds, readItem } = bundle
  const facts = { file: 'ab'.repeat(32), madeAt, signer: null, failures: [] }
  const proofs = (await bundle.readProofs()) ?? []
  const receive = { bundle: { facts, itemIds, places: {}, proofs, readItem }, at: now }
  expectValue(await receiveBundle(open, receive))
}

/** What the second verifier says of a bundle. */
function secondAnswer(bundle: Uint8Array): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'anchors-'))
  const file = join(folder, 'bundle.zip')
  writeFileSync(file, bundle)
  const program = fileURLToPath(new URL('../../support/verify_bundle.py', import.meta.url))
  const [answer] = JSON.parse(execFileSync('python3', [program, file]).toString())
  rmSync(folder, { recursive: true })
  return answer
}

/** What is said of stamps of earlier logs. */
const stamped = ({ statements }: Verification) =>
  statements
    .filter(({ id, subject }) => id === 'time-anchored' && subject?.startsWith('data/earlier/'))
    .map(({ result, subject }) => `${result} ${subject}`)

describe('anchors', () => {
  it('that a courier brought back go with every later bundle, and hold there', async () => {
    const stamp = await stampLog()
    expect(expectValue(await keepAnswer(open, stamp, now))).toMatchObject({
      form: 'rfc3161',
      authority: 'Invented Clock (stamps)',
    })
    await capture({ seed: 2 })
    const bundle = await bundleOf([sampleId(1), sampleId(2)])
    const { statements, proof } = await verifyBundle(bundle)
    const path = 'proof/anchors/1-1.tsr'
    expect(about(statements)).toEqual([['time-anchored', 'pass', path, null]])
    const [seen] = proof?.anchors ?? []
    expect(seen).toMatchObject({ path, stamp: { authority: 'Invented Clock (stamps)', chain: 'complete' } })
    // The first capture was there when it was stamped, the second was not.
    expect(proof?.places[sampleId(1)]).toBeLessThan(seen?.size ?? 0)
    expect(proof?.places[sampleId(2)]).toBeGreaterThanOrEqual(seen?.size ?? 0)
    const files = unzipSync(bundle)
    const [checkpoint, answer] = [files['proof/anchors/1.checkpoint'], files[path]]
    expect(authority.isVerifiedByOpenssl(answer ?? toUtf8(''), checkpoint ?? toUtf8(''))).toBe(true)
  })

  it('say nothing of items that came later, and are not in a bundle of those alone', async () => {
    expectValue(await keepAnswer(open, await stampLog(), now))
    await capture({ seed: 2 })
    const { statements } = await verifyBundle(await bundleOf([sampleId(2)]))
    expect(about(statements)).toEqual([['time-anchored', 'absent', null, 'no-anchors']])
  })

  it('by OpenTimestamps prove no time by themselves, and lead to the block to compare', async () => {
    const { checkpoint } = expectValue(await askForAnchor(open, now))
    expectValue(await keepAnswer(open, await otsOf(checkpoint, 'promise'), now))
    expectValue(await keepAnswer(open, await otsOf(checkpoint, 'block'), now))
    const { statements, proof } = await verifyBundle(await bundleOf([sampleId(1)]))
    expect(about(statements)).toEqual([
      ['time-anchored', 'absent', 'proof/anchors/1-1.ots', 'stamp-pending'],
      ['time-anchored', 'absent', 'proof/anchors/1-2.ots', 'block-not-compared'],
    ])
    expect(proof?.anchors[1]?.blocks.map(({ height }) => height)).toEqual([915_123])
  })

  it('are refused when they stamp something else; the same one twice is kept once', async () => {
    const stamp = await stampLog()
    expectValue(await keepAnswer(open, stamp, now))
    expectValue(await keepAnswer(open, stamp, now))
    const other = await otsOf('another checkpoint', 'promise')
    for (const strange of [other, toUtf8('no stamp'), stamp.slice(1)])
      expect(await keepAnswer(open, strange, now)).toMatchObject({
        ok: false,
        problem: { code: 'anchor-unknown' },
      })
    expect((await listAnchors(open)).map(({ anchor }) => anchor.answers.length)).toEqual([1])
  })

  it('of a log come back with a backup, or with a bundle, and leave with what they say something of', async () => {
    expectValue(await keepAnswer(open, await stampLog(), now))
    await capture({ seed: 2 })
    const sent = await bundleOf([sampleId(1), sampleId(2)])
    let file = await backUp()
    // Through two restores; then by way of a bundle to somebody else.
    for (const _ of [1, 2]) {
      await startFresh()
      open = await makeLocker()
      await restore(file)
      file = await backUp()
    }
    const both = await verifyBundle(await bundleOf([sampleId(1), sampleId(2)]))
    const [first] = stamped(both)
    expect(first).toMatch(/^pass data\/earlier\/[12]\/anchors\/1-1\.tsr$/)
    expect(stamped(both)).toHaveLength(1)
    expect(both.statements.filter(({ result }) => result === 'fail')).toEqual([])
    expect(both.earlier.flatMap(({ anchors }) => anchors).map(({ stamp }) => stamp?.authority)).toEqual([
      'Invented Clock (stamps)',
    ])
    // The second item was not there yet when the log was stamped.
    expect(stamped(await verifyBundle(await bundleOf([sampleId(2)])))).toEqual([])
    const again = await bundleOf([sampleId(1)])
    expect(secondAnswer(again)).toEqual({ exit: 0, failed: [] })
    for (const bundle of [sent, again]) {
      await startFresh()
      open = await makeLocker()
      await takeIn(bundle)
      const verification = await verifyBundle(await bundleOf([sampleId(1)]))
      expect(verification.statements.filter(({ result }) => result === 'fail')).toEqual([])
      expect(stamped(verification)).toHaveLength(1)
    }
  })

  it('of an earlier log that were changed are left behind, and told where they were changed in a bundle', async () => {
    expectValue(await keepAnswer(open, await stampLog(), now))
    const file = await backUp()
    await startFresh()
    open = await makeLocker()
    await restore(file)
    const bundle = await bundleOf([sampleId(1)])
    const path = 'data/earlier/1/anchors/1-1.tsr'
    const forged = forgeBundle(bundle, (files) => {
      const answer = files.get(path)?.slice() ?? new Uint8Array(9)
      answer[answer.length - 5] = (answer.at(-5) ?? 0) ^ 1
      files.set(path, answer)
    })
    expect(stamped(await verifyBundle(forged))).toEqual([`fail ${path}`])
    await startFresh()
    open = await makeLocker()
    await takeIn(forged)
    const verification = await verifyBundle(await bundleOf([sampleId(1)]))
    expect(verification.statements.filter(({ result }) => result === 'fail')).toEqual([])
    expect(stamped(verification)).toEqual([])
    expect(verification.earlier).toHaveLength(2)
  })

  it('that were changed in a bundle are told, with the file', async () => {
    expectValue(await keepAnswer(open, await stampLog(), now))
    const changed = await bundleOf([sampleId(1)], (_, bytes) => {
      bytes[bytes.length - 5] = (bytes.at(-5) ?? 0) ^ 1
    })
    const [anchored] = about((await verifyBundle(changed)).statements)
    expect(anchored?.slice(0, 3)).toEqual(['time-anchored', 'fail', 'proof/anchors/1-1.tsr'])
  })
})
