/**
 * Everything that is expected to go wrong sometimes. Each code has a sentence under `problem.<code>` in
 * `locales/`, which says what happened, what was kept and what to do.
 */
export const problemCodes = [
  'no-locker',
  'locker-exists',
  'locked',
  'wrong-passphrase',
  'weak-passphrase',
  'wrong-recovery-code',
  'mistyped-recovery-code',
  'needs-security-key',
  'no-key-answer',
  'cell-lost',
  'cannot-erase',
  'damaged-record',
  'disk-full',
  'storage-unavailable',
  'newer-locker',
  'not-found',
  'page-not-readable',
  'page-access-ended',
  'private-window-refused',
  'post-gone',
  'capture-failed',
  'answer-lost',
  'picture-failed',
  'page-changed',
  'nothing-chosen',
  'refused',
  'missing-fields',
  'not-a-bundle',
  'bundle-too-large',
  'anchor-unknown',
  'cannot-sign',
  'log-damaged',
  'too-many-keys',
  'key-unusable',
  'export-not-logged',
  'not-a-backup',
  'newer-backup',
  'damaged-backup',
  'wrong-backup-key',
  'drop-box',
  'not-a-receiving-key',
  'not-a-hand-over',
  'newer-hand-over',
  'damaged-hand-over',
  'wrong-receiving-key',
  'not-tallies',
  'save-failed',
  'release-blocked',
  'cancelled',
] as const

export type ProblemCode = (typeof problemCodes)[number]

/** An expected failure as a value. `detail` is safe to show and to log: never text, handle or address. */
export type Problem = { code: ProblemCode; detail?: string }

/** What a function gives that may fail in an expected way. What must not happen throws instead. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem }

/** The good case of an `Outcome`. */
export function succeed<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

/** The expected bad case of an `Outcome`. */
export function fail(code: ProblemCode, detail?: string): { ok: false; problem: Problem } {
  return { ok: false, problem: detail === undefined ? { code } : { code, detail } }
}
