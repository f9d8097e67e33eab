import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { Decrypter } from 'age-encryption'
import { unzipSync } from 'fflate'
import { hasFailure, verifyBundle } from '../../utils/bundle/verify'

/** Decrypts an age file with its passphrase. Throws when it is not the right one. */
export async function decryptBundle(bytes: Uint8Array, passphrase: string): Promise<Uint8Array<ArrayBuffer>> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  return new Uint8Array(await decrypter.decrypt(bytes))
}

export type VerifiedBundle = { passed: number; absent: number; items: number }

/** Checks a bundle with the verifier. Throws with the names of the failed statements. */
export async function checkBundle(bytes: Uint8Array): Promise<VerifiedBundle> {
  const verification = await verifyBundle(bytes)
  const failed = verification.statements.filter(({ result }) => result === 'fail')
  if (!verification.isBundle || hasFailure(verification)) {
    throw new Error(
      `the verifier says no: ${failed.map(({ id, subject }) => `${id} ${subject ?? ''}`).join(', ')}`,
    )
  }
  const count = (result: string) =>
    verification.statements.filter((statement) => statement.result === result).length
  return { passed: count('pass'), absent: count('absent'), items: verification.items.length }
}

/** Unpacks a bundle into an empty folder, so that `sha256sum -c` can be run there. */
export function unpackBundle(bytes: Uint8Array, folder: string): string[] {
  rmSync(folder, { recursive: true, force: true })
  const files = Object.entries(unzipSync(bytes))
  for (const [name, content] of files) {
    const path = resolve(folder, name)
    if (!path.startsWith(resolve(folder) + sep)) throw new Error(`${name} would leave the folder`)
    if (name.endsWith('/')) continue
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
  return files.map(([name]) => join(folder, name))
}
