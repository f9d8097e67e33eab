import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdsSecret, longestList, readRecipientList } from '../../../utils/crypto/recipient-list'
import { encryptStream, isRecipient } from '../../../utils/crypto/recipients'

const identities = [
  await generateX25519Identity(),
  await generateX25519Identity(),
  await generateX25519Identity(),
  await generateHybridIdentity(),
]
const keys = await Promise.all(identities.map((identity) => identityToRecipient(identity)))
const [first = '', second = ''] = keys

function expectRead(text: string) {
  const list = readRecipientList(text)
  if (list.kind !== 'read') throw new Error(`The list is ${list.kind}`)
  return list
}

const comment = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .map((text) => `#${text.replace(/[\r\n]/g, '')}`)
const blank = fc.constantFrom('', ' ', '\t')
const key = fc.constantFrom(...keys)
const line = fc.oneof(
  comment.map((text) => ({ text, key: null })),
  blank.map((text) => ({ text, key: null })),
  fc
    .record({ key, before: blank, after: blank, isLarge: fc.boolean() })
    .map(({ key: one, before, after, isLarge }) => ({
      text: `${before}${isLarge ? one.toUpperCase() : one}${after}`,
      key: one,
    })),
)

describe('a list of recipients', () => {
  it('gives every key once, in order, whatever comments, spaces and line ends are around', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
        const expected = [...new Set(lines.flatMap((one) => one.key ?? []))]
        const text = lines.map((one) => one.text).join(end)
        expect(readRecipientList(text)).toEqual({ kind: 'read', recipients: expected, troubles: [] })
        expect(expectRead(`\ufeff${text}${end}`).recipients).toEqual(expected)
      }),
    )
  })

  it('gives nothing but public keys, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const list = readRecipientList(text)
        if (list.kind === 'read') expect(list.recipients.every(isRecipient)).toBe(true)
      }),
    )
  })

  it('names the line of every key in which one sign is another', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: first.length - 6 }),
        fc.constantFrom(...'qpzry9x8gf2tvdw0s3jn54khce6mua7l'),
        (at, sign) => {
          const place = at + 5
          fc.pre(first[place] !== sign)
          const wrong = `${first.slice(0, place)}${sign}${first.slice(place + 1)}`
          expect(readRecipientList(`# ours\n${second}\n${wrong}`)).toEqual({
            kind: 'read',
            recipients: [second],
            troubles: [{ line: 3, why: 'no-key' }],
          })
        },
      ),
    )
  })

  it('takes several that were pasted on one line', () => {
    expect(expectRead(`${first}, ${second};${first}`).recipients).toEqual([first, second])
  })

  it('takes the key of a hardware key that is tagged, and age writes to it', async () => {
    const tagged = 'age1tag1q0md5qy8kppyc9fap28k0wnljpmuvef6y4e4a673mlv7q5d0ck5r7fpc7pd'
    const { recipients } = expectRead(tagged)
    expect(recipients).toEqual([tagged])
    const file = await encryptStream(new Blob(['x']).stream(), { kind: 'recipients', recipients })
    expect(await new Response(file as ReadableStream<Uint8Array<ArrayBuffer>>).text()).toContain(
      '\n-> p256tag ',
    )
  })

  it('says which line holds a key of a plugin, an SSH key, or words', () => {
    const text = [
      'age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t',
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH somebody',
      `our key is ${first}`,
      `${second.slice(0, -1)}`,
      'age1pq1short',
    ].join('\n')
    expect(expectRead(text).troubles).toEqual([
      { line: 1, why: 'plugin-key' },
      { line: 2, why: 'ssh-key' },
      { line: 3, why: 'no-key' },
      { line: 4, why: 'no-key' },
      { line: 5, why: 'no-key' },
    ])
  })

  it('is refused when it is too long', () => {
    expect(readRecipientList(`#${'x'.repeat(longestList)}`)).toEqual({ kind: 'too-long' })
  })
})

describe('a secret key', () => {
  it('is refused wherever it stands, and nothing of the text is given on', () => {
    const around = fc.constantFrom('', `${first}\n`, '# created: 2026-11-20\n', '# public key: ', ' ')
    fc.assert(
      fc.property(
        fc.constantFrom(...identities),
        around,
        around,
        fc.boolean(),
        (identity, before, after, isSmall) => {
          const told = isSmall ? identity.toLowerCase() : identity
          expect(readRecipientList(`${before}${told}\n${after}`)).toEqual({ kind: 'secret' })
        },
      ),
    )
  })

  it('is known with line breaks inside, as a plugin’s, and as one of SSH', () => {
    expect(holdsSecret('AGE-SECRET-\r\nKEY-1QQQ')).toBe(true)
    expect(holdsSecret('AGE-PLUGIN-YUBIKEY-1Q9QQQ')).toBe(true)
    expect(holdsSecret('-----BEGIN OPENSSH PRIVATE KEY-----')).toBe(true)
    expect(keys.some(holdsSecret)).toBe(false)
  })
})
