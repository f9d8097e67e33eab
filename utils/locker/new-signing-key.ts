import { equalBytes, fromHex, randomIdHex, toHex } from '../crypto/bytes'
import { fingerprintWords } from '../crypto/fingerprint'
import { describeKey, type Identity, mostKeys } from '../custody/identity'
import { fail, type Outcome, succeed } from '../model/problem'
import { makeEntry } from './custody'
import { openDatabase } from './database'
import { readMeta, storedEpoch } from './epoch'
import { inTurn } from './in-turn'
import type { OpenLocker } from './keyring'
import { appendLeaves } from './log'
import { readIdentity, readLog } from './placed-log'
import { sealRow } from './rows'
import { makeSigning, openSigning } from './signing'
import { guardStorage } from './storage-problem'
import { enter, forget, type WayIn } from './ways-in'

/** A key of this locker's log: its fingerprint in words, and since when it signs. */
export type KeyInWords = { words: string; at: string }

/** The keys that sign for this locker, oldest first; the last one signs now. Empty where the log cannot be read. */
export async function listSigningKeys(open: OpenLocker): Promise<KeyInWords[]> {
  const read = await readMeta()
  const log = read.ok ? await readLog(open, read.value) : null
  const identity = log && (await readIdentity(open, log))
  return identity ? inWords(identity) : []
}

/**
 * A new key that signs from now on, signed by the one before it: the entry in the custody log, its leaf and the key in
 * one strict transaction. What was signed before stays as it is, and good under the key that signed it. Gives all keys,
 * oldest first. Problems: those of `enter`, `cannot-sign` where the key now is missing or damaged, `log-damaged`,
 * `too-many-keys`, `disk-full`, `storage-unavailable`.
 */
export function replaceSigningKey(by: WayIn): Promise<Outcome<{ keys: KeyInWords[] }>> {
  return guardStorage(() =>
    inTurn(async () => {
      const entered = await enter(by)
      if (!entered.ok) return entered
      forget(entered.value)
      return replaceKey(entered.value.open)
    }),
  )
}

async function replaceKey(open: OpenLocker): Promise<Outcome<{ keys: KeyInWords[] }>> {
  const read = await readMeta()
  if (!read.ok) return read
  const { signing } = read.value
  const before = await openSigning(open, read.value)
  if (before === null || signing === undefined) return fail('cannot-sign')
  const log = await readLog(open, read.value)
  if (log === null) return fail('log-damaged')
  const identity = await readIdentity(open, log)
  const last = identity?.keys.at(-1)
  if (!identity || last?.publicKey !== toHex(before.publicKey)) return fail('cannot-sign')
  if (identity.keys.length >= mostKeys) return fail('too-many-keys')
  const { box, publicKey } = await makeSigning(open)
  const detail = await describeKey(publicKey, { key: before, origin: identity.origin })
  // A clock that was set back must not make the keys look as if they were in another order.
  const at = new Date(Math.max(Date.now(), Date.parse(last.at))).toISOString()
  const { custody, leaf } = await makeEntry({ kind: 'key', at, item: null, detail })
  const row = await sealRow({ to: open, id: randomIdHex(), kind: 'custody', value: { entries: [custody] } })
  const db = openDatabase()
  const isStored = await db.transaction('rw', db.meta, db.rows, db.log, async () => {
    const now = (await db.meta.get('0'))?.signing
    if ((await storedEpoch()) !== open.epoch || !now || !equalBytes(now, signing)) return false
    await db.rows.add(row)
    await appendLeaves([leaf])
    await db.meta.update('0', { signing: box })
    return true
  })
  if (!isStored) return fail('cannot-sign')
  const known = { publicKey: toHex(publicKey), at, signature: detail.signature ?? null }
  return succeed({ keys: await inWords({ ...identity, keys: [...identity.keys, known] }) })
}

function inWords({ keys }: Identity): Promise<KeyInWords[]> {
  return Promise.all(
    keys.map(async ({ publicKey, at }) => ({ words: await fingerprintWords(fromHex(publicKey)), at })),
  )
}
