import type { Filing, FilingState } from '../model/ledger'

/** Where a filing stands. */
export function stateOf(filing: Filing): FilingState {
  if (filing.isClosed) return 'closed'
  if (filing.appeals.at(-1)?.answer === null) return 'appealing'
  return filing.answer === null ? 'waiting' : 'answered'
}

/** Whether the report, or the last appeal, brought what was asked for. */
export function wasActedOn(filing: Filing): boolean {
  const answers = [filing.answer, ...filing.appeals.map((appeal) => appeal.answer)]
  return answers.some((answer) => answer?.decision === 'acted' || answer?.decision === 'partly')
}

/** The decision that an appeal of a case would be about: the newest that did not do all that was asked. */
export function decisionToAppeal(
  filings: readonly Filing[],
  caseId: string,
): { decisionBy: string; decisionReference: string; decisionOn: string } | null {
  const refused = filings.flatMap(({ answer, receiver, reference, caseId: of }) =>
    of === caseId && answer !== null && answer.decision !== 'acted'
      ? [{ decisionBy: receiver, decisionReference: reference, decisionOn: answer.at.day }]
      : [],
  )
  return refused.sort((one, other) => (one.decisionOn < other.decisionOn ? 1 : -1))[0] ?? null
}

/** Earlier filings that a new one would repeat. */
export type Repeated = {
  /** At the same channel. */
  same: Filing[]
  /** At another channel of the same receiver. */
  sameReceiver: Filing[]
  /** How many of the items they hold. */
  itemCount: number
}

type New = { channelId: string; receiver: string; itemIds: readonly string[] }

/** Filings that hold one of these items and went to the same place, or to the same receiver. */
export function repeatedBy(filings: readonly Filing[], { channelId, receiver, itemIds }: New): Repeated {
  const wanted = new Set(itemIds)
  const holding = filings.filter((filing) => filing.itemIds.some((id) => wanted.has(id)))
  const same = holding.filter((filing) => filing.channelId === channelId)
  const sameReceiver = holding.filter(
    (filing) => filing.channelId !== channelId && filing.receiver === receiver,
  )
  const there = new Set([...same, ...sameReceiver].flatMap((filing) => filing.itemIds))
  return { same, sameReceiver, itemCount: [...wanted].filter((id) => there.has(id)).length }
}
