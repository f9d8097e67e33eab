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
