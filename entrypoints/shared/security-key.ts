import { concatBytes, randomBytes } from '../../utils/crypto/bytes'
import type { SecurityKey } from '../../utils/locker/slots'
import { listSecurityKeys, type WayIn } from '../../utils/locker/ways-in'
import { fail, type Outcome, succeed } from '../../utils/model/problem'

/*
 * A security key through WebAuthn's PRF: it answers 32 bytes to 32 bytes, the same each time, and never without the
 * person. The relying party is the extension itself, so no site can ask for the answer.
 * Source: Web Authentication Level 3, section 10.1.4.
 */

type Answered = Pick<SecurityKey, 'credential' | 'output'>

const prfLength = 32
/** ES256, EdDSA and RS256: what keys commonly sign with. The signature itself is not used. */
const algorithms = [-7, -8, -257]
const timeout = 120_000

/**
 * Whether this browser knows security keys in this page, and PRF with them. Only where an extension may speak for
 * itself: Chromium's extension pages (seen in 156). Firefox takes the names of sites alone from an extension (hearsay:
 * developer.mozilla.org, "Use Web Authn API in web extensions"), and a site could then ask for the answer, too.
 */
export async function canUseSecurityKeys(): Promise<boolean> {
  if (typeof PublicKeyCredential === 'undefined' || location.protocol !== 'chrome-extension:') return false
  try {
    const capabilities = await PublicKeyCredential.getClientCapabilities()
    return capabilities['extension:prf'] === true
  } catch {
    return false
  }
}

function outputOf(credential: PublicKeyCredential): Uint8Array<ArrayBuffer> | null {
  const first = credential.getClientExtensionResults().prf?.results?.first
  if (first === undefined) return null
  const bytes = concatBytes(
    first instanceof ArrayBuffer
      ? new Uint8Array(first)
      : new Uint8Array(first.buffer as ArrayBuffer, first.byteOffset, first.byteLength),
  )
  return bytes.length === prfLength ? bytes : null
}

function inputFor(input: Uint8Array<ArrayBuffer>) {
  return { prf: { eval: { first: input } } }
}

/** Makes a new credential on a security key and asks it once. Problem: `no-key-answer`. */
export async function makeSecurityKey(): Promise<Outcome<SecurityKey>> {
  const input = randomBytes(prfLength)
  try {
    const made = await navigator.credentials.create({
      publicKey: {
        rp: { name: 'Locker' },
        user: { id: randomBytes(16), name: 'locker', displayName: 'locker' },
        challenge: randomBytes(32),
        pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
        // Nothing that can be listed on the key; a person at it every time.
        authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
        timeout,
        extensions: inputFor(input),
      },
    })
    if (!(made instanceof PublicKeyCredential)) return fail('no-key-answer')
    const credential = concatBytes(new Uint8Array(made.rawId))
    // Many keys answer only when asked, not when they are made.
    const output = outputOf(made) ?? (await answerOf([{ credential, input }]))?.output
    return output ? succeed({ credential, input, output }) : fail('no-key-answer')
  } catch {
    return fail('no-key-answer')
  }
}

/** The answer of whichever of these keys is at hand; null when none answered. */
async function answerOf(keys: readonly Omit<SecurityKey, 'output'>[]): Promise<Answered | null> {
  const evalByCredential = Object.fromEntries(
    keys.map(({ credential, input }) => [
      credential.toBase64({ alphabet: 'base64url', omitPadding: true }),
      { first: input },
    ]),
  )
  try {
    const got = await navigator.credentials.get({
      publicKey: {
        challenge: randomBytes(32),
        allowCredentials: keys.map(({ credential }) => ({ type: 'public-key', id: credential })),
        userVerification: 'required',
        timeout,
        extensions: { prf: { evalByCredential } },
      },
    })
    if (!(got instanceof PublicKeyCredential)) return null
    const output = outputOf(got)
    return output && { credential: concatBytes(new Uint8Array(got.rawId)), output }
  } catch {
    return null
  }
}

/**
 * A passphrase with the answer of a security key, where the locker wants one: the browser then asks the person for
 * it. Problem: `no-key-answer`.
 */
export async function withSecurityKey(passphrase: string): Promise<Outcome<WayIn & { passphrase: string }>> {
  const keys = await listSecurityKeys()
  if (keys.length === 0) return succeed({ passphrase })
  const securityKey = await answerOf(keys)
  return securityKey ? succeed({ passphrase, securityKey }) : fail('no-key-answer')
}
