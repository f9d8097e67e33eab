type Bytes = Uint8Array<ArrayBuffer>

/** A file that is read by slices, so that its size does not matter. */
export type ByteSource = {
  size: number
  /** The bytes from `start` up to `end`; fewer where the file ends before. */
  read(start: number, end: number): Promise<Bytes>
}

/** Opens bytes in memory, or a Blob (a File, a file on disk) without reading it whole. */
export function openSource(from: Uint8Array | Blob): ByteSource {
  if (from instanceof Uint8Array) {
    return { size: from.length, read: async (start, end) => from.slice(start, end) as Bytes }
  }
  return {
    size: from.size,
    read: async (start, end) => new Uint8Array(await from.slice(start, end).arrayBuffer()),
  }
}
