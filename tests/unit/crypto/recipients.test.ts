import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  Decrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
} from 'age-encryption'
import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, randomBytes, toHex } from '../../../utils/crypto/bytes'
import {
  areMixed,
  decryptStream,
  encryptStream,
  isIdentity,
  isRecipient,
  makeWitness,
} from '../../../utils/crypto/recipients'

/** Bytes as a stream in pieces, as a bundle comes. */
function streamOf(bytes: Bytes, piece = 10_000): ReadableStream<Uint8Array> {
  let offset = 0
  return new ReadableStream({
    pull(controller) {
      if (offset >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(offset, offset + piece))
      offset += piece
    },
  })
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<Bytes> {
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return concatBytes(...pieces)
}

const lengths = [0, 1, 65_535, 65_536, 65_537, 200_000]

describe('encryptStream', () => {
  it.each(lengths)('gives %i bytes back to each recipient', async (length) => {
    const bytes = randomBytes(length)
    const identities = [await generateHybridIdentity(), await generateHybridIdentity()]
    const recipients = await Promise.all(identities.map((identity) => identityToRecipient(identity)))
    const file = await readAll(await encryptStream(streamOf(bytes), { kind: 'recipients', recipients }))
    for (const identity of identities) {
      const decrypter = new Decrypter()
      decrypter.addIdentity(identity)
      expect(toHex(await decrypter.decrypt(file))).toBe(toHex(bytes))
    }
  })

  it('gives the bytes back to whoever knows the passphrase, and to no one else', async () => {
    const bytes = randomBytes(70_000)
    const to = { kind: 'passphrase', passphrase: 'we feed the tired heron', workFactor: 10 } as const
    const file = await readAll(await encryptStream(streamOf(bytes), to))
    const right = new Decrypter()
    right.addPassphrase(to.passphrase)
    expect(toHex(await right.decrypt(file))).toBe(toHex(bytes))
    const wrong = new Decrypter()
    wrong.addPassphrase('we feed the tired herons')
    await expect(wrong.decrypt(file)).rejects.toThrow()
  })

  it('hands on the failure of its source', async () => {
    const recipients = [await identityToRecipient(await generateX25519Identity())]
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error('source broke'))
      },
    })
    const out = encryptStream(broken, { kind: 'recipients', recipients })
    await expect(out.then(readAll)).rejects.toThrow('source broke')
  })

  it('refuses to encrypt to nobody, to an empty passphrase, and to a mixture that only looks post-quantum', async () => {
    const source = () => streamOf(new Uint8Array(1))
    const mixed = await Promise.all(
      [await generateX25519Identity(), await generateHybridIdentity()].map((one) => identityToRecipient(one)),
    )
    await expect(encryptStream(source(), { kind: 'recipients', recipients: [] })).rejects.toThrow()
    await expect(
      encryptStream(source(), { kind: 'recipients', recipients: ['age1nobody'] }),
    ).rejects.toThrow()
    await expect(encryptStream(source(), { kind: 'recipients', recipients: mixed })).rejects.toThrow(/mix/)
    await expect(encryptStream(source(), { kind: 'passphrase', passphrase: '' })).rejects.toThrow()
  })
})

describe('decryptStream', () => {
  const to = { kind: 'passphrase', passphrase: 'we feed the tired heron', workFactor: 4 } as const

  it.each(lengths)('gives back %i bytes', async (length) => {
    const bytes = randomBytes(length)
    const file = await readAll(await encryptStream(streamOf(bytes), to))
    const opened = await decryptStream(streamOf(file), to)
    expect(opened && toHex(await readAll(opened))).toBe(toHex(bytes))
  })

  it('tells a key that is not for the file from a file that is damaged', async () => {
    const file = await readAll(await encryptStream(streamOf(randomBytes(70_000)), to))
    expect(await decryptStream(streamOf(file), { ...to, passphrase: 'another' })).toBeNull()
    const { identity } = await makeWitness([])
    expect(await decryptStream(streamOf(file), { kind: 'identities', identities: [identity] })).toBeNull()
    await expect(decryptStream(streamOf(randomBytes(400)), to)).rejects.toThrow()
    const cut = await decryptStream(streamOf(file.slice(0, -1)), to)
    await expect(cut && readAll(cut)).rejects.toThrow()
  })

  it('has a witness of the strength of the others', async () => {
    for (const make of [generateX25519Identity, generateHybridIdentity]) {
      const recipient = await identityToRecipient(await make())
      const witness = await makeWitness([recipient])
      expect(areMixed([recipient, witness.recipient])).toBe(false)
      expect(isIdentity(witness.identity)).toBe(true)
      expect(isIdentity(witness.recipient)).toBe(false)
    }
  })
})

describe('isRecipient', () => {
  it('knows both kinds of public keys, and nothing else', async () => {
    const recipient = await identityToRecipient(await generateX25519Identity())
    expect(isRecipient(` ${recipient}\n`)).toBe(true)
    expect(isRecipient(await identityToRecipient(await generateHybridIdentity()))).toBe(true)
    expect(isRecipient(await generateX25519Identity())).toBe(false)
    expect(isRecipient(recipient.slice(0, -1))).toBe(false)
    expect(isRecipient(`${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}`)).toBe(false)
    for (const text of ['', 'age1', 'ssh-ed25519 AAAA', 'ilse@lanternhouse.example'])
      expect(isRecipient(text)).toBe(false)
  })
})

const hasAge = spawnSync('age', ['--version']).status === 0

describe('the age command', () => {
  it.runIf(process.env.CI === 'true')('is there where everything is checked', () => {
    expect(hasAge, 'Install age (Debian: apt-get install age).').toBe(true)
  })

  it.skipIf(!hasAge).each(lengths)('opens %i bytes encrypted here', async (length) => {
    const folder = mkdtempSync(join(tmpdir(), 'recipients-'))
    try {
      const keys = spawnSync('age-keygen', { encoding: 'utf8' })
      const recipient = /public key: (age1\S+)/.exec(keys.stdout)?.[1] ?? ''
      expect(isRecipient(recipient)).toBe(true)
      writeFileSync(join(folder, 'key.txt'), keys.stdout)
      const bytes = randomBytes(length)
      const to = { kind: 'recipients', recipients: [recipient] } as const
      const file = await readAll(await encryptStream(streamOf(bytes), to))
      const opened = await runWithInput('age', ['-d', '-i', join(folder, 'key.txt')], file)
      expect(opened.equals(Buffer.from(bytes))).toBe(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

function runWithInput(command: string, args: string[], input: Bytes): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const run = spawn(command, args)
    const out: Buffer[] = []
    const err: Buffer[] = []
    run.stdout.on('data', (piece: Buffer) => out.push(piece))
    run.stderr.on('data', (piece: Buffer) => err.push(piece))
    run.on('close', (code) =>
      code === 0 ? resolve(Buffer.concat(out)) : reject(new Error(String(Buffer.concat(err)))),
    )
    run.stdin.end(input)
  })
}
