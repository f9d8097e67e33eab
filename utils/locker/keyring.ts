import type { Outcome } from '../model/problem'

/** What anyone may know of a locker while it is locked: enough to seal, not enough to open. */
export type PublicHalf = { lockerId: string; recipient: string; epoch: number }

/** An unlocked locker: plain data, with a key that can be used and not read. */
export type OpenLocker = PublicHalf & { kek: CryptoKey }

/** Whether there is a locker on this device, and whether it is unlocked. */
export async function lockerState(): Promise<'none' | 'locked' | 'open'> {
  throw new Error('Being built')
}

/** Makes the locker and leaves it unlocked. */
export async function createLocker(_: { passphrase: string }): Promise<Outcome<OpenLocker>> {
  throw new Error('Being built')
}

/** Unlocks the locker for every page of the extension. */
export async function unlockLocker(_: { passphrase: string }): Promise<Outcome<OpenLocker>> {
  throw new Error('Being built')
}

/** Forgets the key, in every page of the extension. */
export async function lockLocker(): Promise<void> {
  throw new Error('Being built')
}

/** The unlocked locker, or null while there is none or it is locked. */
export async function openLocker(): Promise<OpenLocker | null> {
  throw new Error('Being built')
}

/** What sealing needs; null while there is no locker. Works while locked. */
export async function publicHalf(): Promise<PublicHalf | null> {
  throw new Error('Being built')
}

/** Calls the listener after each lock and unlock, in any page. Gives the function that stops it. */
export function onLockChange(_: () => void): () => void {
  throw new Error('Being built')
}
