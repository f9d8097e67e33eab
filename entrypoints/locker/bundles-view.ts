import { signal } from '@preact/signals'
import type { BundleFile, BundleFileState } from '../../components/locker/ReceivingBundles'
import { type CheckedBundle, checkBundle, digestFile } from '../../utils/bundle/read-items'
import { keyFrom, openSealed, refuseSealed } from '../../utils/bundle/sealed'
import type { Verification } from '../../utils/bundle/verification'
import type { OpenLocker } from '../../utils/locker/keyring'
import { type BundleToReceive, receiveBundle } from '../../utils/locker/receive-bundle'
import type { Session } from '../shared/session'

type Asked = { key: string | null; allowsFailures: boolean }
type Work = Asked & {
  open: OpenLocker
  file: File
  stop: AbortSignal
  tell: (kind: 'opening' | 'checking' | 'adding') => (progress: { done: number; total: number }) => void
}

const failuresOf = ({ statements }: Verification) => statements.filter(({ result }) => result === 'fail')

async function openContent({ file, key, stop, tell }: Work) {
  if (key === null) return { ok: true as const, content: file }
  const watch = { signal: stop, onProgress: tell('opening') }
  const opened = await openSealed(file, keyFrom(key), watch)
  return opened.ok ? { ok: true as const, content: opened.bytes } : opened
}

async function describe(
  file: string,
  { signer, madeAt, verification, itemIds, readItem }: CheckedBundle,
  proofs: BundleToReceive['proofs'],
): Promise<BundleToReceive> {
  const { proof } = verification
  const signed = signer &&
    proof && { ...signer, words: proof.key, checkpoint: proof.checkpoint, size: proof.size }
  const failures = failuresOf(verification).map(({ id, subject, detail }) => ({ id, subject, detail }))
  return {
    facts: { file, madeAt, signer: signed, failures },
    itemIds,
    places: proof?.places ?? {},
    proofs,
    readItem,
  }
}

/** Opens, checks and takes in one file; what became of it. Rejects once it is stopped, or when it cannot be read. */
async function takeIn(work: Work): Promise<BundleFileState> {
  const { open, file, stop, tell, allowsFailures } = work
  const opened = await openContent(work)
  if (!opened.ok) return { kind: 'sealed', trouble: opened.trouble, canOpen: opened.trouble === 'wrong-key' }
  const { verification, bundle } = await checkBundle(opened.content, {
    signal: stop,
    onProgress: tell('checking'),
  })
  const failures = failuresOf(verification)
  if (failures.some(({ detail }) => detail === 'encrypted')) {
    const trouble = await refuseSealed(file)
    return { kind: 'sealed', trouble, canOpen: trouble === null }
  }
  if (bundle === null) return { kind: 'no-bundle', why: failures[0]?.detail ?? 'not-a-zip' }
  if (bundle.isRedacted) return { kind: 'redacted' }
  if (failures.length > 0 && !allowsFailures) return { kind: 'failed', failures }
  const proofs = await bundle.readProofs()
  if (proofs === null) return { kind: 'problem', code: 'bundle-too-large' }
  const received = await receiveBundle(open, {
    bundle: await describe(await digestFile(file, stop), bundle, proofs),
    at: new Date(),
    signal: stop,
    onProgress: tell('adding'),
  })
  if (!received.ok) {
    const { code } = received.problem
    return code === 'cancelled' ? { kind: 'stopped' } : { kind: 'problem', code }
  }
  const { items, damaged } = received.value
  const words = verification.proof?.key ?? null
  const counted = { ...items, conflicts: items.conflicts.length }
  return { kind: 'done', items: counted, damaged, words, isForced: failures.length > 0 }
}

/** State and actions of taking in the bundles of others. A key that a person types stays in memory until it is used. */
export function createBundlesView(session: Session) {
  const files = signal<readonly BundleFile[]>([])
  let chosen: readonly File[] = []
  let abort = new AbortController()

  function set(index: number, state: BundleFileState): void {
    files.value = files.value.map((one, at) => (at === index ? { ...one, state } : one))
  }

  async function work(index: number, asked: Asked): Promise<void> {
    const file = chosen[index]
    if (session.locker.value.kind !== 'open' || !file) return
    const open = session.locker.value.locker
    const { signal: stop } = abort
    const tell: Work['tell'] = (kind) => (progress) => {
      if (!stop.aborted) set(index, { kind, ...progress })
    }
    set(index, { kind: asked.key === null ? 'checking' : 'opening', done: 0, total: 0 })
    // scrypt holds the page for seconds; the screen is drawn before.
    await new Promise((drawn) => setTimeout(drawn))
    try {
      set(index, await takeIn({ ...asked, open, file, stop, tell }))
    } catch {
      set(index, stop.aborted ? { kind: 'stopped' } : { kind: 'unreadable' })
    }
  }

  /** Takes in these files, one after the other. */
  async function bringIn(next: readonly File[]): Promise<void> {
    chosen = next
    abort = new AbortController()
    const { signal: stop } = abort
    files.value = next.map(({ name }) => ({ name, state: { kind: 'waiting' } }))
    for (const index of next.keys()) {
      if (stop.aborted) set(index, { kind: 'stopped' })
      else await work(index, { key: null, allowsFailures: false })
    }
    await session.refresh()
  }

  const keys = new Map<number, string>()

  /** Tries once more with a passphrase or private half, or in spite of what the check found. */
  async function again(index: number, asked: Partial<Asked>): Promise<void> {
    if (asked.key) keys.set(index, asked.key)
    abort = new AbortController()
    await work(index, { key: keys.get(index) ?? null, allowsFailures: asked.allowsFailures === true })
    if (files.value[index]?.state.kind !== 'failed') keys.delete(index)
    await session.refresh()
  }

  function clear(): void {
    abort.abort()
    keys.clear()
    chosen = []
    files.value = []
  }

  return {
    files,
    bringIn,
    openWith: (index: number, key: string) => again(index, { key }),
    bringInAnyway: (index: number) => again(index, { allowsFailures: true }),
    cancel: () => abort.abort(),
    clear,
  }
}
