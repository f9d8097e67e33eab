import { browser } from 'wxt/browser'
import { startSha256 } from '../crypto/digest'
import { fail, type Outcome, succeed } from '../model/problem'
import { problemOf } from '../model/problem-error'
import { startTemporaryFile, type TemporaryFile } from './temporary-file'

/** Up to this, a file is held in memory until it is saved; a larger one is gathered on the disk. */
const heldAtMost = 32 * 1024 * 1024
/** Pieces are written at this size: each write takes a while, however small. */
const pieceBytes = 4 * 1024 * 1024

type Bytes = Uint8Array<ArrayBuffer>
/** `forget` is to be called once the file is saved, or is not to be. */
type Gathered = { blob: Blob; sha256: string; forget: () => Promise<void> }

/** Where a file is gathered: in memory while it is small, and where the browser keeps no files. */
function startGathering() {
  const held: Blob[] = []
  let pending: Bytes[] = []
  let [size, total] = [0, 0]
  let file: TemporaryFile | null | 'not-yet' = 'not-yet'

  async function flush(): Promise<void> {
    const piece = new Blob(pending)
    pending = []
    size = 0
    if (total > heldAtMost && file === 'not-yet') file = await startTemporaryFile()
    if (file === null || file === 'not-yet') {
      held.push(piece)
      return
    }
    for (const before of held.splice(0)) await file.write(before)
    await file.write(piece)
  }

  const forget = async (): Promise<void> => {
    if (file !== 'not-yet') await file?.remove()
  }
  return {
    add: async (chunk: Bytes): Promise<void> => {
      pending.push(chunk)
      size += chunk.length
      total += chunk.length
      if (size >= pieceBytes) await flush()
    },
    finish: async (): Promise<Blob> => {
      await flush()
      const gathered = file === 'not-yet' || file === null ? held : [await file.finish()]
      return new Blob(gathered, { type: 'application/octet-stream' })
    },
    forget,
  }
}

async function gather(stream: ReadableStream<Bytes>): Promise<Gathered> {
  const digest = await startSha256()
  const gathering = startGathering()
  const { add, finish, forget } = gathering
  try {
    for await (const chunk of stream) {
      digest.update(chunk)
      await add(chunk)
    }
    return { blob: await finish(), sha256: digest.finish(), forget }
  } catch (error) {
    await forget()
    throw error
  }
}

async function collect(stream: ReadableStream<Bytes>): Promise<Outcome<Gathered>> {
  try {
    return succeed(await gather(stream))
  } catch (error) {
    const problem = problemOf(error)
    if (problem) return { ok: false, problem }
    const isFull = error instanceof DOMException && error.name === 'QuotaExceededError'
    return fail(isFull ? 'disk-full' : 'save-failed')
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

async function downloadBlob(blob: Blob, name: string): Promise<Outcome<{ path: string | null }>> {
  const address = URL.createObjectURL(blob)
  try {
    return await download(address, name)
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** A file in the download folder. */
export type SavedFile = { path: string | null; sha256: string }

/**
 * Saves a stream as a file in the browser's download folder and answers when it is wholly there. Only from an
 * extension page: a service worker has no object address. `path` is null when the browser does not tell it;
 * `sha256` is the digest of the whole file, to be told to the receiver by another way. `check` looks at the whole
 * file before the browser gets it; with a problem of its own nothing is saved. Memory stays flat: a large file is
 * gathered on the disk, and what was gathered is gone in the end, after a crash at the next start (`removeLeftFiles`).
 * Fails with `cancelled`, with the problem the stream carried, or with `save-failed`; then nothing was saved.
 */
export async function saveFile(options: {
  name: string
  stream: ReadableStream<Bytes>
  check?: (file: Blob) => Promise<Outcome<unknown>>
}): Promise<Outcome<SavedFile>> {
  const collected = await collect(options.stream)
  if (!collected.ok) return collected
  const { blob, sha256, forget } = collected.value
  try {
    const checked = await options.check?.(blob)
    if (checked && !checked.ok) return checked
    const saved = await downloadBlob(blob, options.name)
    return saved.ok ? succeed({ ...saved.value, sha256 }) : saved
  } finally {
    await forget()
  }
}
