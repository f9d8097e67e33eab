import { createDecipheriv } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Bytes, concatBytes, fromUtf8, toHex } from '../../utils/crypto/bytes'
import { sha256Bytes } from '../../utils/crypto/digest'
import { readHeader } from '../../utils/crypto/header'
import { deriveSlotKey } from '../../utils/crypto/passphrase'
import { contextOf, openSealedKey } from '../../utils/crypto/seal'
import { deriveKey, keyLength } from '../../utils/crypto/wrap'
import { readVarint } from './snappy'

/*
 * What a laboratory does with the passphrase in hand: takes everything in the files that may have been a slot, a
 * secret, a key or a record, whenever it was written, and tries each with each. It knows how the locker is made and
 * trusts no database.
 */

const boxedKey = 28 + keyLength
const headerMagic = Buffer.from('LKR1')
const secretMagic = Buffer.from('LKS1')
const ageMagic = Buffer.from('age-encryption.org/v1\n')
const longestArray = 4 * 1024 * 1024

/** Candidates found in the files, each once. */
type Finds = {
  /** Byte arrays as V8 stores them. */
  arrays: Bytes[]
  headers: Bytes[]
  ids: string[]
  secrets: { epoch: number; secret: Bytes }[]
}

function everyPlace(file: Buffer, what: Buffer): number[] {
  const places: number[] = []
  for (let at = file.indexOf(what); at >= 0; at = file.indexOf(what, at + 1)) places.push(at)
  return places
}

/** V8 writes a buffer as `B`, its length and its bytes, and then the view on it, which begins with `V`. */
function arraysIn(file: Buffer): Bytes[] {
  return everyPlace(file, Buffer.from('B')).flatMap((at) => {
    const length = readVarint(file, at + 1)
    if (length === null || length.value < 16 || length.value > longestArray) return []
    const end = length.next + length.value
    const isArray = file[end] === 0x56 && end < file.length
    return isArray ? [Uint8Array.from(file.subarray(length.next, end))] : []
  })
}

function headersIn(file: Buffer): Bytes[] {
  return everyPlace(file, headerMagic).flatMap((at) => {
    if (at + 28 > file.length) return []
    const bytes = Uint8Array.from(file.subarray(at, at + 28 + 4 * file.readUInt16BE(at + 26)))
    return readHeader(bytes) === null ? [] : [bytes]
  })
}

function secretsIn(file: Buffer): Finds['secrets'] {
  return everyPlace(file, secretMagic).flatMap((at) =>
    at + 56 > file.length
      ? []
      : [{ epoch: file.readUInt32BE(at + 4), secret: Uint8Array.from(file.subarray(at + 24, at + 56)) }],
  )
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : []
  })
}

function unique<T>(all: readonly T[], name: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [name(one), one])).values()]
}

function findAll(folders: readonly string[]): Finds {
  const files = folders.flatMap(filesBelow).map((path) => readFileSync(path))
  return {
    arrays: unique(files.flatMap(arraysIn), toHex),
    headers: unique(files.flatMap(headersIn), toHex),
    ids: [...new Set(files.flatMap((file) => file.toString('latin1').match(/[0-9a-f]{32}/g) ?? []))],
    secrets: unique(files.flatMap(secretsIn), ({ epoch, secret }) => `${epoch} ${toHex(secret)}`),
  }
}

/** As `openBox`, without promises: millions are tried. */
function tryBox(key: Uint8Array, context: string, box: Uint8Array): Bytes | null {
  const cipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, 12))
  cipher.setAAD(Buffer.from(context))
  cipher.setAuthTag(box.subarray(-16))
  const opened = cipher.update(box.subarray(12, -16))
  try {
    cipher.final()
    return Uint8Array.from(opened)
  } catch {
    return null
  }
}

type Cost = { memoryKib: number; passes: number; lanes: number }

/** Every ROOT that the passphrase gives from any slot, old ones included. */
async function findRoots(finds: Finds, lockerId: string, passphrase: string, cost: Cost): Promise<Bytes[]> {
  const roots: Bytes[] = []
  const boxes = finds.arrays.filter(({ length }) => length === boxedKey)
  for (const salt of finds.arrays.filter(({ length }) => length === 16)) {
    const key = await deriveSlotKey(passphrase, { ...cost, salt } as never)
    const params = `argon2id-19-m${cost.memoryKib}-t${cost.passes}-p${cost.lanes}-${toHex(salt)}`
    for (const id of finds.ids) {
      const context = contextOf(lockerId, 'root', id, params)
      for (const box of boxes) roots.push(...[tryBox(key, context, box)].filter((root) => root !== null))
    }
  }
  return unique(roots, toHex)
}

type Kek = { epoch: number; kek: Bytes }

async function findKeks(
  roots: readonly Bytes[],
  secrets: Finds['secrets'],
  lockerId: string,
  epochs: number,
): Promise<Kek[]> {
  const keks: Kek[] = []
  for (const root of roots) {
    for (const { secret } of secrets) {
      for (let epoch = 1; epoch <= epochs; epoch++) {
        const info = contextOf(lockerId, 'kek', epoch)
        keks.push({ epoch, kek: await deriveKey({ secret: root, salt: secret, info }) })
      }
    }
  }
  return keks
}

function findIdentities(finds: Finds, keks: readonly Kek[], lockerId: string): string[] {
  const boxes = finds.arrays.filter(({ length }) => length > boxedKey && length < 4_096)
  const found = keks.flatMap(({ kek, epoch }) =>
    boxes.flatMap((box) => {
      const identity = tryBox(kek, contextOf(lockerId, 'sealing', epoch), box)
      return identity === null ? [] : [fromUtf8(identity)]
    }),
  )
  return [...new Set(found)]
}

async function keysOf(
  finds: Finds,
  opened: { keks: readonly Kek[]; identities: readonly string[] },
  lockerId: string,
  header: Bytes,
): Promise<Bytes[]> {
  const hash = await sha256Bytes(header)
  const keys: Bytes[] = []
  for (const { kek, epoch } of opened.keks) {
    const context = contextOf(lockerId, 'item-key', toHex(hash), epoch)
    for (const box of finds.arrays) {
      const key = box.length === boxedKey ? tryBox(kek, context, box) : null
      if (key !== null) keys.push(key)
    }
  }
  const sealed = finds.arrays.filter((one) => ageMagic.equals(one.subarray(0, ageMagic.length)))
  for (const identity of opened.identities) {
    for (const box of sealed) {
      const key = await openSealedKey(identity, box, hash)
      if (key !== null) keys.push(key)
    }
  }
  return keys
}

/** What the search came to. Ids are those of items. */
export type Carved = {
  headers: string[]
  roots: number
  keks: number
  /** Items of which a key was found, and with it their facts. */
  opened: string[]
}

/**
 * Opens whatever opens in these folders. `remembered` are secrets of epochs that the files themselves need not hold
 * any more: with them the test shows that what was deleted is still there, and closed.
 */
export async function carve(from: {
  folders: readonly string[]
  lockerId: string
  passphrase: string
  cost: Cost
  epochs: number
  remembered?: readonly Bytes[]
}): Promise<Carved> {
  const { lockerId } = from
  const finds = findAll(from.folders)
  const extra = (from.remembered ?? []).flatMap((cell) => secretsIn(Buffer.from(concatBytes(cell))))
  const roots = await findRoots(finds, lockerId, from.passphrase, from.cost)
  const keks = await findKeks(roots, [...finds.secrets, ...extra], lockerId, from.epochs)
  const identities = findIdentities(finds, keks, lockerId)
  const opened: string[] = []
  const headers = finds.headers.map((header) => ({ header, id: readHeader(header)?.recordId ?? '' }))
  for (const { header, id } of headers) {
    const place = contextOf(lockerId, 'item-meta', toHex(await sha256Bytes(header)))
    const keys = await keysOf(finds, { keks, identities }, lockerId, header)
    const isOpen = keys.some((key) => finds.arrays.some((box) => box.length >= 28 && tryBox(key, place, box)))
    if (isOpen) opened.push(id)
  }
  return { headers: headers.map(({ id }) => id), roots: roots.length, keks: keks.length, opened }
}
