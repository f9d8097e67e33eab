import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { beforeEach, describe, expect, it } from 'vitest'
import { createKeyEntry } from '../../../entrypoints/shared/key-entry'

const identity = await generateX25519Identity()
const recipient = await identityToRecipient(identity)

let taken: string[][]
let entry: ReturnType<typeof createKeyEntry>

beforeEach(() => {
  taken = []
  entry = createKeyEntry((recipients) => taken.push(recipients))
})

const fileOf = (text: string) => new File([text], 'keys.txt')

describe('the field for keys', () => {
  it('gives a good key on at once, and is another, empty field then', () => {
    entry.write(recipient.slice(0, 20))
    expect(entry.isOpen()).toBe(true)
    entry.write(recipient)
    expect(taken).toEqual([[recipient]])
    expect(entry.state.value).toEqual({ text: '', round: 1, refusal: null, troubles: [] })
    expect(entry.isOpen()).toBe(false)
  })

  it('takes nothing of a text in which a line is wrong', () => {
    entry.write(`${recipient}\nhello`)
    expect(taken).toEqual([])
    expect(entry.state.value.troubles).toEqual([{ line: 2, why: 'no-key' }])
  })

  it('holds nothing of a secret key, and is another field then, in which nothing can be undone', () => {
    entry.write('age')
    entry.write(`# public key: ${recipient}\n${identity}`)
    expect(taken).toEqual([])
    expect(entry.state.value).toEqual({ text: '', round: 1, refusal: 'secret', troubles: [] })
  })
})

describe('a file with keys', () => {
  it('is taken, comments aside', async () => {
    await entry.readFile(fileOf(`# ours\n${recipient}\n`))
    expect(taken).toEqual([[recipient]])
  })

  it('is refused with a secret key in it, with none, and when it is too long', async () => {
    for (const [text, refusal] of [
      [`${recipient}\n${identity}\n`, 'secret'],
      ['# nobody\n', 'no-keys'],
      ['#'.repeat(300_000), 'too-long'],
      ['#'.repeat(70_000), 'too-long'],
    ] as const) {
      await entry.readFile(fileOf(text))
      expect(entry.state.value).toMatchObject({ text: '', refusal })
    }
    await entry.readFile(Object.assign(fileOf(''), { text: () => Promise.reject(new Error('gone')) }))
    expect(entry.state.value.refusal).toBe('unreadable')
    expect(taken).toEqual([])
  })

  it('shows nothing of what is in it where a line is wrong', async () => {
    await entry.readFile(fileOf('hello'))
    expect(entry.state.value).toMatchObject({ text: '', troubles: [{ line: 1, why: 'no-key' }] })
    expect(entry.isOpen()).toBe(false)
  })
})
