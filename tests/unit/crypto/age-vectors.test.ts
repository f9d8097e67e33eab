import { inflateSync } from 'node:zlib'
import { Decrypter } from 'age-encryption'
import * as testkit from 'cctv-age'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../utils/crypto/digest'

type Vector = { name: string; fields: Map<string, string[]>; file: Uint8Array }

/** A vector: lines of "name: value", an empty line, and the age file, sometimes compressed. */
function readVector(name: string, bytes: Uint8Array): Vector {
  const whole = Buffer.from(bytes)
  const end = whole.indexOf('\n\n')
  const fields = new Map<string, string[]>()
  for (const line of whole.subarray(0, end).toString().split('\n')) {
    const [field = '', value = ''] = line.split(/: (.*)/s)
    fields.set(field, [...(fields.get(field) ?? []), value])
  }
  const file = whole.subarray(end + 2)
  return { name, fields, file: fields.get('compressed')?.[0] === 'zlib' ? inflateSync(file) : file }
}

const vectors = Object.entries(testkit)
  .map(([name, bytes]) => readVector(name, bytes))
  // The armour is for mail; nothing here writes or reads it.
  .filter(({ fields }) => fields.get('armored')?.[0] !== 'yes')

async function digestOfOpened({ fields, file }: Vector): Promise<string> {
  const decrypter = new Decrypter()
  for (const identity of fields.get('identity') ?? []) decrypter.addIdentity(identity)
  for (const passphrase of fields.get('passphrase') ?? []) decrypter.addPassphrase(passphrase)
  return sha256(Uint8Array.from(await decrypter.decrypt(file)))
}

describe('the age that seals keys and exports', () => {
  it('is tried on vectors of every kind', () => {
    expect(vectors.length).toBeGreaterThan(80)
    expect(vectors.some(({ fields }) => fields.get('identity')?.[0]?.startsWith('AGE-SECRET-KEY-PQ-1'))).toBe(
      true,
    )
  })

  it.each(vectors.map((vector) => [vector.name, vector] as const))('does right by %s', async (_, vector) => {
    if (vector.fields.get('expect')?.[0] === 'success') {
      expect(await digestOfOpened(vector)).toBe(vector.fields.get('payload')?.[0])
    } else {
      await expect(digestOfOpened(vector)).rejects.toThrow()
    }
  })
})
