import { sha256, startSha256 } from '../crypto/digest'
import type { Container, ContainerEntry } from './read'
import type { ByteSource } from './source'
import { crc32 } from './zip'

type Bytes = Uint8Array<ArrayBuffer>

/** One file as it really is: its digest and CRC-32 come from its bytes, not from a header. */
export type CheckedFile = ContainerEntry & { sha256: string; realCrc: number }

/** The files of a bundle, digested once, and readable again. */
export type BundleFiles = {
  source: ByteSource
  container: Container
  /** In the order of the container. */
  list: CheckedFile[]
  /** Null when there is no such file. */
  find(name: string): CheckedFile | null
  /** The whole content. Null when there is no such file or it has more than `limit` bytes. */
  readWhole(name: string, limit: number): Promise<Bytes | null>
}

/** Watching a check that takes long, and ending it. */
export type Watch = {
  /** Told how many of the file's bytes were read; the check goes on when this is done. */
  onProgress?: (progress: { done: number; total: number }) => Promise<void> | void
  /** Aborted, the check rejects with the signal's reason. */
  signal?: AbortSignal
}

const chunk = 1024 * 1024
const atOnce = 8

type Reading = { source: ByteSource; note: (bytes: number) => Promise<void> }

async function digestEntry({ source, note }: Reading, entry: ContainerEntry): Promise<CheckedFile> {
  const end = entry.start + entry.size
  if (entry.size <= chunk) {
    const bytes = await source.read(entry.start, end)
    const digested = { ...entry, sha256: await sha256(bytes), realCrc: crc32(bytes) }
    await note(entry.size)
    return digested
  }
  const running = await startSha256()
  let realCrc = 0
  for (let at = entry.start; at < end; at += chunk) {
    const bytes = await source.read(at, Math.min(end, at + chunk))
    running.update(bytes)
    realCrc = crc32(bytes, realCrc)
    await note(bytes.length)
  }
  return { ...entry, sha256: running.finish(), realCrc }
}

/**
 * Reads every file once, a few at a time, in pieces of at most 1 MiB, and keeps what it found out. Rejects with the
 * reason of `watch.signal` once that is aborted.
 */
export async function digestFiles(
  source: ByteSource,
  container: Container,
  watch: Watch = {},
): Promise<BundleFiles> {
  const list: CheckedFile[] = []
  let done = 0
  const note = async (bytes: number): Promise<void> => {
    watch.signal?.throwIfAborted()
    done += bytes
    await watch.onProgress?.({ done, total: source.size })
  }
  for (let i = 0; i < container.entries.length; i += atOnce) {
    const some = container.entries.slice(i, i + atOnce)
    list.push(...(await Promise.all(some.map((entry) => digestEntry({ source, note }, entry)))))
  }
  const byName = new Map(list.map((file) => [file.name, file]))
  return {
    source,
    container,
    list,
    find: (name) => byName.get(name) ?? null,
    readWhole: async (name, limit) => {
      const file = byName.get(name)
      return file && file.size <= limit ? source.read(file.start, file.start + file.size) : null
    },
  }
}
