import { type Bytes, concatBytes } from '../crypto/bytes'
import type { Outcome, Problem, ProblemCode } from '../model/problem'

/** An error that carries an expected problem through a stream, which can only fail by an error. */
export function problemError(code: ProblemCode, detail?: string): Error {
  const problem: Problem = detail === undefined ? { code } : { code, detail }
  return new Error(code, { cause: problem })
}

/** Throws what a cancelled stream fails with, when the signal says so. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new DOMException('Cancelled', 'AbortError')
}

/** Does the work; the problem that an error carries becomes the outcome, `cancelled` for an abort. */
export async function catchProblem<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (error.name === 'AbortError') return { ok: false, problem: { code: 'cancelled' } }
    if (!isProblem(error.cause)) throw error
    return { ok: false, problem: error.cause }
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
}

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
