type Bytes = Uint8Array<ArrayBuffer>

/** A file that is read by slices, so that its size does not matter. */
export type ByteSource = {
  size: number
  /** The bytes from `start` up to `end`; fewer where the file ends before. */
  read(start: number, end: number): Promise<Bytes>
}

const windowBytes = 256 * 1024
const keptWindows = 4

/**
 * Small reads from windows of the Blob: each read of a Blob costs a good part of a millisecond in a browser, and a
 * bundle of many small files asks for three of each.
 */
function readByWindows(blob: Blob): ByteSource['read'] {
  const windows = new Map<number, Promise<Bytes>>()
  const readPlain = async (start: number, end: number): Promise<Bytes> =>
    new Uint8Array(await blob.slice(start, end).arrayBuffer())

  function windowAt(at: number): Promise<Bytes> {
    const known = windows.get(at)
    if (known) return known
    const made = readPlain(at, at + windowBytes)
    windows.set(at, made)
    for (const old of windows.keys()) {
      if (windows.size <= keptWindows) break
      windows.delete(old)
    }
    return made
  }

  return async (start, end) => {
    const at = Math.floor(start / windowBytes) * windowBytes
    const isInOne = start >= 0 && start <= end && end <= at + windowBytes
    if (!isInOne) return readPlain(start, end)
    return (await windowAt(at)).slice(start - at, end - at)
  }
}

/** Opens bytes in memory, or a Blob (a File, a file on disk) without reading it whole. */
export function openSource(from: Uint8Array | Blob): ByteSource {
  if (from instanceof Uint8Array) {
    return { size: from.length, read: async (start, end) => from.slice(start, end) as Bytes }
  }
  return { size: from.size, read: readByWindows(from) }
}
