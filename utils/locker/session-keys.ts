import { browser } from 'wxt/browser'
import { type Bytes, concatBytes, fromBase64, toBase64 } from '../crypto/bytes'
import { keyLength } from '../crypto/wrap'

/** Where the unlocked KEK lies: in memory that only the extension's own pages and background can read. */
const sessionKey = 'k'

/**
 * The KEKs in memory, none while the locker is locked. Two while a rotation is under way: whichever fits the
 * locker as it is stored is the right one, wherever the rotation was cut off.
 */
export async function readSessionKeys(): Promise<Bytes[]> {
  const stored = (await browser.storage.session.get(sessionKey))[sessionKey]
  if (typeof stored !== 'string') return []
  const all = fromBase64(stored)
  const keys = Array.from({ length: all.length / keyLength }, (_, index) =>
    all.slice(index * keyLength, (index + 1) * keyLength),
  )
  all.fill(0)
  return keys
}

/** Remembers these KEKs in place of what was remembered. */
export async function writeSessionKeys(keys: readonly Bytes[]): Promise<void> {
  const all = concatBytes(...keys)
  const text = toBase64(all)
  all.fill(0)
  await browser.storage.session.set({ [sessionKey]: text })
}

/** Forgets every KEK, in every page of the extension. */
export async function forgetSessionKeys(): Promise<void> {
  await browser.storage.session.remove(sessionKey)
}

/** Calls the listener after each change of the keys, in any page. Gives the function that stops it. */
export function onSessionKeysChange(listener: () => void): () => void {
  const listen = (changes: Record<string, unknown>, area: string) => {
    if (area === 'session' && sessionKey in changes) listener()
  }
  browser.storage.onChanged.addListener(listen)
  return () => browser.storage.onChanged.removeListener(listen)
}
