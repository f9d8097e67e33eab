import { randomIdHex } from '../crypto/bytes'

/*
 * Where a large file is gathered before the browser gets it: in the folder that the browser keeps for this extension
 * (OPFS), so that memory stays flat. Whoever writes one holds a lock with its name, which the browser lets go with
 * the page, however it ends: a file that nobody holds was left behind.
 */

const folderName = 'out'
const nameLength = 32

/** A file that grows piece by piece and is removed again. */
export type TemporaryFile = {
  /** Rejects when there is no room. */
  write(piece: Blob): Promise<void>
  /** Everything written, from the disk; to be read before `remove`. Nothing may be written afterwards. */
  finish(): Promise<Blob>
  /** Takes the file away, whole or not. Never rejects: what could not be removed is, at the next start. */
  remove(): Promise<void>
}

const lockOf = (name: string): string => `${folderName}/${name}`

function holdLock(name: string): Promise<() => void> {
  return new Promise((held, failed) => {
    const holding = () => new Promise<void>((release) => held(release))
    navigator.locks.request(lockOf(name), holding).catch(failed)
  })
}

async function openFolder(options: { create: boolean }): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle(folderName, options)
}

async function removeQuietly(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await folder.removeEntry(name)
  } catch {
    // Gone already, or still held by the browser.
  }
}

/** Starts a file of no telling name. Null where the browser keeps no files: in Firefox's private windows. */
export async function startTemporaryFile(): Promise<TemporaryFile | null> {
  const name = randomIdHex()
  let release = (): void => {}
  try {
    const folder = await openFolder({ create: true })
    release = await holdLock(name)
    const handle = await folder.getFileHandle(name, { create: true })
    const writable = await handle.createWritable()
    return {
      write: (piece) => writable.write(piece),
      finish: async () => {
        await writable.close()
        return handle.getFile()
      },
      remove: async () => {
        await writable.abort().catch(() => undefined)
        await removeQuietly(folder, name)
        release()
      },
    }
  } catch {
    release()
    return null
  }
}

/** Removes what pages left behind that ended while they wrote, and nothing that one is still writing. */
export async function removeLeftFiles(): Promise<void> {
  try {
    const folder = await openFolder({ create: false })
    for (const name of await Array.fromAsync(folder.keys())) {
      // Chromium writes beside the file first: the same name with an ending.
      const lock = lockOf(name.slice(0, nameLength))
      await navigator.locks.request(lock, { ifAvailable: true }, (held) =>
        held ? removeQuietly(folder, name) : undefined,
      )
    }
  } catch {
    // No such folder: nothing was left.
  }
}
