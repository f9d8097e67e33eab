import { signal } from '@preact/signals'
import { unlockLocker } from '../../utils/locker/keyring'
import type { WayIn } from '../../utils/locker/ways-in'
import { type Outcome, type Problem, succeed } from '../../utils/model/problem'
import { withSecurityKey } from './security-key'

type UnlockView = { isBusy: boolean; problem: Problem | null; wrongTries: number }

/** Unlocking, and how it went; `follow` brings the page behind the open locker. */
export function createUnlocking(follow: () => Promise<void>) {
  const unlock = signal<UnlockView>({ isBusy: false, problem: null, wrongTries: 0 })
  const cameByCode = signal(false)

  async function unlockBy(findWay: () => Promise<Outcome<WayIn>>): Promise<boolean> {
    unlock.value = { ...unlock.value, isBusy: true, problem: null }
    const way = await findWay()
    const outcome = way.ok ? await unlockLocker(way.value) : way
    const isWrong = !outcome.ok && outcome.problem.code === 'wrong-passphrase'
    const wrongTries = unlock.value.wrongTries + (isWrong ? 1 : 0)
    unlock.value = { isBusy: false, problem: outcome.ok ? null : outcome.problem, wrongTries }
    if (outcome.ok) await follow()
    return outcome.ok
  }

  return {
    unlock,
    /** The locker was unlocked with the recovery code: its passphrase may be forgotten. */
    cameByCode,
    tryUnlock: async (passphrase: string): Promise<void> => {
      await unlockBy(() => withSecurityKey(passphrase))
    },
    /** Unlocks with the code from the recovery sheet. */
    tryRecoveryCode: async (recoveryCode: string): Promise<void> => {
      cameByCode.value = await unlockBy(async () => succeed({ recoveryCode }))
    },
  }
}
