import { signal } from '@preact/signals'
import { checkTie, type Tie } from '../../utils/bundle/check-tie'
import type { BundleFiles, Watch } from '../../utils/bundle/files'
import { keyFrom, openSealed, refuseSealed, type SealedTrouble } from '../../utils/bundle/sealed'
import type { Reason, Verification } from '../../utils/bundle/verification'
import { hasFailure, verifyFiles } from '../../utils/bundle/verify'
import { startSha256 } from '../../utils/crypto/digest'
import { type Words, wordsFor } from '../../utils/words/translate'

/**
 * How redacted copies stand to the whole bundle that was chosen beside them. `why` is null where the file itself could
 * not be read.
 */
export type Comparison =
  | { kind: 'none' | 'working' }
  | { kind: 'unreadable'; why: Reason | null }
  | { kind: 'done'; tie: Tie; isWholeFailed: boolean }

export type VerifierState =
  | { kind: 'waiting'; news: 'cancelled' | 'unreadable' | null }
  | { kind: 'working'; stage: 'opening' | 'checking'; name: string; share: number }
  | { kind: 'sealed'; name: string; trouble: SealedTrouble | null; canOpen: boolean }
  | {
      kind: 'answer'
      name: string
      verification: Verification
      digest: string | null
      comparison: Comparison
    }

/** State and actions of the verifier's page. */
export type VerifierView = ReturnType<typeof createVerifierView>

/** How long the page may be busy without drawing, in milliseconds. */
const frameMs = 50
const chunk = 4 * 1024 * 1024

async function digestOf(file: Blob, signal: AbortSignal): Promise<string> {
  const running = await startSha256()
  for (let at = 0; at < file.size; at += chunk) {
    signal.throwIfAborted()
    running.update(new Uint8Array(await file.slice(at, at + chunk).arrayBuffer()))
  }
  return running.finish()
}

function isSealed({ statements }: Verification): boolean {
  return statements.some((statement) => statement.detail === 'encrypted')
}

/** Another key is worth a try. */
function canOpenAfter(trouble: SealedTrouble | null): boolean {
  return trouble === null || trouble === 'wrong-key'
}

/** What the page shows and does. `language` is what it starts with. */
export function createVerifierView(language: string) {
  const words = signal<Words>(wordsFor(language))
  const state = signal<VerifierState>({ kind: 'waiting', news: null })
  let file: File | null = null
  let files: BundleFiles | null = null
  let running = new AbortController()

  /** Shows how far it is, and lets the page draw from time to time. */
  function watchOf(stage: 'opening' | 'checking', name: string): Watch {
    const { signal: stop } = running
    let last = performance.now()
    const onProgress = async ({ done, total }: { done: number; total: number }): Promise<void> => {
      if (performance.now() - last < frameMs) return
      if (!stop.aborted) state.value = { kind: 'working', stage, name, share: done / total }
      await new Promise((drawn) => setTimeout(drawn))
      last = performance.now()
    }
    return { onProgress, signal: stop }
  }

  /** Starts work on a file; what was under way before ends. What it meets is told, unless it is no longer wanted. */
  async function work(stage: 'opening' | 'checking', act: (name: string) => Promise<void>): Promise<void> {
    running.abort()
    running = new AbortController()
    const { signal: stop } = running
    const name = file?.name ?? ''
    state.value = { kind: 'working', stage, name, share: 0 }
    // scrypt holds the page for seconds; the screen is drawn before.
    await new Promise((drawn) => setTimeout(drawn, frameMs))
    if (stop.aborted) return
    try {
      await act(name)
    } catch {
      if (!stop.aborted) state.value = { kind: 'waiting', news: 'unreadable' }
    }
  }

  async function answer(name: string, content: Blob | Uint8Array): Promise<void> {
    const { signal: stop } = running
    const chosen = file
    const checked = await verifyFiles(content, watchOf('checking', name))
    stop.throwIfAborted()
    const { verification } = checked
    if (chosen && content === chosen && isSealed(verification)) {
      const trouble = await refuseSealed(chosen)
      state.value = { kind: 'sealed', name, trouble, canOpen: canOpenAfter(trouble) }
      return
    }
    files = checked.files
    state.value = { kind: 'answer', name, verification, digest: null, comparison: { kind: 'none' } }
    const digest = chosen && (await digestOf(chosen, stop))
    if (!stop.aborted && state.value.kind === 'answer') state.value = { ...state.value, digest }
  }

  /** Compares the redacted copies that are shown with the whole items of another bundle. */
  async function compare(whole: File): Promise<void> {
    const copies = files
    const { signal: stop } = running
    const tell = (comparison: Comparison): void => {
      if (!stop.aborted && state.value.kind === 'answer') state.value = { ...state.value, comparison }
    }
    if (copies === null) return
    tell({ kind: 'working' })
    await new Promise((drawn) => setTimeout(drawn, frameMs))
    try {
      const other = await verifyFiles(whole, { signal: stop })
      if (other.files === null)
        tell({ kind: 'unreadable', why: other.verification.statements[0]?.detail ?? null })
      else {
        const tie = await checkTie(copies, other.files)
        tell({ kind: 'done', tie, isWholeFailed: hasFailure(other.verification) })
      }
    } catch {
      tell({ kind: 'unreadable', why: null })
    }
  }

  const holdsCopies = (): boolean =>
    state.value.kind === 'answer' && state.value.verification.items.some(({ isRedacted }) => isRedacted)

  /** Checks what was dropped: of two files, the one with redacted copies beside the other. */
  async function checkDropped(dropped: readonly File[]): Promise<void> {
    const [one, other] = dropped
    if (!one) return
    await check(one)
    if (!other) return
    if (holdsCopies()) return compare(other)
    await check(other)
    if (holdsCopies()) await compare(one)
  }

  /** Checks a file, whatever was shown before. */
  function check(chosen: File): Promise<void> {
    file = chosen
    return work('checking', (name) => answer(name, chosen))
  }

  /** Opens the encrypted file in memory and checks what is in it. */
  function open(key: string): Promise<void> {
    return work('opening', async (name) => {
      const { signal: stop } = running
      if (!file) return
      const opened = await openSealed(file, keyFrom(key), watchOf('opening', name))
      stop.throwIfAborted()
      if (opened.ok) await answer(name, opened.bytes)
      else {
        const { trouble } = opened
        state.value = { kind: 'sealed', name, trouble, canOpen: canOpenAfter(trouble) }
      }
    })
  }

  function leave(news: 'cancelled' | null): void {
    running.abort()
    file = null
    files = null
    state.value = { kind: 'waiting', news }
  }

  return {
    words,
    state,
    check,
    checkDropped,
    compare,
    open,
    cancel: () => leave('cancelled'),
    another: () => leave(null),
    useLanguage: (chosen: string) => {
      words.value = wordsFor(chosen)
    },
  }
}
