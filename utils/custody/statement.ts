import { type Bytes, concatBytes, fromUtf8, toBase64, toUtf8 } from '../crypto/bytes'
import { canonicalBytes } from '../crypto/canonical-json'
import { isSigned, type SigningKey } from '../crypto/sign'
import { sha256Hex, utcTime, z } from '../model/schema'
import { readBase64 } from './checkpoint'

/*
 * An in-toto Statement v1 (https://in-toto.io/Statement/v1) about the manifest of a bundle, in a DSSE envelope
 * (https://github.com/secure-systems-lab/dsse, protocol version 1), signed with Ed25519.
 */

export const payloadType = 'application/vnd.in-toto+json'
const predicateType = 'https://witnessmark.invalid/bundle/v1'

const digest = z.strictObject({ sha256: sha256Hex })

/** What is signed: the digests of the manifest and of the files beside the payload, and when. */
export const BundleStatement = z.strictObject({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z.array(z.strictObject({ name: z.string().max(200), digest })).length(1),
  predicateType: z.literal(predicateType),
  predicate: z.strictObject({
    madeAt: utcTime,
    files: z.array(z.strictObject({ name: z.string().max(200), digest })).max(20),
  }),
})
export type BundleStatement = z.infer<typeof BundleStatement>

type Digest = { path: string; sha256: string }

/** The statement about a bundle: its payload manifest, and other files of it in their order. */
export function describeBundle(about: {
  manifest: Digest
  files: readonly Digest[]
  madeAt: string
}): BundleStatement {
  const named = ({ path, sha256 }: Digest) => ({ name: path, digest: { sha256 } })
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [named(about.manifest)],
    predicateType,
    predicate: { madeAt: about.madeAt, files: about.files.map(named) },
  }
}

/** DSSE's pre-authentication encoding: what is really signed. Lengths count bytes. */
export function preAuthEncoding(type: string, body: Bytes): Bytes {
  const typeBytes = toUtf8(type)
  return concatBytes(toUtf8(`DSSEv1 ${typeBytes.length} `), typeBytes, toUtf8(` ${body.length} `), body)
}

/** An envelope as it lies in the bundle: canonical JSON, one signature. `keyid` is the public key in base64. */
export const Envelope = z.strictObject({
  payload: z.string().max(100_000),
  payloadType: z.enum([payloadType]),
  signatures: z.array(z.strictObject({ keyid: z.string().max(100), sig: z.string().max(200) })).length(1),
})
export type Envelope = z.infer<typeof Envelope>

/** The signed envelope of a statement. */
export async function signStatement(statement: BundleStatement, key: SigningKey): Promise<Envelope> {
  const body = canonicalBytes(statement)
  const signature = await key.sign(preAuthEncoding(payloadType, body))
  const signatures = [{ keyid: toBase64(key.publicKey), sig: toBase64(signature) }]
  return { payload: toBase64(body), payloadType, signatures }
}

/** The statement in an envelope that this key signed. Null when it did not, or when it holds no such statement. */
export async function openStatement(envelope: Envelope, publicKey: Bytes): Promise<BundleStatement | null> {
  const body = readBase64(envelope.payload)
  const signature = readBase64(envelope.signatures[0]?.sig ?? '')
  if (!body || !signature || envelope.signatures[0]?.keyid !== toBase64(publicKey)) return null
  const message = preAuthEncoding(payloadType, body)
  if (!(await isSigned({ publicKey, message, signature }))) return null
  try {
    return BundleStatement.parse(JSON.parse(fromUtf8(body)))
  } catch {
    return null
  }
}
