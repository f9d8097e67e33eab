import { browser } from 'wxt/browser'
import { startSha256 } from '../crypto/digest'
import { fail, type Outcome, succeed } from '../model/problem'
import { problemOf } from './problems'

/**
 * A file name that says nothing about its content: it stays in the browser's history and in the folder's
 * listing.
 */
export function neutralName(options: { number?: number; encrypted: boolean }): string {
  return `export-${options.number ?? 1}.zip${options.encrypted ? '.age' : ''}`
}

/** Pieces are handed to the browser at this size, which may then keep them on disk. */
const pieceBytes = 8 * 1024 * 1024

type Gathered = { blob: Blob; sha256: string }

async function gather(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Gathered> {
  const digest = await startSha256()
  const pieces: Blob[] = []
  let pending: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for await (const chunk of stream) {
    digest.update(chunk)
    pending.push(chunk)
    size += chunk.length
    if (size < pieceBytes) continue
    pieces.push(new Blob(pending))
    pending = []
    size = 0
  }
  const blob = new Blob([...pieces, ...pending], { type: 'application/octet-stream' })
  return { blob, sha256: digest.finish() }
}

async function collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Outcome<Gathered>> {
  try {
    return succeed(await gather(stream))
  } catch (error) {
    const problem = problemOf(error)
    return problem ? { ok: false, problem } : fail('save-failed')
  }
}

type DownloadChange = Parameters<Parameters<typeof browser.downloads.onChanged.addListener>[0]>[0]
type Ending = { state: 'complete' | 'interrupted'; reason: string | null }

/** Listens from before the download begins, because a small one may end before its id is known. */
function watchEndings(): { endOf: (id: number) => Promise<Ending>; stop: () => void } {
  const ended = new Map<number, Ending>()
  const waiting = new Map<number, (ending: Ending) => void>()
  const listener = (change: DownloadChange) => {
    const state = change.state?.current
    if (state !== 'complete' && state !== 'interrupted') return
    const ending: Ending = { state, reason: change.error?.current ?? null }
    ended.set(change.id, ending)
    waiting.get(change.id)?.(ending)
  }
  browser.downloads.onChanged.addListener(listener)
  return {
    endOf: (id) =>
      new Promise((resolve) => {
        const already = ended.get(id)
        if (already) resolve(already)
        else waiting.set(id, resolve)
      }),
    stop: () => browser.downloads.onChanged.removeListener(listener),
  }
}

async function findPath(id: number): Promise<string | null> {
  const [found] = await browser.downloads.search({ id })
  return found?.filename || null
}

async function download(address: string, name: string): Promise<Outcome<{ path: string | null }>> {
  const endings = watchEndings()
  try {
    const id = await browser.downloads.download({ url: address, filename: name, saveAs: false })
    const ending = await endings.endOf(id)
    if (ending.state === 'complete') return succeed({ path: await findPath(id) })
    return fail(ending.reason === 'USER_CANCELED' ? 'cancelled' : 'save-failed', ending.reason ?? undefined)
  } catch {
    return fail('save-failed')
  } finally {
    endings.stop()
  }
}

/** A file in the download folder. */
export type SavedFile = { path: string | null; sha256: string }

/**
 * Saves a stream as a file in the browser's download folder and answers when it is wholly there. Only from an
 * extension page: a service worker has no object address. `path` is null when the browser does not tell it;
 * `sha256` is the digest of the whole file, to be told to the receiver by another way. `check` looks at the whole
 * file before the browser gets it; with a problem of its own nothing is saved.
 * Fails with `cancelled`, with the problem the stream carried, or with `save-failed`; then nothing was saved.
 */
export async function saveFile(options: {
  name: string
  stream: ReadableStream<Uint8Array<ArrayBuffer>>
  check?: (file: Blob) => Promise<Outcome<unknown>>
}): Promise<Outcome<SavedFile>> {
  const collected = await collect(options.stream)
  if (!collected.ok) return collected
  const { blob, sha256 } = collected.value
  const checked = await options.check?.(blob)
  if (checked && !checked.ok) return checked
  const address = URL.createObjectURL(blob)
  try {
    const saved = await download(address, options.name)
    return saved.ok ? succeed({ ...saved.value, sha256 }) : saved
  } finally {
    URL.revokeObjectURL(address)
  }
}
