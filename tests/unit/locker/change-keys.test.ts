import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { randomBytes } from '../../../utils/crypto/bytes'
import {
  addSecurityKey,
  changePassphrase,
  makeRecoveryCode,
  removeRecoveryCode,
  removeSecurityKeys,
} from '../../../utils/locker/change-keys'
import { openDatabase } from '../../../utils/locker/database'
import { openItem } from '../../../utils/locker/items'
import {
  createLocker,
  lockerState,
  lockLocker,
  type OpenLocker,
  unlockLocker,
} from '../../../utils/locker/keyring'
import { useShredCell } from '../../../utils/locker/shred'
import { hasRecoveryCode, listSecurityKeys, type WayIn } from '../../../utils/locker/ways-in'
import type { Outcome } from '../../../utils/model/problem'
import { sampleId } from '../../support/sample-items'
import {
  capture,
  cheap,
  expectValue,
  flip,
  makeLocker,
  passphrase,
  rewriteRow,
  startFresh,
  withCheck,
} from './locker-under-test'

/** What this machine can pay; a real one lacks the memory for more. */
const affordable = { passes: Number.POSITIVE_INFINITY }

vi.mock('hash-wasm', async (load) => {
  const real = await load<typeof import('hash-wasm')>()
  const argon2id = (ask: Parameters<typeof real.argon2id>[0]) => {
    if (ask.iterations > affordable.passes) throw new RangeError('could not allocate memory')
    return real.argon2id(ask)
  }
  return { ...real, argon2id }
})

const next = 'walnut cradle plank overture amid dice'
const by = { passphrase, cost: cheap }
const id = sampleId(1)
let open: OpenLocker

beforeEach(async () => {
  await startFresh()
  open = await makeLocker()
  await capture({ seed: 1 })
})

const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.problem.code)

/** Whether a way in opens the locker with its item; the code of the problem otherwise. */
async function tryWay(way: WayIn): Promise<string> {
  await lockLocker()
  const unlocked = await unlockLocker({ cost: cheap, ...way })
  if (!unlocked.ok) return unlocked.problem.code
  return codeOf(await openItem(unlocked.value, id))
}

const securityKey = () => ({ credential: randomBytes(16), input: randomBytes(32), output: randomBytes(32) })

describe('a recovery code', () => {
  it('opens the locker beside the passphrase, until a newer one is made', async () => {
    expect(await hasRecoveryCode()).toBe(false)
    const { recoveryCode } = expectValue(await makeRecoveryCode(by))
    expect(await hasRecoveryCode()).toBe(true)
    expect(await tryWay({ recoveryCode })).toBe('ok')
    expect(await tryWay({ recoveryCode: recoveryCode.toLowerCase().replaceAll('-', ' ') })).toBe('ok')
    expect(await tryWay({ passphrase })).toBe('ok')
    const newer = expectValue(await makeRecoveryCode(by)).recoveryCode
    expect(newer).not.toBe(recoveryCode)
    expect(await tryWay({ recoveryCode })).toBe('wrong-recovery-code')
    expect(await tryWay({ recoveryCode: newer })).toBe('ok')
    expect(await tryWay({ passphrase })).toBe('ok')
  })

  it('tells a mistyped group from a wrong code, and from a locker that has none', async () => {
    const { recoveryCode } = expectValue(await makeRecoveryCode(by))
    const last = recoveryCode.at(-1) === '7' ? '8' : '7'
    const typo = await unlockLocker({ recoveryCode: recoveryCode.slice(0, -1) + last })
    expect(typo).toEqual({ ok: false, problem: { code: 'mistyped-recovery-code', detail: '8' } })
    expectValue(await removeRecoveryCode(by))
    expect(await hasRecoveryCode()).toBe(false)
    expect(await tryWay({ recoveryCode })).toBe('wrong-recovery-code')
    expect(await tryWay({ passphrase })).toBe('ok')
  })

  it('does not open from a slot in which any bit changed', async () => {
    const { recoveryCode } = expectValue(await makeRecoveryCode(by))
    const slot = (await openDatabase().slots.toArray()).find(({ method }) => method === 2)
    if (!slot) throw new Error('No slot')
    for (const field of ['salt', 'root', 'check'] as const) {
      for (let bit = 0; bit < slot[field].length * 8; bit++) {
        await rewriteRow('slots', slot.id, { [field]: flip(slot[field], bit) })
        expect(await tryWay({ recoveryCode }), `${field}, bit ${bit}`).toBe('damaged-record')
      }
      await openDatabase().slots.put(slot)
    }
    expect(await tryWay({ recoveryCode })).toBe('ok')
  })

  it('gives a way to a new passphrase when the old one is forgotten', async () => {
    const { recoveryCode } = expectValue(await makeRecoveryCode(by))
    const changed = expectValue(
      await changePassphrase({ by: { recoveryCode, cost: cheap }, passphrase: next }),
    )
    expect(changed.droppedKeys).toBe(0)
    expect(await tryWay({ passphrase })).toBe('wrong-passphrase')
    expect(await tryWay({ recoveryCode })).toBe('wrong-recovery-code')
    expect(await tryWay({ passphrase: next })).toBe('ok')
    expect(await tryWay({ recoveryCode: changed.recoveryCode ?? '' })).toBe('ok')
  })
})

describe('changePassphrase', () => {
  it('starts a new epoch, keeps every item, and makes no code where there was none', async () => {
    const changed = expectValue(await changePassphrase({ by, passphrase: next }))
    expect(changed).toMatchObject({ recoveryCode: null, droppedKeys: 0, isErased: true })
    expect(changed.open.epoch).toBe(2)
    expect(await lockerState()).toBe('open')
    expect(codeOf(await openItem(open, id))).toBe('ok')
    expect(await tryWay({ passphrase })).toBe('wrong-passphrase')
    expect(await tryWay({ passphrase: next })).toBe('ok')
    expect(await openDatabase().slots.count()).toBe(1)
  })

  it('refuses a weak passphrase, a wrong one, and a page without the file', async () => {
    expect(codeOf(await changePassphrase({ by, passphrase: 'sommer2024' }))).toBe('weak-passphrase')
    const wrong = { passphrase: next, cost: cheap }
    expect(codeOf(await changePassphrase({ by: wrong, passphrase: next }))).toBe('wrong-passphrase')
    useShredCell(null)
    expect(codeOf(await changePassphrase({ by, passphrase: next }))).toBe('storage-unavailable')
  })

  it('goes one after the other when two pages do it at once', async () => {
    const outcomes = await Promise.all([
      changePassphrase({ by, passphrase: next }),
      changePassphrase({ by, passphrase: `${next} too` }),
    ])
    expect(outcomes.map(codeOf).sort()).toEqual(['ok', 'wrong-passphrase'])
    const winner = outcomes[0]?.ok ? next : `${next} too`
    expect(await tryWay({ passphrase: winner })).toBe('ok')
  })
})

describe('a security key', () => {
  it('is needed together with the passphrase, and never opens alone', async () => {
    const key = securityKey()
    const { recoveryCode } = expectValue(await makeRecoveryCode(by))
    const added = expectValue(await addSecurityKey({ by, securityKey: key }))
    expect(await listSecurityKeys()).toEqual([{ credential: key.credential, input: key.input }])
    expect(await tryWay({ passphrase })).toBe('needs-security-key')
    expect(await tryWay({ passphrase, securityKey: key })).toBe('ok')
    expect(await tryWay({ passphrase: next, securityKey: key })).toBe('wrong-passphrase')
    const { credential } = key
    expect(await tryWay({ passphrase, securityKey: { credential, output: randomBytes(32) } })).toBe(
      'wrong-passphrase',
    )
    expect(await tryWay({ passphrase, securityKey: securityKey() })).toBe('wrong-passphrase')
    expect(await tryWay({ recoveryCode })).toBe('wrong-recovery-code')
    expect(await tryWay({ recoveryCode: added.recoveryCode ?? '' })).toBe('ok')
  })

  it('may be one of several; a new passphrase keeps the one at hand and drops the others', async () => {
    const [first, second] = [securityKey(), securityKey()]
    expectValue(await addSecurityKey({ by, securityKey: first }))
    const withFirst = { ...by, securityKey: first }
    expectValue(await addSecurityKey({ by: withFirst, securityKey: second }))
    expect(await tryWay({ passphrase, securityKey: second })).toBe('ok')
    expect(await tryWay({ passphrase, securityKey: first })).toBe('ok')
    const changed = expectValue(await changePassphrase({ by: withFirst, passphrase: next }))
    expect(changed.droppedKeys).toBe(1)
    expect(await tryWay({ passphrase: next, securityKey: first })).toBe('ok')
    expect(await tryWay({ passphrase: next, securityKey: second })).toBe('wrong-passphrase')
    expect(await tryWay({ passphrase: next })).toBe('needs-security-key')
  })

  it('answers 32 bytes or is refused: with fewer, the passphrase alone might be enough', async () => {
    for (const length of [0, 31]) {
      const key = { ...securityKey(), output: randomBytes(length) }
      await expect(addSecurityKey({ by, securityKey: key })).rejects.toThrow(RangeError)
    }
    expect(await tryWay({ passphrase })).toBe('ok')
  })

  it('stands in the slot for good: another in its place, with the checksum made anew, opens nothing', async () => {
    const key = securityKey()
    expectValue(await addSecurityKey({ by, securityKey: key }))
    const other = { ...key, credential: randomBytes(16) }
    const [slot] = await openDatabase().slots.toArray()
    if (slot?.method !== 3) throw new Error('No slot for a security key')
    const crafted = { ...slot, credential: other.credential }
    for (const [changed, end] of [
      [slot, 'wrong-passphrase'],
      [crafted, 'damaged-record'],
      [await withCheck(crafted), 'wrong-passphrase'],
    ] as const) {
      await openDatabase().slots.put(changed)
      expect(await tryWay({ passphrase, securityKey: other })).toBe(end)
    }
    await openDatabase().slots.put(slot)
    expect(await tryWay({ passphrase, securityKey: key })).toBe('ok')
  })

  it('can be taken away again', async () => {
    const key = securityKey()
    expectValue(await addSecurityKey({ by, securityKey: key }))
    expectValue(await removeSecurityKeys({ ...by, securityKey: key }))
    expect(await listSecurityKeys()).toEqual([])
    expect(await tryWay({ passphrase })).toBe('ok')
  })
})

describe('the cost of a passphrase', () => {
  const costs = async () =>
    (await openDatabase().slots.toArray()).map((slot) =>
      slot.method === 2 ? 0 : [slot.memoryKib, slot.passes],
    )

  it('is raised on the next unlock when the default rises, and never lowered', async () => {
    const dearer = { memoryKib: 16, passes: 2, lanes: 1 }
    const key = securityKey()
    await lockLocker()
    expectValue(await unlockLocker({ passphrase, cost: { ...dearer, memoryKib: 8 } }))
    expect(await costs()).toEqual([[8, 2]])
    expect(await tryWay({ passphrase })).toBe('ok')
    expect(await costs()).toEqual([[8, 2]])
    expectValue(await addSecurityKey({ by, securityKey: key }))
    await lockLocker()
    expect(codeOf(await unlockLocker({ passphrase, securityKey: key, cost: { ...cheap, passes: 3 } }))).toBe(
      'ok',
    )
    expect(await costs()).toEqual([[8, 3]])
    expect(await tryWay({ passphrase, securityKey: key })).toBe('ok')
  })

  it('keeps what was higher where another part of it rises', async () => {
    const least = 64 * 1_024
    const rises = [
      { from: { memoryKib: 16, passes: 1 }, to: { memoryKib: 8, passes: 2 }, end: [16, 2] },
      {
        from: { memoryKib: least, passes: 2 },
        to: { memoryKib: least + 8, passes: 1 },
        end: [least + 8, 2],
      },
    ]
    for (const { from, to, end } of rises) {
      await startFresh()
      expectValue(await createLocker({ passphrase, cost: { ...from, lanes: 1 } }))
      await lockLocker()
      expectValue(await unlockLocker({ passphrase, cost: { ...to, lanes: 1 } }))
      expect(await costs()).toEqual([end])
    }
  })

  it('stays as it is, and opens, on a machine that cannot pay more', async () => {
    await lockLocker()
    affordable.passes = cheap.passes
    expect(codeOf(await unlockLocker({ passphrase, cost: { ...cheap, passes: 4 } }))).toBe('ok')
    affordable.passes = Number.POSITIVE_INFINITY
    expect(await costs()).toEqual([[cheap.memoryKib, cheap.passes]])
    expect(await tryWay({ passphrase })).toBe('ok')
  })

  it('is what tests say only in tests', async () => {
    await startFresh()
    expectValue(await createLocker(by))
    await lockLocker()
    expect(codeOf(await unlockLocker({ passphrase }))).toBe('damaged-record')
  })
})
