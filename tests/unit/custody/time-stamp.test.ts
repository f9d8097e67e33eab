import { SignedData, TimeStampResp } from 'pkijs'
import { afterAll, describe, expect, it } from 'vitest'
import { concatBytes, toUtf8 } from '../../../utils/crypto/bytes'
import { sha256Bytes } from '../../../utils/crypto/digest'
import {
  checkTimeStamp,
  readTimeStampRequest,
  writeTimeStampRequest,
} from '../../../utils/custody/time-stamp'
import { makeStampAuthority } from '../../support/stamp-authority'

const authority = makeStampAuthority()
afterAll(authority.close)

const note = toUtf8('witnessmark/log\n3\nq2VudGVuY2U=\n')
const nonce = new Uint8Array([0xff, 0, 1, 2, 3, 4, 5, 6])
const request = await writeTimeStampRequest(await sha256Bytes(note), nonce)
const asked = await readTimeStampRequest(request)
const answer = authority.answer(request)

describe('a time stamp', () => {
  it('is asked for with the digest and nothing else', async () => {
    expect(asked).toEqual({ digest: await sha256Bytes(note), nonce: '01ff00010203040506' })
    expect(await readTimeStampRequest(note)).toBeNull()
  })

  it('that an authority gave is accepted, here and by OpenSSL', async () => {
    const check = await checkTimeStamp(answer, note, asked?.nonce)
    expect(check).toMatchObject({
      ok: true,
      stamp: { accuracySeconds: 1.5, authority: 'Invented Clock (stamps)', chain: 'complete' },
    })
    expect(check.ok && check.stamp.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(authority.isVerifiedByOpenssl(answer, note)).toBe(true)
  })

  it('of other bytes, or to another question, is refused', async () => {
    const other = concatBytes(note, toUtf8(' '))
    expect(await checkTimeStamp(answer, other)).toEqual({ ok: false, reason: 'stamp-of-other' })
    expect(authority.isVerifiedByOpenssl(answer, other)).toBe(false)
    const reason = { ok: false, reason: 'stamp-nonce-differs' }
    expect(await checkTimeStamp(answer, note, '01')).toEqual(reason)
  })

  it('by a certificate that is not for time stamps, or was not valid then, is refused', async () => {
    const { timeStampToken } = TimeStampResp.fromBER(answer)
    const { eContent } = new SignedData({ schema: timeStampToken?.content }).encapContentInfo
    const info = new Uint8Array(eContent?.getValue() ?? new ArrayBuffer())
    expect(await checkTimeStamp(authority.sign(info, 'stamps'), note)).toMatchObject({ ok: true })
    const reasons = {
      anything: 'stamp-not-by-authority',
      loose: 'stamp-not-by-authority',
      both: 'stamp-not-by-authority',
      expired: 'stamp-certificate-invalid',
    } as const
    for (const [signer, reason] of Object.entries(reasons))
      expect(await checkTimeStamp(authority.sign(info, signer as keyof typeof reasons), note)).toEqual({
        ok: false,
        reason,
      })
  })

  it('with a byte changed is refused, or is the same stamp by other words', async () => {
    const whole = await checkTimeStamp(answer, note, asked?.nonce)
    let refused = 0
    for (let at = 0; at < answer.length; at += 7) {
      const changed = answer.slice()
      changed[at] = (changed[at] ?? 0) ^ 0x01
      const check = await checkTimeStamp(changed, note, asked?.nonce)
      refused += check.ok ? 0 : 1
      // Only what nothing relies on: the chain above the authority, and words around the status.
      if (check.ok) expect({ ...check.stamp, chain: 'complete' }).toEqual(whole.ok && whole.stamp)
    }
    expect(refused).toBeGreaterThan(answer.length / 14)
  })
})
