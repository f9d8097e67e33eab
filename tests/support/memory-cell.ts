import { concatBytes } from '../../utils/crypto/bytes'
import type { CellAccess } from '../../utils/locker/shred-cell'

/** A file in memory that can be overwritten; `file` is what a search of the disk would find. */
export function memoryCell(): CellAccess & { file: Uint8Array<ArrayBuffer> } {
  const cell = {
    file: new Uint8Array(0),
    read: async () => concatBytes(cell.file),
    write: async (at: number, bytes: Uint8Array) => {
      const grown = new Uint8Array(Math.max(cell.file.length, at + bytes.length))
      grown.set(cell.file)
      grown.set(bytes, at)
      cell.file = grown
    },
  }
  return cell
}
