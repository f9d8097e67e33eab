type Bytes = Uint8Array<ArrayBuffer>

/** What the head of a PNG says; `channels` are samples a pixel in the file. */
export type PngHead = { width: number; height: number; colour: number; depth: number; channels: number }

type Png = { head: PngHead; palette: Bytes; transparency: Bytes; data: Blob }

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const headLength = 13
const chunkFrame = 12
/** Colour types with their samples a pixel: grey, colour, palette, grey or colour with transparency. */
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const longestSide = 100_000
const mostPixels = 400_000_000

type Chunk = { kind: string; content: Bytes }

function* chunksOf(bytes: Bytes): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = signature.length; at + chunkFrame <= bytes.length; ) {
    const length = view.getUint32(at)
    if (at + chunkFrame + length > bytes.length) return
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    yield { kind, content: bytes.subarray(at + 8, at + 8 + length) }
    at += chunkFrame + length
  }
}

function readHead(content: Bytes): PngHead | null {
  if (content.length !== headLength) return null
  const view = new DataView(content.buffer, content.byteOffset)
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  const [depth = 0, colour = 0, compression, filter, interlace] = content.subarray(8)
  const channels = channelsOf[colour]
  const isUsual = compression === 0 && filter === 0 && interlace === 0
  const isDeep = depth === 8 || (colour === 3 && [1, 2, 4].includes(depth))
  const isSized = width > 0 && height > 0 && width <= longestSide && height <= longestSide
  if (channels === undefined || !isUsual || !isDeep || !isSized || width * height > mostPixels) return null
  return { width, height, colour, depth, channels }
}

function readPng(bytes: Bytes): Png | null {
  if (signature.some((byte, at) => bytes[at] !== byte)) return null
  let head: PngHead | null = null
  let [palette, transparency] = [new Uint8Array(), new Uint8Array()]
  const data: Bytes[] = []
  for (const { kind, content } of chunksOf(bytes)) {
    if (kind === 'IHDR') head = readHead(content)
    else if (kind === 'PLTE') palette = content
    else if (kind === 'tRNS') transparency = content
    else if (kind === 'IDAT') data.push(content)
  }
  // A single transparent colour is not read here.
  const isKnown = head !== null && (transparency.length === 0 || head.colour === 3)
  return head && isKnown ? { head, palette, transparency, data: new Blob(data) } : null
}

/** Takes so many bytes from a stream at a time; null at its end. */
function takeFrom(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader()
  let left: Uint8Array = new Uint8Array()
  const take = async (length: number): Promise<Bytes | null> => {
    const taken = new Uint8Array(length)
    let filled = 0
    while (filled < length) {
      if (left.length === 0) {
        const next = await reader.read()
        if (next.done) return null
        left = next.value
      }
      const some = left.subarray(0, length - filled)
      taken.set(some, filled)
      filled += some.length
      left = left.subarray(some.length)
    }
    return taken
  }
  return { take, close: () => reader.cancel() }
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner
  const toLeft = Math.abs(guess - left)
  const toAbove = Math.abs(guess - above)
  const toCorner = Math.abs(guess - corner)
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}

/** Takes the filter of PNG (clause 9) off a line, in place. False for a filter that there is not. */
function unfilter(filter: number, line: Bytes, { before, step }: { before: Bytes; step: number }): boolean {
  if (filter > 4) return false
  if (filter === 0) return true
  for (let at = 0; at < line.length; at++) {
    const left = at < step ? 0 : (line[at - step] ?? 0)
    const above = before[at] ?? 0
    let guess = left
    if (filter === 2) guess = above
    else if (filter === 3) guess = (left + above) >> 1
    else if (filter === 4) guess = paeth(left, above, at < step ? 0 : (before[at - step] ?? 0))
    line[at] = (line[at] ?? 0) + guess
  }
  return true
}

function paletteRow({ head, palette, transparency }: Png, line: Bytes): Bytes {
  const { width, depth } = head
  const row = new Uint8Array(width * 4)
  const perByte = 8 / depth
  for (let x = 0; x < width; x++) {
    const shift = 8 - depth * ((x % perByte) + 1)
    const index = ((line[Math.floor(x / perByte)] ?? 0) >> shift) & (2 ** depth - 1)
    row.set([...palette.subarray(index * 3, index * 3 + 3), transparency[index] ?? 255].slice(0, 4), x * 4)
  }
  return row
}

function plainRow({ head }: Png, line: Bytes): Bytes {
  const { width, channels } = head
  if (channels === 4) return line
  const row = new Uint8Array(width * 4)
  for (let x = 0; x < width; x++) {
    const from = x * channels
    const isGrey = channels < 3
    row[x * 4] = line[from] ?? 0
    row[x * 4 + 1] = line[isGrey ? from : from + 1] ?? 0
    row[x * 4 + 2] = line[isGrey ? from : from + 2] ?? 0
    row[x * 4 + 3] = channels === 2 ? (line[from + 1] ?? 0) : 255
  }
  return row
}

async function* rowsOf(png: Png): AsyncGenerator<Bytes> {
  const { head } = png
  const length = Math.ceil((head.width * head.channels * head.depth) / 8)
  const step = Math.max(1, (head.channels * head.depth) >> 3)
  const source = takeFrom(png.data.stream().pipeThrough(new DecompressionStream('deflate')))
  try {
    let before: Bytes = new Uint8Array(length)
    for (let y = 0; y < head.height; y++) {
      const filtered = await source.take(length + 1)
      const line = filtered?.slice(1)
      if (!line || !unfilter(filtered?.[0] ?? 0, line, { before, step })) throw new Error('no such picture')
      before = line
      yield head.colour === 3 ? paletteRow(png, line) : plainRow(png, line.slice())
    }
  } finally {
    // What is left of a bomb is not unpacked. A stream that failed has nothing to close.
    await source.close().catch(() => undefined)
  }
}

/**
 * Reads a PNG row by row, four bytes a pixel: red, green, blue and opacity. Eight bits a sample, or a palette; not
 * interlaced. Null for any other picture. Going through the rows rejects where the data are damaged or too short.
 */
export function openPng(bytes: Bytes): { head: PngHead; rows: () => AsyncGenerator<Bytes> } | null {
  const png = readPng(bytes)
  return png && { head: png.head, rows: () => rowsOf(png) }
}
