import { randomBytes } from '../crypto/bytes'
import { type PassphraseCost, strengthOf } from '../crypto/passphrase'
import { generateRecoveryCode, readRecoveryCode } from '../crypto/recovery-code'
import { keyLength } from '../crypto/wrap'
import { fail, type Outcome, succeed } from '../model/problem'
import { openDatabase, type SlotRow } from './database'
import { inTurn } from './in-turn'
import type { OpenLocker } from './keyring'
import { rotate, type Watch } from './rotate'
import { makeSlot, type SecurityKey, type SlotSecret } from './slots'
import { guardStorage } from './storage-problem'
import { costOf, type Entered, enter, forget, type WayIn } from './ways-in'

/*
 * Whatever once gave ROOT lies on the disk for good, old slots included. So a way in is only ever taken away
 * together with ROOT itself: a new ROOT, a new epoch, new slots. Adding a way keeps both.
 */

/** What a change of keys leaves behind. */
export type ChangedKeys = {
  open: OpenLocker
  /** The code that is valid from now on, to be shown once; null when the locker has none. The old one is void. */
  recoveryCode: string | null
  /** Other security keys that open nothing any more, for they were not at hand; they have to be added again. */
  droppedKeys: number
  /** False when the old secret is yet to be overwritten; the next unlock does it. */
  isErased: boolean
}

/**
 * A new passphrase, and with it a new ROOT in a new epoch: whoever knows the old one opens nothing any more, also
 * not from an old copy of the slots. A recovery code is replaced by a new one. A security key with which the
 * person came in stays needed; `securityKey` makes another one needed instead. Problems: `weak-passphrase`, those
 * of `enter` and of `rotate`.
 */
export async function changePassphrase(
  change: { by: WayIn; passphrase: string; securityKey?: SecurityKey } & Watch,
): Promise<Outcome<ChangedKeys>> {
  const { by, passphrase, onProgress, signal } = change
  if (!strengthOf(passphrase).isEnough) return fail('weak-passphrase')
  return entering(by, async (entered) => {
    const securityKey = change.securityKey ?? keyUsed(entered, by)
    const asked = { passphrase, ...(securityKey && { securityKey }), cost: costOf(by) }
    return renew(entered, { ...asked, code: 'same', onProgress, signal })
  })
}

/**
 * Makes a recovery code, to be shown once. One that was made before becomes void, which takes a new ROOT in a new
 * epoch. Problems: those of `enter` and, when there was a code, of `rotate`; `disk-full`, `storage-unavailable`.
 */
export function makeRecoveryCode(
  by: WayIn & { passphrase: string },
  watch: Watch = {},
): Promise<Outcome<{ recoveryCode: string }>> {
  return entering(by, async (entered) => {
    if (await hasSlot(2)) {
      const changed = await renew(entered, { ...again(entered, by), ...watch, code: 'new' })
      return changed.ok ? succeed({ recoveryCode: changed.value.recoveryCode ?? '' }) : changed
    }
    const { recoveryCode, slot } = await makeCodeSlot(entered.meta.lockerId, entered.root)
    await openDatabase().slots.add(slot)
    return succeed({ recoveryCode })
  })
}

/** Makes the recovery code void: a new ROOT in a new epoch. Problems: those of `enter` and `rotate`. */
export function removeRecoveryCode(
  by: WayIn & { passphrase: string },
  watch: Watch = {},
): Promise<Outcome<ChangedKeys>> {
  return entering(by, (entered) => renew(entered, { ...again(entered, by), ...watch, code: 'none' }))
}

/**
 * From now on the passphrase opens the locker only together with this security key, or with one added before.
 * The first one takes a new ROOT in a new epoch, and a recovery code is replaced by a new one. Problems: those of
 * `enter` and `rotate`.
 */
export function addSecurityKey(
  add: { by: WayIn & { passphrase: string }; securityKey: SecurityKey } & Watch,
): Promise<Outcome<ChangedKeys>> {
  const { by, securityKey, onProgress, signal } = add
  return entering(by, async (entered) => {
    const ask = { passphrase: by.passphrase, securityKey, cost: costOf(by) }
    if (entered.slot.method !== 3) return renew(entered, { ...ask, onProgress, signal, code: 'same' })
    const { lockerId } = entered.meta
    const slot = await makeSlot({ lockerId, root: entered.root, ask: { kind: 'passphrase', ...ask } })
    await openDatabase().slots.add(slot)
    return succeed({ open: entered.open, recoveryCode: null, droppedKeys: 0, isErased: true })
  })
}

/** The passphrase alone opens the locker again: a new ROOT in a new epoch. Problems as `addSecurityKey`. */
export function removeSecurityKeys(
  by: WayIn & { passphrase: string },
  watch: Watch = {},
): Promise<Outcome<ChangedKeys>> {
  return entering(by, (entered) =>
    renew(entered, { passphrase: by.passphrase, cost: costOf(by), ...watch, code: 'same' }),
  )
}

function entering<T>(by: WayIn, work: (entered: Entered) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  return guardStorage(() =>
    inTurn(async () => {
      const entered = await enter(by)
      if (!entered.ok) return entered
      try {
        return await work(entered.value)
      } finally {
        forget(entered.value)
      }
    }),
  )
}

type Renewal = Watch & {
  passphrase: string
  securityKey?: SecurityKey
  cost: PassphraseCost
  /** `same`: a new code where there was one. */
  code: 'new' | 'same' | 'none'
}

async function renew(entered: Entered, renewal: Renewal): Promise<Outcome<ChangedKeys>> {
  const { lockerId } = entered.meta
  const root = randomBytes(keyLength)
  const ask: SlotSecret = { kind: 'passphrase', ...renewal }
  const slots: SlotRow[] = [await makeSlot({ lockerId, root, ask })]
  const isWithCode = renewal.code === 'new' || (renewal.code === 'same' && (await hasSlot(2)))
  const code = isWithCode ? await makeCodeSlot(lockerId, root) : null
  if (code) slots.push(code.slot)
  const keysBefore = await countSlots(3)
  const { onProgress, signal } = renewal
  const rotated = await rotate({ entered, renewed: { root, slots }, onProgress, signal }).finally(() =>
    root.fill(0),
  )
  if (!rotated.ok) return rotated
  const keysNow = slots.filter(({ method }) => method === 3).length
  return succeed({
    open: rotated.value.open,
    recoveryCode: code?.recoveryCode ?? null,
    droppedKeys: Math.max(0, keysBefore - keysNow),
    isErased: rotated.value.isErased,
  })
}

async function makeCodeSlot(
  lockerId: string,
  root: Uint8Array<ArrayBuffer>,
): Promise<{ recoveryCode: string; slot: SlotRow }> {
  const recoveryCode = generateRecoveryCode()
  const read = readRecoveryCode(recoveryCode)
  if (read.kind === 'typo') throw new Error('A code that was just made is wrong')
  const ask: SlotSecret = { kind: 'recovery-code', secret: read.secret }
  const slot = await makeSlot({ lockerId, root, ask })
  read.secret.fill(0)
  return { recoveryCode, slot }
}

/** What the person came in with, asked for again. */
function again(entered: Entered, by: WayIn & { passphrase: string }): Omit<Renewal, 'code'> {
  const securityKey = keyUsed(entered, by)
  return { passphrase: by.passphrase, ...(securityKey && { securityKey }), cost: costOf(by) }
}

function keyUsed({ slot }: Entered, by: WayIn): SecurityKey | undefined {
  if (slot.method !== 3 || !('passphrase' in by) || !by.securityKey) return undefined
  return { ...by.securityKey, input: slot.input }
}

async function countSlots(method: SlotRow['method']): Promise<number> {
  return (await openDatabase().slots.toArray()).filter((slot) => slot.method === method).length
}

async function hasSlot(method: SlotRow['method']): Promise<boolean> {
  return (await countSlots(method)) > 0
}
