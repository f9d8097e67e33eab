import { afterEach, describe, expect, it, vi } from 'vitest'
import { concatBytes, fromBase64, fromHex, fromUtf8, toHex, toUtf8 } from '../../../utils/crypto/bytes'
import { fingerprintWords, shortFingerprint } from '../../../utils/crypto/fingerprint'
import { isSigned, makeSigningSeed, openSigningKey } from '../../../utils/crypto/sign'
import {
  keyIdOf,
  openCheckpoint,
  openNote,
  readHead,
  signCheckpoint,
  signNote,
} from '../../../utils/custody/checkpoint'
import { commitmentOf, Entry, entryBytes } from '../../../utils/custody/entry'
import { describeKey, isUnbroken, keyIn, originOf } from '../../../utils/custody/identity'
import { growTree, hashLeaf } from '../../../utils/custody/merkle'
import {
  describeBundle,
  Envelope,
  openStatement,
  payloadType,
  preAuthEncoding,
  signStatement,
} from '../../../utils/custody/statement'
import { readTlogProof, writeTlogProof } from '../../../utils/custody/tlog-proof'

// RFC 8032 section 7.1, tests 1, 2 and 3.
const rfc8032 = [
  {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
]

async function keyOf(vector = rfc8032[0]) {
  if (!vector) throw new Error('No vector')
  return openSigningKey({ seed: fromHex(vector.seed), publicKey: fromHex(vector.publicKey) })
}

describe('Ed25519', () => {
  it('signs and checks as RFC 8032 does', async () => {
    for (const vector of rfc8032) {
      const key = await keyOf(vector)
      const message = fromHex(vector.message)
      expect(toHex(await key.sign(message))).toBe(vector.signature)
      const signature = fromHex(vector.signature)
      const { publicKey } = key
      expect(await isSigned({ publicKey, message, signature })).toBe(true)
      expect(await isSigned({ publicKey, message: toUtf8('other'), signature })).toBe(false)
      signature[5] = (signature[5] ?? 0) ^ 1
      expect(await isSigned({ publicKey, message, signature })).toBe(false)
    }
  })

  it('makes pairs that work, and refuses halves that do not belong together', async () => {
    const [one, other] = [await makeSigningSeed(), await makeSigningSeed()]
    expect(toHex(one.seed)).not.toBe(toHex(other.seed))
    const key = await openSigningKey(one)
    const message = toUtf8('a word')
    expect(await isSigned({ publicKey: one.publicKey, message, signature: await key.sign(message) })).toBe(
      true,
    )
    await expect(openSigningKey({ seed: one.seed, publicKey: other.publicKey })).rejects.toThrow()
    await expect(openSigningKey({ seed: new Uint8Array(31), publicKey: one.publicKey })).rejects.toThrow()
  })

  it('is false for what is no key or signature', async () => {
    const message = toUtf8('a word')
    const long = new Uint8Array(64)
    expect(await isSigned({ publicKey: new Uint8Array(31), message, signature: long })).toBe(false)
    expect(await isSigned({ publicKey: new Uint8Array(32).fill(255), message, signature: long })).toBe(false)
    expect(await isSigned({ publicKey: new Uint8Array(32), message, signature: new Uint8Array(63) })).toBe(
      false,
    )
  })
})

describe('points of small order', () => {
  afterEach(() => vi.restoreAllMocks())

  it('make no signature, also where the browser takes them for one', async () => {
    const [good] = rfc8032
    if (!good) throw new Error('No vector')
    const [publicKey, signature, message] = [fromHex(good.publicKey), fromHex(good.signature), toUtf8('any')]
    // So Node 20, though not Node 24: the neutral point as key and first half fits every message.
    vi.spyOn(crypto.subtle, 'verify').mockResolvedValue(true)
    expect(await isSigned({ publicKey, message, signature })).toBe(true)
    const eighth = '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc'
    for (const hex of [
      `01${'00'.repeat(31)}`,
      `01${'00'.repeat(30)}80`,
      '00'.repeat(32),
      `ec${'ff'.repeat(30)}7f`,
      `ee${'ff'.repeat(31)}`,
      `${eighth}05`,
      `${eighth}85`,
    ]) {
      const point = fromHex(hex)
      expect(await isSigned({ publicKey: point, message, signature })).toBe(false)
      const half = concatBytes(point, signature.slice(32))
      expect(await isSigned({ publicKey, message, signature: half })).toBe(false)
    }
  })
})

describe('signed notes', () => {
  // The example of Go's own implementation, golang.org/x/mod/sumdb/note.
  const text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
  const line =
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
  const seed = fromBase64('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz').slice(1)
  const publicKey = fromBase64('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW').slice(1)
  const name = 'PeterNeumann'

  it('are none with a wrong signature of the same key beside the right one, or with a flood of signatures', async () => {
    const wrong = line.replace('JkuB', 'JkuC')
    expect(await openNote(`${text}\n${line}${wrong}`, { name, publicKey })).toBeNull()
    expect(await openNote(`${text}\n${wrong}${line}`, { name, publicKey })).toBeNull()
    const other = line.replace('PeterNeumann', 'SomebodyElse')
    expect(await openNote(`${text}\n${line}${other.repeat(63)}`, { name, publicKey })).toBe(text)
    expect(await openNote(`${text}\n${line}${other.repeat(64)}`, { name, publicKey })).toBeNull()
  })

  it('are those of Go', async () => {
    expect(toHex(await keyIdOf(name, publicKey))).toBe('c74f20a3')
    const key = await openSigningKey({ seed, publicKey })
    expect(await signNote({ text, name, key })).toBe(`${text}\n${line}`)
    expect(await openNote(`${text}\n${line}`, { name, publicKey })).toBe(text)
  })

  it('are refused when changed, pass over other keys, and need the named one', async () => {
    const by = { name, publicKey }
    const foreign = '— witness.example mJirIkljAAAA\n'
    expect(await openNote(`${text}\n${foreign}${line}`, by)).toBe(text)
    expect(await openNote(`${text}\n${foreign}`, by)).toBeNull()
    expect(await openNote(`${text}x\n\n${line}`, by)).toBeNull()
    expect(await openNote(`${text}\n${line.replace('x08g', 'x08h')}`, by)).toBeNull()
    expect(await openNote(`${text}\n${line.slice(0, -1)}`, by)).toBeNull()
    expect(await openNote(`${text}${line}`, by)).toBeNull()
    expect(await openNote(`${text}\n${line}\n`, by)).toBeNull()
    expect(await openNote(`${text}\u0001\n\n${line}`, by)).toBeNull()
    const other = await keyOf()
    expect(await openNote(`${text}\n${line}`, { name, publicKey: other.publicKey })).toBeNull()
  })

  it('take no text without an end, no control character, no name with a space', async () => {
    const key = await keyOf()
    await expect(signNote({ text: 'no end', name, key })).rejects.toThrow()
    await expect(signNote({ text: 'a\u0000b\n', name, key })).rejects.toThrow()
    await expect(signNote({ text, name: 'two words', key })).rejects.toThrow()
    await expect(signNote({ text, name: 'a+b', key })).rejects.toThrow()
  })
})

describe('checkpoints', () => {
  it('are read as the specification writes them', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
    expect(readHead(text)).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 })
    expect(readHead(text.replace('208', '0208'))).toBeNull()
    expect(readHead(`${text}more\n`)).toBeNull()
    expect(readHead(text.slice(0, -1))).toBeNull()
    expect(readHead(text.replace('q2I=', 'q2J='))).toBeNull()
  })

  it('open with the key that signed them alone', async () => {
    const [key, other] = [await keyOf(), await keyOf(rfc8032[1])]
    const origin = await originOf(key.publicKey)
    const tree = await growTree([await hashLeaf(toUtf8('one'))])
    const note = await signCheckpoint({ origin, size: 1, root: tree.root }, key)
    expect(await openCheckpoint(note, key.publicKey)).toEqual({ origin, size: 1, root: tree.root })
    expect(await openCheckpoint(note, other.publicKey)).toBeNull()
    expect(await openCheckpoint(note.replace('\n1\n', '\n2\n'), key.publicKey)).toBeNull()
  })
})

describe('proofs as text', () => {
  it('are of the form of tlog-proof, and read again', async () => {
    const leaves = await Promise.all(['a', 'b', 'c'].map((word) => hashLeaf(toUtf8(word))))
    const tree = await growTree(leaves)
    const checkpoint = await signCheckpoint(
      { origin: 'example.com/log', size: 3, root: tree.root },
      await keyOf(),
    )
    const text = writeTlogProof({ index: 1, proof: tree.proveInclusion(1), checkpoint })
    expect(text.split('\n').slice(0, 2)).toEqual(['c2sp.org/tlog-proof@v1', 'index 1'])
    expect(text.split('\n')[4]).toBe('')
    expect(readTlogProof(text)).toEqual({ index: 1, proof: tree.proveInclusion(1), checkpoint })
    expect(readTlogProof(text.replace('index 1', 'index 01'))).toBeNull()
    expect(readTlogProof(text.replace('@v1', '@v2'))).toBeNull()
    expect(readTlogProof(text.replace('index 1\n', 'index 1\nAAAA\n'))).toBeNull()
  })

  it('have no hashes in a tree of one', async () => {
    const text = writeTlogProof({ index: 0, proof: [], checkpoint: 'x' })
    expect(text).toBe('c2sp.org/tlog-proof@v1\nindex 0\n\nx')
    expect(readTlogProof(text)).toEqual({ index: 0, proof: [], checkpoint: 'x' })
  })
})

describe('statements', () => {
  const digest = '0f'.repeat(32)
  const statement = describeBundle({
    manifest: { path: 'manifest-sha256.txt', sha256: digest },
    files: [{ path: 'README.txt', sha256: digest }],
    madeAt: '2024-05-15T10:00:00.000Z',
  })

  it('encode as the example of DSSE', () => {
    const encoded = preAuthEncoding('http://example.com/HelloWorld', toUtf8('hello world'))
    expect(fromUtf8(encoded)).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world')
    expect(fromUtf8(preAuthEncoding('', new Uint8Array()))).toBe('DSSEv1 0  0 ')
    expect(fromUtf8(preAuthEncoding('é', toUtf8('ü')))).toBe('DSSEv1 2 é 2 ü')
  })

  it('open with the key that signed them, whole', async () => {
    const [key, other] = [await keyOf(), await keyOf(rfc8032[1])]
    const envelope = Envelope.parse(await signStatement(statement, key))
    expect(envelope.payloadType).toBe(payloadType)
    expect(await openStatement(envelope, key.publicKey)).toEqual(statement)
    expect(await openStatement(envelope, other.publicKey)).toBeNull()
    const changed = { ...envelope, payload: btoa(atob(envelope.payload).replace('README', 'readme')) }
    expect(await openStatement(changed, key.publicKey)).toBeNull()
    expect(await signStatement(statement, key)).toEqual(envelope)
  })
})

describe('the history of keys', () => {
  const at = '2024-05-15T10:00:00.000Z'

  it('holds as long as each key signs the next', async () => {
    const [one, two, three] = await Promise.all(rfc8032.slice(0, 3).map(keyOf))
    if (!one || !two || !three) throw new Error('No keys')
    const origin = await originOf(one.publicKey)
    const details = [
      await describeKey(one.publicKey),
      await describeKey(two.publicKey, { key: one, origin }),
      await describeKey(three.publicKey, { key: two, origin }),
    ]
    const keys = details.flatMap((detail) => keyIn({ v: 1, kind: 'key', at, item: null, detail }) ?? [])
    expect(keys).toHaveLength(3)
    const identity = { version: 1 as const, origin, keys }
    expect(await isUnbroken(identity)).toBe(true)
    expect(await isUnbroken({ ...identity, keys: keys.slice(0, 1) })).toBe(true)
    expect(await isUnbroken({ ...identity, keys: keys.slice(1) })).toBe(false)
    expect(await isUnbroken({ ...identity, keys: keys.filter((_, index) => index !== 1) })).toBe(false)
    const unsigned = keys.map((key, index) => (index === 2 ? { ...key, signature: null } : key))
    expect(await isUnbroken({ ...identity, keys: unsigned })).toBe(false)
    expect(await isUnbroken({ ...identity, origin: await originOf(two.publicKey) })).toBe(false)
  })

  it('is not read from other entries', () => {
    expect(keyIn({ v: 1, kind: 'filed', at, item: null, detail: { publicKey: '0f'.repeat(32) } })).toBeNull()
    expect(keyIn({ v: 1, kind: 'key', at, item: null, detail: { publicKey: 'none' } })).toBeNull()
  })
})

describe('entries', () => {
  it('have one form, and a commitment that salt and bytes make', async () => {
    const entry = Entry.parse({
      v: 1,
      kind: 'filed',
      at: '2024-05-15T10:00:00.000Z',
      item: null,
      detail: { b: '2', a: '1' },
    })
    expect(fromUtf8(entryBytes(entry))).toBe(
      '{"at":"2024-05-15T10:00:00.000Z","detail":{"a":"1","b":"2"},"item":null,"kind":"filed","v":1}',
    )
    const salt = new Uint8Array(32).fill(7)
    // printf '\x07' 32 times, then the text above, through sha256sum.
    const known = 'eb37e094b89c71e84e020fe16bb7dca97e51d286a49b2901b218b49de2df5836'
    expect(toHex(await commitmentOf(salt, entryBytes(entry)))).toBe(known)
    expect(Entry.safeParse({ ...entry, detail: { n: 3 } }).success).toBe(false)
    expect(Entry.safeParse({ ...entry, kind: 'captured' }).success).toBe(false)
  })
})

describe('fingerprints', () => {
  it('are the same words and digits for the same bytes', async () => {
    const key = fromHex(rfc8032[0]?.publicKey ?? '')
    expect(await fingerprintWords(key)).toBe('runny whoops remover buzz dreamily uplifted unwary catacomb')
    expect(await shortFingerprint(toUtf8('abc'))).toBe('ba78 16bf 8f01 cfea')
  })
})
