import {
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  decapsulate,
  generateKeyPairSync,
} from 'node:crypto'
import type { Identity, Stanza } from 'age-encryption'

/*
 * Both halves of a tagged key as a hardware key holds it (c2sp.org/age, "The tagged recipient types"), made and used
 * with Node's own cryptography, none of it the age library's: HPKE in base mode (RFC 9180) with HKDF-SHA256 and
 * ChaCha20-Poly1305; for `age1tagpq1…` the KEM MLKEM768-P256 of draft-ietf-hpke-pq.
 */

const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

function checksum(values: readonly number[]): number {
  const steps = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
  return values.reduce((sum, value) => {
    const next = ((sum & 0x1ffffff) << 5) ^ value
    return steps.reduce((all, step, bit) => (((sum >>> 25) >> bit) & 1 ? all ^ step : all), next)
  }, 1)
}

/** Bech32 (BIP 173) without its limit of length. */
export function bech32(prefix: string, bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const words = (bits.match(/.{1,5}/g) ?? []).map((five) => Number.parseInt(five.padEnd(5, '0'), 2))
  const codes = [...prefix].map((sign) => sign.charCodeAt(0))
  const head = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)]
  const sum = checksum([...head, ...words, 0, 0, 0, 0, 0, 0]) ^ 1
  const tail = [25, 20, 15, 10, 5, 0].map((shift) => (sum >>> shift) & 31)
  return `${prefix}1${[...words, ...tail].map((word) => alphabet[word]).join('')}`
}

const extract = (salt: Uint8Array, input: Uint8Array) => createHmac('sha256', salt).update(input).digest()

function suiteOf(kem: number, kind: 'KEM' | 'HPKE'): Buffer {
  const ids = kind === 'KEM' ? [kem] : [kem, 1, 3]
  return Buffer.concat([Buffer.from(kind), ...ids.map((id) => Buffer.from([id >> 8, id & 255]))])
}

function labeledExtract(suite: Buffer, salt: Uint8Array, label: string, input: Uint8Array): Buffer {
  return extract(salt, Buffer.concat([Buffer.from('HPKE-v1'), suite, Buffer.from(label), input]))
}

function labeledExpand(
  from: { suite: Buffer; key: Buffer },
  label: string,
  { info, length }: { info: Uint8Array; length: number },
): Buffer {
  const all = Buffer.concat([
    Buffer.from([length >> 8, length & 255]),
    Buffer.from('HPKE-v1'),
    from.suite,
    Buffer.from(label),
    info,
  ])
  const blocks = [createHmac('sha256', from.key).update(all).update(Uint8Array.of(1)).digest()]
  return Buffer.concat(blocks).subarray(0, length)
}

function openBase(
  kem: number,
  { shared, info, body }: { shared: Buffer; info: Buffer; body: Uint8Array },
): Uint8Array {
  const suite = suiteOf(kem, 'HPKE')
  const none = Buffer.alloc(0)
  const context = Buffer.concat([
    Buffer.from([0]),
    labeledExtract(suite, none, 'psk_id_hash', none),
    labeledExtract(suite, none, 'info_hash', info),
  ])
  const secret = { suite, key: labeledExtract(suite, shared, 'secret', none) }
  const key = labeledExpand(secret, 'key', { info: context, length: 32 })
  const nonce = labeledExpand(secret, 'base_nonce', { info: context, length: 12 })
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
  decipher.setAuthTag(body.subarray(-16))
  return Buffer.concat([decipher.update(body.subarray(0, -16)), decipher.final()])
}

const unpadded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

function identityOf(
  name: string,
  {
    recipient,
    open,
  }: { recipient: Buffer; open: (enc: Buffer, info: Buffer, body: Uint8Array) => Uint8Array },
): Identity {
  const info = Buffer.from(`age-encryption.org/${name}`)
  return {
    unwrapFileKey: (stanzas: Stanza[]) => {
      for (const { args, body } of stanzas) {
        if (args[0] !== name) continue
        const enc = Buffer.from(args[2] ?? '', 'base64')
        const hash = createHash('sha256').update(recipient).digest().subarray(0, 4)
        const tag = extract(info, Buffer.concat([enc, hash])).subarray(0, 4)
        if (args[1] === unpadded(tag)) return Uint8Array.from(open(enc, info, body))
      }
      return null
    },
  }
}

/** An `age1tag1…` key and what opens files to it. */
export function makeTagged(): { recipient: string; identity: Identity } {
  const own = createECDH('prime256v1')
  const whole = own.generateKeys()
  const recipient = own.getPublicKey(null, 'compressed')
  const open = (enc: Buffer, info: Buffer, body: Uint8Array) => {
    const suite = suiteOf(0x10, 'KEM')
    const key = labeledExtract(suite, Buffer.alloc(0), 'eae_prk', own.computeSecret(enc))
    const shared = labeledExpand({ suite, key }, 'shared_secret', {
      info: Buffer.concat([enc, whole]),
      length: 32,
    })
    return openBase(0x10, { shared, info, body })
  }
  return { recipient: bech32('age1tag', recipient), identity: identityOf('p256tag', { recipient, open }) }
}

/** An `age1tagpq1…` key and what opens files to it. Throws on a Node without ML-KEM. */
export function makeTaggedHybrid(): { recipient: string; identity: Identity } {
  const own = createECDH('prime256v1')
  const point = own.generateKeys()
  const { publicKey, privateKey } = generateKeyPairSync('ml-kem-768')
  const lattice = Buffer.from(String(publicKey.export({ format: 'jwk' }).pub), 'base64url')
  const open = (enc: Buffer, info: Buffer, body: Uint8Array) => {
    const [sealed, ephemeral] = [enc.subarray(0, 1088), enc.subarray(1088)]
    const secrets = [decapsulate(privateKey, sealed), own.computeSecret(ephemeral)]
    const combined = [...secrets, ephemeral, point, Buffer.from('MLKEM768-P256')]
    const shared = createHash('sha3-256').update(Buffer.concat(combined)).digest()
    return openBase(0x50, { shared, info, body })
  }
  const recipient = bech32('age1tagpq', Buffer.concat([lattice, point]))
  return { recipient, identity: identityOf('mlkem768p256tag', { recipient: point, open }) }
}
