import { type Bytes, toBase64 } from '../crypto/bytes'
import { readBase64 } from './checkpoint'
import { hashLength } from './merkle'

/** C2SP tlog-proof: that an entry is in a log, with the checkpoint that it is seen from. */
export type TlogProof = {
  index: number
  proof: Bytes[]
  /** The signed checkpoint, as it stands. */
  checkpoint: string
}

const heading = 'c2sp.org/tlog-proof@v1'
/** A tree with more levels has more leaves than a whole number can count here. */
const mostHashes = 64

/** The text of a proof (https://c2sp.org/tlog-proof@v1.0.0), without extra data. */
export function writeTlogProof({ index, proof, checkpoint }: TlogProof): string {
  const hashes = proof.map((hash) => `${toBase64(hash)}\n`).join('')
  return `${heading}\nindex ${index}\n${hashes}\n${checkpoint}`
}

/** What the text of a proof says, in our form: without extra data. Null when it is none. */
export function readTlogProof(text: string): TlogProof | null {
  const end = text.indexOf('\n\n')
  const [first, second, ...lines] = text.slice(0, Math.max(0, end)).split('\n')
  const digits = /^index (0|[1-9]\d{0,15})$/.exec(second ?? '')?.[1]
  const index = Number(digits)
  if (first !== heading || digits === undefined || !Number.isSafeInteger(index)) return null
  if (lines.length > mostHashes) return null
  const proof: Bytes[] = []
  for (const line of lines) {
    const hash = readBase64(line)
    if (hash?.length !== hashLength) return null
    proof.push(hash)
  }
  return { index, proof, checkpoint: text.slice(end + 2) }
}
