const columns = 9
const rows = 8

/**
 * The difference hash of a picture: 64 bits as 16 hexadecimal digits, one for each pair of neighbours in a grey
 * picture of 9 by 8, set where the left one is brighter. Copies that were scaled or packed anew differ in few bits;
 * it proves nothing, it finds candidates.
 */
export function hashLikeness(grey: ArrayLike<number>): string {
  let hash = 0n
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns - 1; column++) {
      const at = row * columns + column
      hash = (hash << 1n) | ((grey[at] ?? 0) > (grey[at + 1] ?? 0) ? 1n : 0n)
    }
  return hash.toString(16).padStart(16, '0')
}

/** In how many of the 64 bits two difference hashes differ. Up to 10 is a likely copy. */
export function likenessDistance(one: string, other: string): number {
  let different = BigInt(`0x${one}`) ^ BigInt(`0x${other}`)
  let count = 0
  for (; different > 0n; different >>= 1n) count += Number(different & 1n)
  return count
}

/** The difference hash of a decoded picture. */
export function likenessOf(bitmap: ImageBitmap): string {
  const canvas = new OffscreenCanvas(columns, rows)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2d context')
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, columns, rows)
  const { data } = context.getImageData(0, 0, columns, rows)
  const grey = Array.from({ length: columns * rows }, (_, at) => {
    const [r = 0, g = 0, b = 0] = data.subarray(at * 4, at * 4 + 3)
    return 0.299 * r + 0.587 * g + 0.114 * b
  })
  return hashLikeness(grey)
}
