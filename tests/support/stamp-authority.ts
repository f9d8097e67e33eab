import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/*
 * A time-stamp authority made with OpenSSL for one test run: a root, a certificate for time stamps under it, and some
 * that are not for them, or not for them alone. Everything of it is thrown away.
 */

type Signer = 'stamps' | 'expired' | 'anything' | 'loose' | 'both'

export type StampAuthority = {
  /** The DER answer to a request. */
  answer: (request: Uint8Array) => Uint8Array<ArrayBuffer>
  /** The same, put together by hand around a stamp's DER (`TSTInfo`): OpenSSL itself signs with the first only. */
  sign: (info: Uint8Array, signer: Signer) => Uint8Array<ArrayBuffer>
  /** Whether `openssl ts -verify` accepts an answer for the bytes stamped. */
  isVerifiedByOpenssl: (answer: Uint8Array, stamped: Uint8Array) => boolean
  close: () => void
}

const usage = {
  stamps: 'critical,timeStamping',
  expired: 'critical,timeStamping',
  anything: 'critical,serverAuth',
  loose: 'timeStamping',
  both: 'critical,timeStamping,serverAuth',
}

const config = `
[tsa]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha256
accuracy = secs:1, millisecs:500
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`

/** A DER answer with the status `granted` (RFC 3161 §2.4.2). */
function grantedAnswer(token: Uint8Array): Uint8Array<ArrayBuffer> {
  const status = [0x30, 3, 2, 1, 0]
  const length = status.length + token.length
  return new Uint8Array([0x30, 0x82, length >> 8, length & 0xff, ...status, ...token])
}

type KeyKind = 'prime256v1' | 'secp384r1' | 'secp521r1' | 'rsa'

/** Makes the authority. Throws when OpenSSL is missing. */
export function makeStampAuthority(kind: KeyKind = 'prime256v1'): StampAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-tsa-'))
  const at = (name: string): string => join(folder, name)
  const openssl = (...args: string[]): Buffer =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  writeFileSync(at('tsa.cnf'), config)
  writeFileSync(at('serial'), '01\n')
  const key = (name: string): void => {
    if (kind === 'rsa') openssl('genrsa', '-out', `${name}.key`, '2048')
    else openssl('ecparam', '-name', kind, '-genkey', '-noout', '-out', `${name}.key`)
  }
  key('root')
  openssl(
    'req',
    '-x509',
    '-new',
    '-key',
    'root.key',
    '-subj',
    '/CN=Invented Root',
    '-days',
    '3650',
    '-out',
    'root.pem',
  )
  for (const [name, purpose] of Object.entries(usage)) {
    key(name)
    openssl(
      'req',
      '-new',
      '-key',
      `${name}.key`,
      '-subj',
      `/CN=Invented Clock (${name})`,
      '-out',
      `${name}.csr`,
    )
    writeFileSync(at('ext.cnf'), `extendedKeyUsage = ${purpose}\nkeyUsage = digitalSignature\n`)
    const period = name === 'expired' ? ['-days', '-1'] : ['-days', '3000']
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'root.pem',
      '-CAkey',
      'root.key',
      '-set_serial',
      '7',
      '-sha256',
      ...period,
      '-extfile',
      'ext.cnf',
      '-out',
      `${name}.pem`,
    )
  }
  return {
    answer: (request) => {
      writeFileSync(at('q.tsq'), request)
      const by = ['-signer', 'stamps.pem', '-inkey', 'stamps.key', '-chain', 'root.pem']
      openssl(
        'ts',
        '-reply',
        '-config',
        'tsa.cnf',
        '-section',
        'tsa',
        '-queryfile',
        'q.tsq',
        ...by,
        '-out',
        'r.tsr',
      )
      return new Uint8Array(readFileSync(at('r.tsr')))
    },
    sign: (info, signer) => {
      writeFileSync(at('info.der'), info)
      const by = ['-signer', `${signer}.pem`, '-inkey', `${signer}.key`, '-certfile', 'root.pem']
      const form = [
        '-binary',
        '-nodetach',
        '-cades',
        '-md',
        'sha256',
        '-econtent_type',
        '1.2.840.113549.1.9.16.1.4',
      ]
      openssl('cms', '-sign', '-in', 'info.der', ...form, ...by, '-outform', 'DER', '-out', 'token.der')
      return grantedAnswer(readFileSync(at('token.der')))
    },
    isVerifiedByOpenssl: (answer, stamped) => {
      writeFileSync(at('v.tsr'), answer)
      writeFileSync(at('v.bin'), stamped)
      try {
        openssl('ts', '-verify', '-data', 'v.bin', '-in', 'v.tsr', '-CAfile', 'root.pem')
        return true
      } catch {
        // Its exit code is its finding.
        return false
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
