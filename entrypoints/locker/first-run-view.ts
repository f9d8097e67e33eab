import { effect, signal } from '@preact/signals'
import type { FirstRunStep } from '../../components/locker/FirstRun'
import { generatePassphrase } from '../../utils/crypto/passphrase'
import { makeRecoveryCode } from '../../utils/locker/change-keys'
import { createLocker } from '../../utils/locker/keyring'
import type { Problem } from '../../utils/model/problem'
import type { Session } from '../shared/session'

type FirstRunView = {
  step: FirstRunStep
  generated: string
  isBusy: boolean
  problem: Problem | null
  code: string | null
  isRestoring: boolean
}

const atFirst = { step: 'promise', isBusy: false, problem: null, code: null, isRestoring: false } as const
const beforeLocker: readonly FirstRunStep[] = ['promise', 'passphrase', 'confirm']

/** State and actions of setting up; idle (`state` null) where there is a locker. */
export function createFirstRun(session: Session, onRestore: () => void) {
  const state = signal<FirstRunView | null>(
    session.locker.value.kind === 'none' ? { ...atFirst, generated: generatePassphrase() } : null,
  )
  /** The passphrase of the locker that was just made, until the recovery sheet is made or left for later. */
  let passphrase: string | null = null

  const change = (patch: Partial<FirstRunView>) => {
    if (state.value) state.value = { ...state.value, ...patch }
  }

  async function create(chosen: string): Promise<void> {
    change({ isBusy: true, problem: null })
    const outcome = await createLocker({ passphrase: chosen })
    if (!outcome.ok) return change({ isBusy: false, problem: outcome.problem })
    passphrase = chosen
    change({ isBusy: false, step: 'recovery', generated: '' })
    await session.noteOwnEpoch()
    await session.followLock()
  }

  async function makeCode(): Promise<void> {
    if (passphrase === null || state.value?.isBusy) return
    change({ isBusy: true, problem: null })
    const made = await makeRecoveryCode({ passphrase })
    if (!made.ok) return change({ isBusy: false, problem: made.problem })
    passphrase = null
    change({ isBusy: false, code: made.value.recoveryCode })
  }

  function goTo(step: FirstRunStep): void {
    // Once the sheet is done or left, neither passphrase nor code need stay in memory.
    if (step === 'done') passphrase = null
    change({ step, problem: null, code: null })
  }

  function finish(): void {
    const isRestoring = state.value?.isRestoring
    state.value = null
    if (isRestoring) onRestore()
  }

  // Another page has made a locker meanwhile.
  effect(() => {
    const isMadeElsewhere = session.locker.value.kind !== 'none'
    const at = state.value
    if (isMadeElsewhere && at && beforeLocker.includes(at.step) && !at.isBusy) state.value = null
  })

  return {
    state,
    create,
    makeCode,
    goTo,
    generate: () => change({ generated: generatePassphrase() }),
    setRestoring: (isRestoring: boolean) => change({ isRestoring }),
    finish,
  }
}
