import { fail, type Outcome, type ProblemCode } from '../model/problem'

const storageErrors = new Set([
  'AbortError',
  'BulkError',
  'ConstraintError',
  'DatabaseClosedError',
  'InvalidStateError',
  'MissingAPIError',
  'ModifyError',
  'NotReadableError',
  'OpenFailedError',
  'TimeoutError',
  'TransactionInactiveError',
  'UnknownError',
  'VersionError',
])

/** Does the work; a full disk and a storage that fails become problems, anything else still throws. */
export async function guardStorage<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work()
  } catch (error) {
    const code = problemCodeOf(error)
    if (code === null) throw error
    return fail(code)
  }
}

/** Whether it is the browser's storage that failed, and not the program. */
export function isStorageError(error: unknown): boolean {
  return problemCodeOf(error) !== null
}

function problemCodeOf(error: unknown): ProblemCode | null {
  const names = namesOf(error, 0)
  if (names.some((name) => name === 'QuotaExceededError')) return 'disk-full'
  return names.some((name) => storageErrors.has(name)) ? 'storage-unavailable' : null
}

/** The name of an error and of those it wraps: Dexie keeps the browser's own in `inner` and `failures`. */
function namesOf(error: unknown, depth: number): string[] {
  if (typeof error !== 'object' || error === null || depth > 3) return []
  const name = 'name' in error && typeof error.name === 'string' ? [error.name] : []
  const inner = 'inner' in error ? namesOf(error.inner, depth + 1) : []
  const failures = 'failures' in error && Array.isArray(error.failures) ? error.failures : []
  return [...name, ...inner, ...failures.flatMap((failure) => namesOf(failure, depth + 1))]
}
