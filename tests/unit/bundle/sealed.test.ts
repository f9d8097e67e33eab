import { describe, expect, it } from 'vitest'
import { keyFrom, openSealed, refuseSealed, sealedLimit, sealedTroubles } from '../../../utils/bundle/sealed'
import { type EncryptTo, encryptStream, makeWitness } from '../../../utils/crypto/recipients'
import { wordsFor } from '../../../utils/words/translate'
import { collectStream } from '../../support/sample-bundle'
import { sampleBytes } from '../../support/sample-items'

const content = sampleBytes('content', 200_000)

async function seal(to: EncryptTo): Promise<Blob> {
  const stream = await encryptStream(new Blob([content]).stream(), to)
  return new Blob([await collectStream(stream as ReadableStream<Uint8Array<ArrayBuffer>>)])
}

const byPassphrase = () => seal({ kind: 'passphrase', passphrase: 'tide pools', workFactor: 10 })

describe('an encrypted file', () => {
  it('opens with its passphrase, and tells how far it is', async () => {
    const shares: number[] = []
    const onProgress = ({ done, total }: { done: number; total: number }) => void shares.push(done / total)
    const opened = await openSealed(await byPassphrase(), keyFrom('tide pools'), { onProgress })
    expect(opened).toEqual({ ok: true, bytes: content })
    expect(shares.length).toBeGreaterThan(2)
    expect(shares.at(-1)).toBeGreaterThan(0.9)
  })

  it('opens with one of several pasted keys', async () => {
    const [one, other] = [await makeWitness([]), await makeWitness([])]
    const file = await seal({ kind: 'recipients', recipients: [one.recipient] })
    const pasted = `# mine\n${other.identity}\n  ${one.identity}\n`
    expect(await openSealed(file, keyFrom(pasted))).toEqual({ ok: true, bytes: content })
    expect(await openSealed(file, keyFrom(other.identity))).toEqual({ ok: false, trouble: 'wrong-key' })
  })

  it('does not open with another passphrase, cut off, or changed', async () => {
    const file = await byPassphrase()
    expect(await openSealed(file, keyFrom('tide pool'))).toEqual({ ok: false, trouble: 'wrong-key' })
    const cut = file.slice(0, file.size - 1)
    expect(await openSealed(cut, keyFrom('tide pools'))).toEqual({ ok: false, trouble: 'damaged' })
    const bytes = new Uint8Array(await file.arrayBuffer())
    bytes[150_000] = (bytes[150_000] ?? 0) ^ 1
    expect(await openSealed(new Blob([bytes]), keyFrom('tide pools'))).toEqual({
      ok: false,
      trouble: 'damaged',
    })
  })

  it('is left to age when it asks for too much or is text', async () => {
    const hard = new Blob(['age-encryption.org/v1\n-> scrypt 8h0Uww+pl9YdLBxqYZqJPQ 20\nbody\n'])
    expect(await refuseSealed(hard)).toBe('too-hard')
    expect(await refuseSealed(new Blob(['-----BEGIN AGE ENCRYPTED FILE-----\n']))).toBe('armoured')
    const huge = { size: sealedLimit + 1, slice: () => new Blob(['age-encryption.org/v1\n']) }
    expect(await refuseSealed(huge as unknown as Blob)).toBe('too-large')
    expect(await openSealed(hard, keyFrom('x'))).toEqual({ ok: false, trouble: 'too-hard' })
  })

  it('is given up when it is cancelled', async () => {
    const cancelled = new AbortController()
    const onProgress = () => cancelled.abort()
    const opening = openSealed(await byPassphrase(), keyFrom('tide pools'), {
      onProgress,
      signal: cancelled.signal,
    })
    await expect(opening).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('has words for every trouble', () => {
    for (const trouble of sealedTroubles) expect(wordsFor('ar').ofCode('verify.sealed', trouble)).toBeTruthy()
  })
})
