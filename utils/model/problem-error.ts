import type { Outcome, Problem, ProblemCode } from './problem'

/** An error that carries an expected problem through a stream, which can only fail by an error. */
export function problemError(code: ProblemCode, detail?: string): Error {
  const problem: Problem = detail === undefined ? { code } : { code, detail }
  return new Error(code, { cause: problem })
}

/** The error with which a cancelled stream fails. */
export function abortError(): DOMException {
  return new DOMException('Cancelled', 'AbortError')
}

/** Throws what a cancelled stream fails with, when the signal says so. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError()
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
}

/** The expected problem in an error: `cancelled` for an abort, what it carries, else null. */
export function problemOf(error: unknown): Problem | null {
  if (!(error instanceof Error)) return null
  if (error.name === 'AbortError') return { code: 'cancelled' }
  return isProblem(error.cause) ? error.cause : null
}

/** Does the work; the problem that an error carries becomes the outcome, `cancelled` for an abort. */
export async function catchProblem<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work()
  } catch (error) {
    const problem = problemOf(error)
    if (problem === null) throw error
    return { ok: false, problem }
  }
}
