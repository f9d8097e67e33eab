import type { Statement, StatementId } from './verification'

/**
 * What a person asks, each answered by some statements. Words under `verify.group.<id>` and, for the answer,
 * `verify.group.<id>.<result>`.
 */
const groupIds = ['unchanged', 'well-made', 'times', 'proofs', 'copy'] as const
type GroupId = (typeof groupIds)[number]

const groupOf: Partial<Record<StatementId, GroupId>> = {
  readable: 'unchanged',
  'container-canonical': 'unchanged',
  'bag-complete': 'unchanged',
  'files-intact': 'unchanged',
  'tags-intact': 'unchanged',
  'case-consistent': 'well-made',
  'item-well-formed': 'well-made',
  'redacted-well-formed': 'well-made',
  'report-present': 'well-made',
  'capture-time': 'times',
  'time-anchored': 'times',
  'copy-of-whole': 'copy',
  'copy-words': 'copy',
  'copy-pictures': 'copy',
}

type Result = Statement['result']

/** Everything said under one statement's name: about the bundle once, or about each of several items. */
export type Claim = {
  id: StatementId
  result: Result
  /** Failures first, else in the order of the verification. */
  statements: Statement[]
  counts: Record<Result, number>
}

export type ClaimGroup = { id: GroupId; result: Result; claims: Claim[] }

/** One failure is a failure of the whole; something that holds outweighs what is absent. */
function resultOf(results: readonly Result[]): Result {
  if (results.includes('fail')) return 'fail'
  return results.includes('pass') ? 'pass' : 'absent'
}

function claimOf(id: StatementId, statements: readonly Statement[]): Claim {
  const having = (result: Result) => statements.filter((statement) => statement.result === result)
  const [failed, absent, passed] = [having('fail'), having('absent'), having('pass')]
  return {
    id,
    result: resultOf(statements.map((statement) => statement.result)),
    statements: [...failed, ...absent, ...passed],
    counts: { fail: failed.length, absent: absent.length, pass: passed.length },
  }
}

/**
 * The statements of a verification by question, then by statement; groups without any are left out. A statement
 * that is named nowhere here is a proof: new kinds need words and nothing else.
 */
export function groupStatements(statements: readonly Statement[]): ClaimGroup[] {
  const byId = Map.groupBy(statements, (statement) => statement.id)
  const claims = [...byId].map(([id, some]) => claimOf(id, some))
  return groupIds.flatMap((id) => {
    const own = claims.filter((claim) => (groupOf[claim.id] ?? 'proofs') === id)
    return own.length === 0 ? [] : [{ id, result: resultOf(own.map((claim) => claim.result)), claims: own }]
  })
}
