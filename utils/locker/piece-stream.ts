import { type Bytes, concatBytes } from '../crypto/bytes'

/** The pieces as a stream that makes them when they are asked for; a cancelled stream ends their making. */
export function streamOf(pieces: AsyncGenerator<Bytes>): ReadableStream<Bytes> {
  const large = joined(pieces)
  return new ReadableStream<Bytes>({
    async pull(controller) {
      const { done, value } = await large.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => {
      await large.return(undefined)
    },
  })
}

const joinedLength = 256 * 1_024

/** The same bytes in fewer pieces: each piece costs a cipher and a stream the same time, however small. */
async function* joined(pieces: AsyncGenerator<Bytes>): AsyncGenerator<Bytes> {
  let waiting: Bytes[] = []
  let length = 0
  for await (const piece of pieces) {
    waiting.push(piece)
    length += piece.length
    if (length < joinedLength) continue
    yield concatBytes(...waiting)
    waiting = []
    length = 0
  }
  if (length > 0) yield concatBytes(...waiting)
}
