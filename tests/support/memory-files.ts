type Entry = { written: Blob[]; whole: Blob | null }

function notFound(): DOMException {
  return new DOMException('no such entry', 'NotFoundError')
}

/**
 * The files that a browser keeps for an extension, and its locks, in memory. `out` is what lies there: for each name
 * the bytes, and null while they are written. `room` is how many bytes fit.
 */
export function memoryFiles(options: { room?: number } = {}) {
  const out = new Map<string, Entry>()
  const held = new Set<string>()
  let isMade = false

  const writable = (entry: Entry) => ({
    write: async (piece: Blob) => {
      const size = entry.written.reduce((sum, { size }) => sum + size, piece.size)
      if (size > (options.room ?? Number.POSITIVE_INFINITY))
        throw new DOMException('full', 'QuotaExceededError')
      entry.written.push(piece)
    },
    close: async () => {
      entry.whole = new Blob(entry.written)
    },
    abort: async () => {
      if (entry.whole) throw new TypeError('closed')
    },
  })
  const folder = {
    getFileHandle: async (name: string) => {
      const entry: Entry = out.get(name) ?? { written: [], whole: null }
      out.set(name, entry)
      return { createWritable: async () => writable(entry), getFile: async () => entry.whole }
    },
    removeEntry: async (name: string) => {
      if (!out.delete(name)) throw notFound()
    },
    async *keys() {
      yield* [...out.keys()]
    },
  }
  const root = {
    getDirectoryHandle: async (_: string, { create }: { create: boolean }) => {
      if (!isMade && !create) throw notFound()
      isMade = true
      return folder
    },
  }
  type Holding = (lock: object | null) => unknown
  const locks = {
    request: async (name: string, ...rest: [Holding] | [{ ifAvailable: boolean }, Holding]) => {
      const act = rest.at(-1) as Holding
      if (held.has(name)) return act(null)
      held.add(name)
      try {
        return await act({})
      } finally {
        held.delete(name)
      }
    },
  }
  return {
    navigator: { storage: { getDirectory: async () => root }, locks },
    out,
    held,
    /** The page that wrote ends at this moment: its locks are let go, its files stay. */
    endPage: () => held.clear(),
  }
}
