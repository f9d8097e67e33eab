import { Decrypter } from 'age-encryption'
import { describe, expect, it } from 'vitest'
import { readRecipientList } from '../../../utils/crypto/recipient-list'
import { areMixed, encryptStream, isRecipient, makeWitness } from '../../../utils/crypto/recipients'
import { bech32, makeTagged, makeTaggedHybrid } from '../../support/tagged-key'

async function sealTo(recipients: readonly string[]): Promise<Uint8Array> {
  const file = await encryptStream(new Blob(['what was said']).stream(), { kind: 'recipients', recipients })
  return new Uint8Array(await new Response(file as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())
}

const kinds = { age1tag: makeTagged(), age1tagpq: makeTaggedHybrid() }

describe.each(Object.entries(kinds))('a key of the kind %s1…', (prefix, { recipient, identity }) => {
  it('is taken as it is pasted, and what holds its private half opens the file', async () => {
    expect(recipient.startsWith(`${prefix}1`)).toBe(true)
    expect(readRecipientList(` ${recipient.toUpperCase()}\n`)).toEqual({
      kind: 'read',
      recipients: [recipient],
      troubles: [],
    })
    const file = await sealTo([recipient, (await makeWitness([recipient])).recipient])
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    expect(new TextDecoder().decode(await decrypter.decrypt(file))).toBe('what was said')
  })

  it('opens nothing that is sealed to another of its kind', async () => {
    const other = prefix === 'age1tag' ? makeTagged() : makeTaggedHybrid()
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    await expect(decrypter.decrypt(await sealTo([other.recipient]))).rejects.toThrow('no identity matched')
  })
})

it('the two kinds are never mixed: a file is no safer than its weakest recipient', async () => {
  const both = Object.values(kinds).map(({ recipient }) => recipient)
  expect(areMixed(both)).toBe(true)
  await expect(sealTo(both)).rejects.toThrow('mixed')
})

it('the examples of the specification are keys', () => {
  for (const example of [
    'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj',
    'age1tag1qt8lw0ual6avlwmwatk888yqnmdamm7xfd0wak53ut6elz5c4swx2yqdj4e',
  ])
    expect(isRecipient(example)).toBe(true)
})

/** Written rightly, with a right checksum, and no point or key that anything could be sealed to. */
const hollow: [string, string][] = [
  ['age', bech32('age', new Uint8Array(32))],
  ['age1tag', bech32('age1tag', new Uint8Array(33).fill(3))],
  ['age1tagpq', bech32('age1tagpq', new Uint8Array(1249).fill(4))],
  ['age1pq', bech32('age1pq', new Uint8Array(1216))],
]

it.each(hollow)(
  'a hollow key %s1… seals nothing: writing to it fails before anything is read',
  async (_, key) => {
    let isRead = false
    const source = new ReadableStream<Uint8Array>(
      {
        pull() {
          isRead = true
        },
      },
      { highWaterMark: 0 },
    )
    await expect(encryptStream(source, { kind: 'recipients', recipients: [key] })).rejects.toMatchObject({
      cause: { code: 'key-unusable' },
    })
    expect(isRead).toBe(false)
  },
)
