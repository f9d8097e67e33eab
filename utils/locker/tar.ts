import { type Bytes, concatBytes, equalBytes, toUtf8 } from '../crypto/bytes'

/*
 * One form of tar (POSIX.1-1988 "ustar"): plain files, no dates, no owners, names of at most 100 bytes. Anybody can
 * unpack it with the tar of any system, and each name and content has exactly one form, so that what is read can be
 * held against what would have been written.
 */

const blockLength = 512
const longestName = 100
/** No part is larger, and a crafted file cannot ask for more memory. */
const mostBytes = 1_024 * 1_024 * 1_024

/** One file of an archive. */
export type TarEntry = { name: string; bytes: Bytes }

/** An entry as it stands in the archive. Throws a `RangeError` when its name or size does not fit. */
export function* writeTarEntry(entry: TarEntry): Generator<Bytes> {
  yield tarHeader(entry.name, entry.bytes.length)
  yield entry.bytes
  const rest = entry.bytes.length % blockLength
  if (rest > 0) yield new Uint8Array(blockLength - rest)
}

/** What stands after the last entry. */
export function tarEnd(): Bytes {
  return new Uint8Array(2 * blockLength)
}

/**
 * The entries of an archive of this form, one after the other, each whole in memory. Throws an `Error` when it is
 * of any other form, is cut off, or goes on after its end.
 */
export async function* readTar(stream: ReadableStream<Uint8Array>): AsyncGenerator<TarEntry> {
  const source = startReading(stream)
  for (;;) {
    const header = await source.take(blockLength)
    if (header.every((byte) => byte === 0)) {
      const last = await source.take(blockLength)
      if (last.some((byte) => byte !== 0) || !(await source.isAtEnd())) throw new Error('Not a proper end')
      return
    }
    const { name, size } = readHeader(header)
    const bytes = await source.take(size)
    const rest = size % blockLength
    const filling = rest > 0 ? await source.take(blockLength - rest) : new Uint8Array(0)
    if (filling.some((byte) => byte !== 0)) throw new Error('Not filled with zeros')
    yield { name, bytes }
  }
}

function tarHeader(name: string, size: number): Bytes {
  const nameBytes = toUtf8(name)
  if (nameBytes.length === 0 || nameBytes.length > longestName || size > mostBytes)
    throw new RangeError('Does not fit')
  const header = new Uint8Array(blockLength)
  const put = (at: number, text: string): void => header.set(toUtf8(text), at)
  header.set(nameBytes)
  put(100, '0000600\0')
  put(108, '0000000\0')
  put(116, '0000000\0')
  put(124, `${size.toString(8).padStart(11, '0')}\0`)
  put(136, '00000000000\0')
  put(148, '        ')
  put(156, '0')
  put(257, 'ustar\x0000')
  const sum = header.reduce((total, byte) => total + byte, 0)
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  return header
}

function readHeader(header: Bytes): { name: string; size: number } {
  const latin = (from: number, to: number): string => String.fromCharCode(...header.subarray(from, to))
  const name = latin(0, longestName).split('\0')[0] ?? ''
  const size = Number.parseInt(latin(124, 135), 8)
  if (!(size >= 0 && size <= mostBytes) || !equalBytes(tarHeader(name, size), header))
    throw new Error('Not an entry of this form')
  return { name, size }
}

type Source = { take(length: number): Promise<Bytes>; isAtEnd(): Promise<boolean> }

function startReading(stream: ReadableStream<Uint8Array>): Source {
  const reader = stream.getReader()
  let held: Uint8Array = new Uint8Array(0)
  const more = async (): Promise<boolean> => {
    while (held.length === 0) {
      const { done, value } = await reader.read()
      if (done) return false
      held = value
    }
    return true
  }
  return {
    async take(length) {
      const pieces: Uint8Array[] = []
      for (let left = length; left > 0; ) {
        if (!(await more())) throw new Error('Cut off')
        const piece = held.subarray(0, left)
        pieces.push(piece)
        held = held.subarray(piece.length)
        left -= piece.length
      }
      return concatBytes(...pieces)
    },
    isAtEnd: async () => !(await more()),
  }
}

/** The next file of a tar; null at the end. */
export type NextEntry = () => Promise<TarEntry | null>

/** The files of a tar one after another; whatever is wrong with its bytes is thrown as what `damaged` gives. */
export function nextEntries(stream: ReadableStream<Uint8Array>, damaged: () => Error): NextEntry {
  const entries = readTar(stream)
  return async () => {
    try {
      const { done, value } = await entries.next()
      return done ? null : value
    } catch {
      throw damaged()
    }
  }
}
