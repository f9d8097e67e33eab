import type { Integer } from 'asn1js'
import type { Attribute, Certificate, SignedData, SignerInfo, TSTInfo } from 'pkijs'
import { type Bytes, equalBytes, toHex } from '../crypto/bytes'
import { sha256, sha256Bytes } from '../crypto/digest'

/** A time stamp whose own statements hold together. Whether its authority deserves trust is for the reader to say. */
export type TimeStamp = {
  /** When the authority saw the digest, in UTC, as `toISOString` writes it. */
  at: string
  /** How exact the authority says it is, in seconds; null where it does not say. */
  accuracySeconds: number | null
  /** The name in the authority's certificate. */
  authority: string
  /** SHA-256 of that certificate, in hexadecimal, to compare with what the authority publishes. */
  certificate: string
  /** Whether the certificates that came with it lead to one that signs itself, all valid at the time stamped. */
  chain: 'complete' | 'incomplete'
}

export type TimeStampReason =
  | 'stamp-unreadable'
  | 'stamp-not-granted'
  | 'stamp-of-other'
  | 'stamp-nonce-differs'
  | 'stamp-signature-wrong'
  | 'stamp-not-by-authority'
  | 'stamp-certificate-invalid'

export type TimeStampCheck = { ok: true; stamp: TimeStamp } | { ok: false; reason: TimeStampReason }

/** Bytes of an answer: those of public authorities have three to eight thousand. */
const largest = 100_000

const sha256Oid = '2.16.840.1.101.3.4.2.1'
const timeStampingOid = '1.3.6.1.5.5.7.3.8'
const extendedUsageOid = '2.5.29.37'
const contentTypeOid = '1.2.840.113549.1.9.3'
const stampContentOid = '1.2.840.113549.1.9.16.1.4'
const commonNameOid = '2.5.4.3'
const organisationOid = '2.5.4.10'
const certificateUsedOids = ['1.2.840.113549.1.9.16.2.47', '1.2.840.113549.1.9.16.2.12']

type Pki = typeof import('pkijs')

/** Large, and needed by few: loaded when a stamp is asked for or checked. */
function loadPki(): Promise<Pki> {
  return import('pkijs')
}

/**
 * The question to a time-stamp authority about a SHA-256 digest (RFC 3161 §2.4.1), DER: version 1, with a nonce, and
 * asking for the authority's certificate. It holds nothing else.
 */
export async function writeTimeStampRequest(digest: Bytes, nonce: Bytes): Promise<Bytes> {
  const [pki, asn1] = await Promise.all([loadPki(), import('asn1js')])
  // A number: with a first byte over 127 it would be negative, with one of 0 too long.
  const positive = new Uint8Array([1, ...nonce])
  const request = new pki.TimeStampReq({
    version: 1,
    messageImprint: new pki.MessageImprint({
      hashAlgorithm: new pki.AlgorithmIdentifier({
        algorithmId: sha256Oid,
        algorithmParams: new asn1.Null(),
      }),
      hashedMessage: new asn1.OctetString({ valueHex: digest.slice().buffer }),
    }),
    nonce: new asn1.Integer({ valueHex: positive.buffer }),
    certReq: true,
  })
  return new Uint8Array(request.toSchema().toBER())
}

/** What a request asks: the digest, and the nonce in hexadecimal. Null when it is none about SHA-256. */
export async function readTimeStampRequest(request: Bytes): Promise<{ digest: Bytes; nonce: string } | null> {
  const pki = await loadPki()
  try {
    const { messageImprint, nonce } = pki.TimeStampReq.fromBER(request)
    if (messageImprint.hashAlgorithm.algorithmId !== sha256Oid) return null
    const digest = new Uint8Array(messageImprint.hashedMessage.valueBlock.valueHexView)
    return digest.length === 32 && nonce ? { digest, nonce: hexOf(nonce) } : null
  } catch {
    // Not the DER of a request.
    return null
  }
}

/**
 * Checks an authority's answer (RFC 3161 §2.4.2) against the bytes that were stamped, and against the nonce of the
 * request where that is at hand: status, digest, nonce, the signature over them, that the certificate is one for time
 * stamps alone (§2.3), is the one that was signed for (RFC 5816), and was valid at the time stamped. Never throws for
 * what the answer holds.
 */
export async function checkTimeStamp(
  answer: Bytes,
  stamped: Bytes,
  nonce: string | null = null,
): Promise<TimeStampCheck> {
  if (answer.length > largest) return refuse('stamp-unreadable')
  const pki = await loadPki()
  try {
    const token = await readAnswer(pki, answer)
    return token ? await checkToken(pki, token, { stamped, nonce }) : refuse('stamp-not-granted')
  } catch {
    // Not DER, or not what its outer form says.
    return refuse('stamp-unreadable')
  }
}

type Token = { signed: SignedData; info: TSTInfo; signer: SignerInfo }

function refuse(reason: TimeStampReason): TimeStampCheck {
  return { ok: false, reason }
}

function hexOf(number: Integer): string {
  return toHex(number.valueBlock.valueHexView).replace(/^(00)+(?=.)/, '')
}

/** Null when the authority refused. Throws when it is no answer. */
async function readAnswer(pki: Pki, answer: Bytes): Promise<Token | null> {
  const { fromBER } = await import('asn1js')
  if (fromBER(answer).offset !== answer.length) throw new Error('more than an answer')
  const { status, timeStampToken } = pki.TimeStampResp.fromBER(answer)
  // 0 is granted, 1 granted with modifications.
  if (Number(status.status) > 1 || !timeStampToken) return null
  if (timeStampToken.contentType !== pki.ContentInfo.SIGNED_DATA) throw new Error('no signed data')
  const signed = new pki.SignedData({ schema: timeStampToken.content })
  const { eContent, eContentType } = signed.encapContentInfo
  const [signer, ...others] = signed.signerInfos
  const isStamp = eContentType === pki.id_eContentType_TSTInfo
  if (!eContent || !isStamp || !signer || others.length > 0) throw new Error('no time-stamp token')
  return { signed, info: pki.TSTInfo.fromBER(eContent.getValue()), signer }
}

async function checkToken(
  pki: Pki,
  { signed, info, signer }: Token,
  wanted: { stamped: Bytes; nonce: string | null },
): Promise<TimeStampCheck> {
  const { hashAlgorithm, hashedMessage } = info.messageImprint
  const isOther = !equalBytes(hashedMessage.valueBlock.valueHexView, await sha256Bytes(wanted.stamped))
  if (hashAlgorithm.algorithmId !== sha256Oid || isOther) return refuse('stamp-of-other')
  const nonce = info.nonce ? hexOf(info.nonce) : null
  if (wanted.nonce !== null && nonce !== wanted.nonce) return refuse('stamp-nonce-differs')
  const certificate = await signerCertificate(signed, signer, wanted.stamped)
  if (!certificate) return refuse('stamp-signature-wrong')
  if (!isForTimeStamps(certificate)) return refuse('stamp-not-by-authority')
  if (!isValidAt(certificate, info.genTime)) return refuse('stamp-certificate-invalid')
  const isComplete = await isChainComplete(pki, certificate, { signed, at: info.genTime })
  return {
    ok: true,
    stamp: {
      at: info.genTime.toISOString(),
      accuracySeconds: accuracyOf(info),
      authority: nameOf(certificate),
      certificate: await sha256(encoded(certificate)),
      chain: isComplete ? 'complete' : 'incomplete',
    },
  }
}

function encoded(certificate: Certificate): Bytes {
  return new Uint8Array(certificate.toSchema().toBER())
}

/** The certificate whose key signed the content, if it is also the one that was signed for. */
async function signerCertificate(
  signed: SignedData,
  signer: SignerInfo,
  stamped: Bytes,
): Promise<Certificate | null> {
  const attributes = signer.signedAttrs?.attributes ?? []
  const contentType = attributes.find(({ type }) => type === contentTypeOid)?.values[0]
  if (contentType?.valueBlock.toString() !== stampContentOid) return null
  try {
    const result = await signed.verify({ signer: 0, data: stamped.slice().buffer, extendedMode: true })
    const certificate = result.signatureVerified ? result.signerCertificate : null
    return certificate && (await isSignedFor(certificate, attributes)) ? certificate : null
  } catch {
    // What the library throws is its finding.
    return null
  }
}

/** The attribute that binds the signature to one certificate: RFC 5816 with SHA-256, RFC 2634 with SHA-1. */
async function isSignedFor(certificate: Certificate, attributes: readonly Attribute[]): Promise<boolean> {
  const asn1 = await import('asn1js')
  for (const { type, values } of attributes) {
    if (!certificateUsedOids.includes(type)) continue
    const first = values[0]?.valueBlock?.value?.[0]?.valueBlock?.value?.[0]?.valueBlock?.value
    if (!Array.isArray(first)) return false
    const digest = first.find((part: unknown) => part instanceof asn1.OctetString)
    const algorithm = first.find((part: unknown) => part instanceof asn1.Sequence && part !== first.at(-1))
    const isSha1 = type === certificateUsedOids[1]
    // Another algorithm than the standard's own is named; none is known to be used.
    if (!digest || (!isSha1 && algorithm && first.indexOf(algorithm) < first.indexOf(digest))) return false
    const own = await crypto.subtle.digest(isSha1 ? 'SHA-1' : 'SHA-256', encoded(certificate))
    return equalBytes(digest.valueBlock.valueHexView, new Uint8Array(own))
  }
  return false
}

function isForTimeStamps(certificate: Certificate): boolean {
  const usage = certificate.extensions?.find(({ extnID }) => extnID === extendedUsageOid)
  const purposes = (usage?.parsedValue as { keyPurposes?: string[] } | undefined)?.keyPurposes
  return usage?.critical === true && purposes?.length === 1 && purposes[0] === timeStampingOid
}

function isValidAt(certificate: Certificate, at: Date): boolean {
  return certificate.notBefore.value <= at && at <= certificate.notAfter.value
}

async function isChainComplete(
  pki: Pki,
  certificate: Certificate,
  { signed, at }: { signed: SignedData; at: Date },
): Promise<boolean> {
  const others = (signed.certificates ?? []).filter(
    (one): one is Certificate => one instanceof pki.Certificate && one !== certificate,
  )
  const roots = others.filter((one) => one.issuer.isEqual(one.subject))
  if (roots.length === 0) return false
  const engine = new pki.CertificateChainValidationEngine({
    trustedCerts: roots,
    certs: [...others, certificate],
    checkDate: at,
  })
  return (await engine.verify()).result
}

function nameOf({ subject }: Certificate): string {
  const of = (oid: string) => subject.typesAndValues.find(({ type }) => type === oid)?.value.valueBlock.value
  return String(of(commonNameOid) ?? of(organisationOid) ?? '').slice(0, 200)
}

function accuracyOf({ accuracy }: TSTInfo): number | null {
  if (!accuracy) return null
  const { seconds = 0, millis = 0, micros = 0 } = accuracy
  return seconds + millis / 1_000 + micros / 1_000_000
}
