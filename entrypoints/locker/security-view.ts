import { signal } from '@preact/signals'
import type { Proof } from '../../components/locker/ProofForm'
import type { KeyAct, KeyChange } from '../../components/locker/SecuritySettings'
import { generatePassphrase } from '../../utils/crypto/passphrase'
import {
  addSecurityKey,
  changePassphrase,
  makeRecoveryCode,
  removeRecoveryCode,
  removeSecurityKeys,
} from '../../utils/locker/change-keys'
import { type KeyInWords, listSigningKeys, replaceSigningKey } from '../../utils/locker/new-signing-key'
import type { Watch } from '../../utils/locker/rotate'
import { hasRecoveryCode, listSecurityKeys, type WayIn } from '../../utils/locker/ways-in'
import { type Outcome, type Problem, succeed } from '../../utils/model/problem'
import { canUseSecurityKeys, makeSecurityKey, withSecurityKey } from '../shared/security-key'
import type { Session } from '../shared/session'
import { createProvedWork } from './proved-work'

type Changed = Omit<KeyChange, 'act'>
type ByPassphrase = WayIn & { passphrase: string }

/** The way in that a proof is, with a security key where the locker wants one. Problem: `no-key-answer`. */
export async function wayInOf(proof: Proof): Promise<Outcome<WayIn>> {
  return 'passphrase' in proof ? withSecurityKey(proof.passphrase) : succeed(proof)
}

async function makeCode(by: ByPassphrase, watch: Watch): Promise<Outcome<Changed>> {
  const made = await makeRecoveryCode(by, watch)
  if (!made.ok) return made
  return succeed({ code: made.value.recoveryCode, droppedKeys: 0, isErased: true })
}

async function addKey(by: ByPassphrase, watch: Watch): Promise<Outcome<Changed>> {
  const key = await makeSecurityKey()
  if (!key.ok) return key
  return changedBy(await addSecurityKey({ by, securityKey: key.value, ...watch }))
}

async function newSigningKey(by: ByPassphrase): Promise<Outcome<Changed>> {
  const replaced = await replaceSigningKey(by)
  return replaced.ok ? succeed({ code: null, droppedKeys: 0, isErased: true }) : replaced
}

type ChangedKeys = { recoveryCode: string | null; droppedKeys: number; isErased: boolean }

function changedBy(outcome: Outcome<ChangedKeys>): Outcome<Changed> {
  if (!outcome.ok) return outcome
  const { recoveryCode, droppedKeys, isErased } = outcome.value
  return succeed({ code: recoveryCode, droppedKeys, isErased })
}

const acts: Record<
  Exclude<KeyAct, 'passphrase'>,
  (by: ByPassphrase, watch: Watch) => Promise<Outcome<Changed>>
> = {
  'make-code': makeCode,
  'remove-code': async (by, watch) => changedBy(await removeRecoveryCode(by, watch)),
  'add-key': addKey,
  'new-signing-key': newSigningKey,
  'remove-keys': async (by, watch) => changedBy(await removeSecurityKeys(by, watch)),
}

/** State and actions of the ways into the locker. A new recovery code lives here, in memory, until it is noted. */
export async function createSecurityView(session: Session) {
  const hasCode = signal(false)
  const keys = signal(0)
  const signingKeys = signal<KeyInWords[] | null>(null)
  const canUseKeys = await canUseSecurityKeys()
  const act = signal<KeyAct | null>(null)
  const changed = signal<KeyChange | null>(null)
  const problem = signal<Problem | null>(null)
  const { isBusy, progress, run: work, stop } = createProvedWork()
  const generated = signal('')

  /** Reads which ways there are. */
  async function read(): Promise<void> {
    hasCode.value = await hasRecoveryCode()
    keys.value = (await listSecurityKeys()).length
    const locker = session.locker.value
    signingKeys.value = locker.kind === 'open' ? await listSigningKeys(locker.locker) : null
  }

  function close(): void {
    act.value = null
    // A code that is shown once stays until the person says that she has it.
    if (!changed.value?.code) changed.value = null
    problem.value = null
    generated.value = ''
  }

  function choose(next: KeyAct | null): void {
    close()
    act.value = next
    if (next === 'passphrase') generated.value = generatePassphrase()
  }

  async function run(
    what: KeyAct,
    proof: Proof,
    change: (by: WayIn, watch: Watch) => Promise<Outcome<Changed>>,
  ): Promise<void> {
    await work(async (watch) => {
      problem.value = null
      const by = await wayInOf(proof)
      const outcome = by.ok ? await change(by.value, watch) : by
      await session.noteOwnEpoch()
      end(what, outcome)
    })
    await read()
  }

  function end(what: KeyAct, outcome: Outcome<Changed>): void {
    if (!outcome.ok) {
      problem.value = outcome.problem
      return
    }
    choose(null)
    changed.value = { act: what, ...outcome.value }
    if (what === 'passphrase') session.cameByCode.value = false
  }

  return {
    hasCode,
    keys,
    signingKeys,
    canUseKeys,
    act,
    changed,
    problem,
    isBusy,
    progress,
    stop,
    generated,
    read,
    close,
    choose,
    generate: () => {
      generated.value = generatePassphrase()
    },
    changePassphrase: (proof: Proof, passphrase: string) =>
      run('passphrase', proof, async (by, watch) =>
        changedBy(await changePassphrase({ by, passphrase, ...watch })),
      ),
    prove: async (proof: Proof) => {
      const what = act.value
      if (!what || what === 'passphrase' || !('passphrase' in proof)) return
      // `wayInOf` keeps the passphrase of a proof that has one.
      await run(what, proof, (by, watch) => acts[what]({ ...by, passphrase: proof.passphrase }, watch))
    },
    noted: () => {
      changed.value = null
    },
  }
}
