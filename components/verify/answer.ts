/** What a verification comes to, in words, ready to be shown. */
export type ShownResult = 'pass' | 'fail' | 'absent'

/** One statement about one thing. `subject` is a name inside the bundle, in printable ASCII. */
export type ShownLine = { result: ShownResult; subject: string | null; why: string | null }

export type ShownClaim = {
  id: string
  result: ShownResult
  sentence: string
  /** How many hold, where it is said of several. */
  tally: string | null
  lines: ShownLine[]
  /** How many lines there are besides. */
  more: number
  /** How to check it with other tools; null where nothing is known. */
  hand: { sentence: string; command: string | null } | null
}

export type ShownGroup = {
  id: string
  result: ShownResult
  title: string
  sentence: string
  /** What is known besides, a line each. */
  notes: string[]
  claims: ShownClaim[]
}

export type ShownItem = { id: string; capturedAt: string; address: string | null }

/** Comparing redacted copies with their whole bundle; `trouble` says why the last file was no such bundle. */
export type ShownWhole = { kind: 'none' | 'working' | 'done'; trouble: string | null }

export type ShownAnswer = {
  result: 'pass' | 'fail' | 'none'
  groups: ShownGroup[]
  notProved: string[]
  items: ShownItem[]
  moreItems: number
  /** Null where nothing is a redacted copy. */
  whole: ShownWhole | null
}
