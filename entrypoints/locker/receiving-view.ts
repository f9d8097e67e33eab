import { signal } from '@preact/signals'
import type { ReceivingState, ShownKey } from '../../components/locker/Receiving'
import { saveFile } from '../../utils/bundle/save'
import { randomBytes, toHex, toUtf8 } from '../../utils/crypto/bytes'
import { receiveHandOver } from '../../utils/locker/receive'
import {
  listReceivingKeys,
  makeReceivingKey,
  type ReceivingKey,
  retireReceivingKey,
} from '../../utils/locker/receiving-key'
import type { Merged } from '../../utils/locker/restore'
import type { Problem } from '../../utils/model/problem'
import { dropBoxName, keyWords } from '../shared/drop-box'
import type { Session } from '../shared/session'
import { createBundlesView } from './bundles-view'

const choosing = { kind: 'choosing', problem: null } as const
const counted = ({ added, same, conflicts }: Merged) => ({ added, same, conflicts: conflicts.length })

/** A key without its private half. In capital letters a QR code of it is smaller. */
async function show(key: ReceivingKey, lockerId: string): Promise<ShownKey> {
  const { encode } = await import('uqr')
  const { recipient, madeAt } = key
  const { data } = encode(recipient.toUpperCase(), { ecc: 'L', border: 0 })
  return {
    recipient,
    madeAt,
    words: await keyWords(recipient),
    isOwn: key.madeIn === lockerId,
    retiredAt: key.retiredAt ?? null,
    modules: data,
  }
}

/** State and actions of what comes from others: bundles, and what drop-boxes hand over. */
export function createReceivingView(session: Session) {
  const keys = signal<readonly ShownKey[]>([])
  const state = signal<ReceivingState>(choosing)
  const problem = signal<Problem | null>(null)
  const savedIn = signal<string | null>(null)
  let isMaking = false
  let abort: AbortController | null = null

  async function read(): Promise<void> {
    if (session.locker.value.kind !== 'open') return
    const open = session.locker.value.locker
    const found = await listReceivingKeys(open)
    keys.value = await Promise.all(found.map((key) => show(key, open.lockerId)))
  }

  /** What is under way goes on. */
  async function open(): Promise<void> {
    if (state.value.kind === 'done' || state.value.kind === 'choosing') state.value = choosing
    problem.value = null
    savedIn.value = null
    await read()
  }

  async function makeKey(): Promise<void> {
    if (session.locker.value.kind !== 'open' || isMaking) return
    isMaking = true
    const made = await makeReceivingKey(session.locker.value.locker)
    isMaking = false
    problem.value = made.ok ? null : made.problem
    await read()
  }

  async function retireKey(recipient: string): Promise<void> {
    if (session.locker.value.kind !== 'open') return
    const retired = await retireReceivingKey(session.locker.value.locker, recipient)
    problem.value = retired.ok ? null : retired.problem
    savedIn.value = null
    await read()
  }

  async function saveKey(recipient: string): Promise<void> {
    const name = `public-key-${toHex(randomBytes(2))}.txt`
    const stream = new Blob([toUtf8(`${recipient}\n`)]).stream()
    const saved = await saveFile({ name, stream })
    problem.value = saved.ok ? null : saved.problem
    savedIn.value = saved.ok ? (saved.value.path ?? name) : null
  }

  async function takeIn(file: File): Promise<void> {
    if (session.locker.value.kind !== 'open') return
    abort = new AbortController()
    state.value = { kind: 'checking', done: 0, total: 0 }
    const received = await receiveHandOver(session.locker.value.locker, {
      file,
      at: new Date(),
      signal: abort.signal,
      onProgress: (progress) => {
        state.value = progress
      },
    })
    await session.refresh()
    if (!received.ok) {
      state.value = { kind: 'choosing', problem: received.problem }
      return
    }
    const { items, rows, damaged, leftOut, writtenAt, dropBox, keyRetiredAt } = received.value
    const name = await dropBoxName(dropBox)
    const merged = { items: counted(items), rows: counted(rows) }
    state.value = { kind: 'done', ...merged, damaged, leftOut, writtenAt, name, keyRetiredAt }
  }

  const bundles = createBundlesView(session)
  const cancel = () => abort?.abort()
  return { keys, state, problem, savedIn, bundles, open, makeKey, retireKey, saveKey, takeIn, cancel }
}
