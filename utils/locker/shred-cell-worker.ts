import type { CellAnswer, CellQuestion } from './shred-cell-page'

/*
 * Runs in a dedicated worker of an extension page: only there does the browser give a handle that overwrites a
 * file in place (measured in Chromium 156 and Firefox 153; the service worker has none). Lives for one question.
 */

/** What TypeScript's types for pages leave out. */
type SyncHandle = {
  getSize(): number
  read(into: Uint8Array, options: { at: number }): number
  write(from: Uint8Array, options: { at: number }): number
  flush(): void
  close(): void
}
type FileHandle = { createSyncAccessHandle(): Promise<SyncHandle> }

/** Says nothing to whoever looks at the profile. */
const fileName = 'cell'
const tries = 40
const pauseMs = 50

async function findFile(isToBeMade: boolean): Promise<FileHandle | null> {
  const folder = await navigator.storage.getDirectory()
  try {
    return (await folder.getFileHandle(fileName, { create: isToBeMade })) as unknown as FileHandle
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return null
    throw error
  }
}

/** A page that was just closed may hold the file for a moment longer. */
async function openFile(file: FileHandle): Promise<SyncHandle> {
  for (let left = tries; ; left--) {
    try {
      return await file.createSyncAccessHandle()
    } catch (error) {
      const isHeld = error instanceof DOMException && error.name === 'NoModificationAllowedError'
      if (!isHeld || left === 0) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

async function answer(question: CellQuestion): Promise<Uint8Array<ArrayBuffer>> {
  const file = await findFile(question.kind === 'write')
  if (file === null) return new Uint8Array(0)
  const handle = await openFile(file)
  try {
    if (question.kind === 'read') {
      const bytes = new Uint8Array(handle.getSize())
      handle.read(bytes, { at: 0 })
      return bytes
    }
    if (handle.write(question.bytes, { at: question.at }) !== question.bytes.length)
      throw new DOMException('Not all was written', 'UnknownError')
    handle.flush()
    return new Uint8Array(0)
  } finally {
    handle.close()
  }
}

addEventListener('message', (event: MessageEvent<CellQuestion>) => {
  const [port] = event.ports
  const say = (said: CellAnswer): void => port?.postMessage(said)
  navigator.locks
    .request('cell', () => answer(event.data))
    .then(
      (bytes) => say({ bytes }),
      (error: unknown) => say({ error: error instanceof DOMException ? error.name : 'UnknownError' }),
    )
})
