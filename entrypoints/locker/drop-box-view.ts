import { signal } from '@preact/signals'
import type { HandOverState } from '../../components/dropbox/DropBox'
import type { DropBoxSetUpState } from '../../components/dropbox/DropBoxSetUp'
import { saveFile } from '../../utils/bundle/save'
import { randomBytes, toHex } from '../../utils/crypto/bytes'
import { createDropBox, removeHandedOver } from '../../utils/locker/drop-box'
import { type HandOverContents, testHandOver } from '../../utils/locker/read-hand-over'
import { findReceivingKey } from '../../utils/locker/receiving-key'
import { writeHandOver } from '../../utils/locker/write-hand-over'
import { type Outcome, succeed } from '../../utils/model/problem'
import { followDropBox, keyWords } from '../shared/drop-box'
import { canReadQr, readQr } from '../shared/read-qr'
import type { Session } from '../shared/session'

/** More than any key or picture of one; what is chosen by mistake is not read whole. */
const mostKeyBytes = 64_000

const ready = { kind: 'ready', problem: null } as const

/** The organisation's key, from wherever it comes; null while no drop-box is being set up. */
function createSetUp(session: Session) {
  const setUp = signal<DropBoxSetUpState | null>(null)

  const change = (patch: Partial<DropBoxSetUpState>): void => {
    if (setUp.value) setUp.value = { ...setUp.value, ...patch }
  }

  async function write(text: string): Promise<void> {
    change({ text, words: null, hasNoCode: false, problem: null })
    const key = findReceivingKey(text)
    const words = key && (await keyWords(key))
    // Something else may have been typed meanwhile.
    if (setUp.value?.text === text) change({ words })
  }

  async function readPicture(file: File): Promise<void> {
    const text = await readQr(file)
    if (text === null) change({ hasNoCode: true })
    else await write(text)
  }

  async function make(): Promise<void> {
    if (!setUp.value || setUp.value.isBusy) return
    change({ isBusy: true, problem: null })
    const made = await createDropBox({ key: setUp.value.text })
    if (made.ok) setUp.value = null
    else change({ isBusy: false, problem: made.problem })
    await session.followLock()
  }

  return {
    setUp,
    write,
    readFile: async (file: File) => write(await file.slice(0, mostKeyBytes).text()),
    readPicture,
    make,
    begin: async () => {
      const none = { text: '', words: null, hasNoCode: false, isBusy: false, problem: null }
      setUp.value = { ...none, canReadQr: await canReadQr() }
    },
    leave: () => {
      setUp.value = null
    },
  }
}

type Made = { path: string | null; contents: HandOverContents }
type Work = { name: string; signal: AbortSignal; onState: (state: HandOverState) => void }

/** Writes the file, looks whether it is whole, and hands it to the browser. */
async function makeHandOver({ name, signal: stop, onState }: Work): Promise<Outcome<Made>> {
  const tell = (kind: 'writing' | 'testing') => (progress: { done: number; total: number }) =>
    onState({ kind, ...progress })
  const written = await writeHandOver({ writtenAt: new Date(), signal: stop, onProgress: tell('writing') })
  if (!written.ok) return written
  const { stream, key } = written.value
  let contents: HandOverContents | null = null
  const saved = await saveFile({
    name,
    stream,
    check: async (file) => {
      const tested = await testHandOver({ file, key, signal: stop, onProgress: tell('testing') })
      if (tested.ok) contents = tested.value
      return tested
    },
  })
  if (!saved.ok) return saved
  if (contents === null) throw new Error('A file was saved that nobody looked at')
  return succeed({ path: saved.value.path, contents })
}

/** State and actions of a device that is a drop-box, and of making it one. */
export function createDropBoxView(session: Session) {
  const facts = followDropBox(session)
  const state = signal<HandOverState>(ready)
  let abort: AbortController | null = null
  let handedOver: HandOverContents | null = null

  async function make(): Promise<void> {
    abort = new AbortController()
    state.value = { kind: 'writing', done: 0, total: 0 }
    const name = `files-${toHex(randomBytes(2))}.age`
    const made = await makeHandOver({
      name,
      signal: abort.signal,
      onState: (next) => {
        state.value = next
      },
    })
    if (!made.ok) {
      const problem = made.problem.code === 'cancelled' ? null : made.problem
      state.value = { kind: 'ready', problem }
      return
    }
    handedOver = made.value.contents
    const { items, leftOut } = handedOver
    const path = made.value.path ?? name
    state.value = { kind: 'saved', path, items: items.length, leftOut, problem: null }
  }

  async function remove(): Promise<void> {
    if (handedOver === null || state.value.kind !== 'saved') return
    const removed = await removeHandedOver(handedOver)
    if (!removed.ok) {
      state.value = { ...state.value, problem: removed.problem }
      return
    }
    handedOver = null
    state.value = { kind: 'removed', count: removed.value.removed }
  }

  return {
    ...createSetUp(session),
    facts,
    handOver: state,
    makeHandOver: make,
    cancel: () => abort?.abort(),
    remove,
    finish: () => {
      handedOver = null
      state.value = ready
    },
  }
}
