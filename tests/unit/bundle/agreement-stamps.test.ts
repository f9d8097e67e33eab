import { Certificate, SignedData, TimeStampResp } from 'pkijs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyBundle } from '../../../utils/bundle/verify'
import { concatBytes, fromHex, toUtf8 } from '../../../utils/crypto/bytes'
import { sha256Bytes } from '../../../utils/crypto/digest'
import type { AnchorProof } from '../../../utils/custody/proofs'
import { writeTimeStampRequest } from '../../../utils/custody/time-stamp'
import { forgeBundle, listFiles, sampleBundle } from '../../support/sample-bundle'
import { sampleItem } from '../../support/sample-items'
import { sampleEarlier, sampleHead, sampleProofs } from '../../support/sample-proofs'
import { askSecond, asSecond } from '../../support/second-verifier'
import { makeStampAuthority, type StampAuthority } from '../../support/stamp-authority'

type Bytes = Uint8Array<ArrayBuffer>

const kinds = ['prime256v1', 'secp384r1', 'secp521r1', 'rsa'] as const
const authorities = kinds.map(makeStampAuthority)
const [authority] = authorities as [StampAuthority]
afterAll(() => {
  for (const one of authorities) one.close()
})

const items = [sampleItem({ parts: [], assessment: {} }), sampleItem({ seed: 'second', parts: [] })]

async function stampOf(checkpoint: string, by: StampAuthority): Promise<Bytes> {
  return by.answer(await writeTimeStampRequest(await sha256Bytes(toUtf8(checkpoint)), Uint8Array.of(9, 1, 2)))
}

/** Detached proofs over these bytes: a promise, and one that forks into every operation before it ends in a block. */
async function pathsOf(stamped: string): Promise<Bytes[]> {
  const head = fromHex('004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e892940108')
  const digest = await sha256Bytes(toUtf8(stamped))
  const calendar = toUtf8('https://calendar.example')
  const address = concatBytes(Uint8Array.of(calendar.length), calendar)
  const promise = concatBytes(fromHex('0083dfe30d2ef90c8e'), Uint8Array.of(address.length), address)
  const steps = fromHex('f00201020303f1010202f2f308000588960d73d7190103b3ed37')
  return [concatBytes(head, digest, promise), concatBytes(head, digest, fromHex('ff'), promise, steps)]
}

async function anchorAt(
  size: number,
  options: { isEarlier: boolean; by?: StampAuthority },
): Promise<AnchorProof> {
  const { isEarlier, by = authority } = options
  const head = await sampleHead(items, { size, isEarlier })
  const paths = (await pathsOf(head.checkpoint)).map((bytes) => ({ form: 'opentimestamps', bytes }) as const)
  return { ...head, answers: [{ form: 'rfc3161', bytes: await stampOf(head.checkpoint, by) }, ...paths] }
}

async function anchoredBundle(): Promise<Bytes> {
  const proofs = await sampleProofs(items)
  const anchors = await Promise.all([3, 4].map((size) => anchorAt(size, { isEarlier: false })))
  const others = await Promise.all([5].map((size) => anchorAt(size, { isEarlier: true })))
  const earlier = new Map(
    [...(await sampleEarlier(items))].map(([id, all]) => [
      id,
      all.map((one) => ({ ...one, anchors: others })),
    ]),
  )
  return sampleBundle(items, { proofs: { ...proofs, anchors, earlier } })
}

let whole: Bytes
let stamps: string[]

beforeAll(async () => {
  whole = await anchoredBundle()
  stamps = listFiles(whole).flatMap(({ name }) => (name.includes('/anchors/') ? [name] : []))
})

async function expectAgreement(bundles: readonly Bytes[]): Promise<number> {
  const second = askSecond(bundles)
  let broken = 0
  for (const [at, bundle] of bundles.entries()) {
    const ours = asSecond(await verifyBundle(bundle))
    expect(second[at], `bundle ${at}`).toEqual(ours)
    broken += ours.exit
  }
  return broken
}

const edit = (name: string, change: (content: Bytes) => Bytes): Bytes =>
  forgeBundle(whole, (files) => files.set(name, change(files.get(name) ?? new Uint8Array())))

const flipped = (content: Bytes, at: number): Bytes =>
  content.map((byte, place) => (place === at % content.length ? byte ^ 1 : byte))

/** What a stamp says, who signed it, what was signed beside it, and the signature. */
function partsOf(answer: Bytes): Record<'info' | 'certificate' | 'attributes' | 'signature', Bytes> {
  const { timeStampToken } = TimeStampResp.fromBER(answer)
  const { encapContentInfo, certificates, signerInfos } = new SignedData({ schema: timeStampToken?.content })
  const [signer] = signerInfos
  const own = certificates?.find((one) => one instanceof Certificate && !one.issuer.isEqual(one.subject))
  const bytes = (value?: ArrayBuffer) => new Uint8Array(value ?? new ArrayBuffer())
  return {
    info: bytes(encapContentInfo.eContent?.getValue()),
    certificate: bytes(own?.toSchema().toBER()),
    // The set's own tag and length are others where it stands in the answer.
    attributes: bytes(signer?.signedAttrs?.encodedValue).slice(4),
    signature: bytes(signer?.signature.getValue()),
  }
}

/** Where those lie in the answer. */
function signedParts(answer: Bytes): { start: number; end: number }[] {
  return Object.entries(partsOf(answer)).map(([name, part]) => {
    const start = Buffer.from(answer).indexOf(part)
    if (start < 0 || part.length === 0) throw new Error(`no ${name}`)
    return { start, end: start + part.length }
  })
}

describe('a second verifier, of what others stamped', () => {
  it('finds good what we find good, by every kind of key', async () => {
    expect(stamps).toHaveLength(3 * 5)
    const bundles = await Promise.all(
      authorities.map(async (by) => {
        const anchors = [await anchorAt(5, { isEarlier: false, by })]
        return sampleBundle(items, { proofs: { ...(await sampleProofs(items)), anchors } })
      }),
    )
    expect(await expectAgreement([whole, ...bundles])).toBe(0)
  })

  it('tells with us what is missing, changed, cut, longer, or of another head', async () => {
    const other = (name: string) => stamps[(stamps.indexOf(name) + 5) % stamps.length] ?? ''
    const bundles = stamps.flatMap((name) => [
      forgeBundle(whole, (files) => files.delete(name)),
      forgeBundle(whole, (files) => files.set(name, files.get(other(name)) ?? new Uint8Array())),
      edit(name, (content) => concatBytes(content, toUtf8('\n'))),
      edit(name, (content) => content.slice(0, -1)),
      edit(name, (content) => flipped(content, content.length - 5)),
    ])
    await expectAgreement(bundles)
  })

  it('believes no changed stamp, either', async () => {
    const anchors = [await anchorAt(5, { isEarlier: false })]
    const one = await sampleBundle(items, { proofs: { ...(await sampleProofs(items)), anchors } })
    const path = 'proof/anchors/1-1.tsr'
    const answer = listFiles(one).find(({ name }) => name === path)?.content ?? new Uint8Array()
    const places = signedParts(answer).flatMap(({ start, end }) =>
      Array.from({ length: Math.ceil((end - start) / 23) }, (_, step) => start + step * 23),
    )
    const bundles = places.map((at) =>
      forgeBundle(one, (files) => files.set(path, flipped(files.get(path) ?? new Uint8Array(), at))),
    )
    expect(places.length).toBeGreaterThan(25)
    const second = askSecond(bundles)
    for (const [at, bundle] of bundles.entries()) {
      expect(asSecond(await verifyBundle(bundle)).failed, `byte ${places[at]}`).toEqual([
        ['time-anchored', path],
      ])
      const { failed, unchecked = [] } = second[at] ?? { failed: [] }
      expect([...failed, ...unchecked], `byte ${places[at]}`).toEqual([['time-anchored', path]])
    }
  })

  it('tells with us who may not stamp', async () => {
    const path = 'proof/anchors/1-1.tsr'
    const answer = listFiles(whole).find(({ name }) => name === path)?.content ?? new Uint8Array()
    const { info } = partsOf(answer)
    const by = (['expired', 'anything', 'loose', 'both'] as const).map((signer) =>
      authority.sign(info, signer),
    )
    expect(await expectAgreement(by.map((one) => edit(path, () => one)))).toBe(4)
    expect(await expectAgreement([edit(path, () => authority.sign(info, 'stamps'))])).toBe(0)
  })
})
