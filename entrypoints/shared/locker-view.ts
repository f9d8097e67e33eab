import { browser } from 'wxt/browser'
import { lockerState, type OpenLocker, openLocker } from '../../utils/locker/keyring'
import { isStorageError } from '../../utils/locker/storage-problem'

/**
 * `apart`: a private window of Firefox, where pages have no lasting storage (seen in Firefox 153). `drop-box`: what is
 * captured here is sealed for an organisation, and nothing opens. `no-storage`: the browser's storage cannot be read.
 */
export type LockerView =
  | { kind: 'none' }
  | { kind: 'apart' }
  | { kind: 'drop-box' }
  | { kind: 'no-storage' }
  | { kind: 'locked' }
  | { kind: 'open'; locker: OpenLocker }

/** The locker as this page finds it now. */
export async function readLocker(): Promise<LockerView> {
  try {
    const locker = await openLocker()
    if (locker) return { kind: 'open', locker }
    const state = await lockerState()
    return { kind: state === 'open' ? 'locked' : state }
  } catch (error) {
    if (browser.extension.inIncognitoContext) return { kind: 'apart' }
    if (isStorageError(error)) return { kind: 'no-storage' }
    throw error
  }
}
