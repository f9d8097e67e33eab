import { IncidentType } from './item'
import { randomId, sha256Hex, shortText, utcTime, z } from './schema'

/** A day of the Gregorian calendar, as `YYYY-MM-DD`, without a zone. */
export const CalendarDay = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)

/**
 * When something happened, as a person tells it: a day, perhaps with the time by her own clock, and the zone of
 * that clock. `zone` is an IANA name.
 */
export const When = z.strictObject({
  day: CalendarDay,
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .nullable(),
  zone: z.string().min(1).max(60),
})
export type When = z.infer<typeof When>

/** What the receiver decided. `acted`: removed, restricted or otherwise done as asked. */
const decisions = ['acted', 'partly', 'refused', 'unclear'] as const
export const Decision = z.enum(decisions)
export type Decision = z.infer<typeof Decision>

const Answer = z.strictObject({ at: When, decision: Decision, note: z.string().max(20_000) })

/** Where one goes on: to the receiver itself, to a body that settles disputes, to a court, to somebody else. */
const appealRoutes = ['receiver', 'out-of-court', 'court', 'other'] as const
export const AppealRoute = z.enum(appealRoutes)
export type AppealRoute = z.infer<typeof AppealRoute>

const Appeal = z.strictObject({
  route: AppealRoute,
  at: When,
  reference: shortText,
  answer: Answer.nullable(),
})

/** One report that was filed: where, when, what was sent, and what came back. A row of the ledger. */
export const Filing = z.strictObject({
  id: randomId,
  /** The case it came from; that may have been deleted since. */
  caseId: randomId.nullable(),
  channelId: z.string().regex(/^[a-z0-9-]{1,60}$/),
  /** Who received it, by the name it had then. */
  receiver: shortText,
  /** Adapter ids or hosts of what was reported, for counting by platform. */
  platforms: z.array(z.string().max(260)).max(100),
  itemIds: z.array(randomId).max(5_000),
  types: z.array(IncidentType),
  filed: When,
  /** The receiver's own number of it; empty while there is none. */
  reference: shortText,
  /** SHA-256 of the file that was handed over; null when none was. */
  bundleSha256: sha256Hex.nullable(),
  note: z.string().max(20_000),
  answer: Answer.nullable(),
  appeals: z.array(Appeal).max(20),
  /** When a limited keeping of data was last asked to be renewed; null when never. */
  renewed: When.nullable(),
  /** The person wants no more reminders of it. */
  isClosed: z.boolean(),
  createdAt: utcTime,
  changedAt: utcTime,
})
export type Filing = z.infer<typeof Filing>

/** Where a filing stands. */
export type FilingState = 'waiting' | 'answered' | 'appealing' | 'closed'

/** What is counted. `follow-up` is our suggestion; all others come from the channel's data or from the law. */
export type DueKind =
  | 'follow-up'
  | 'removal'
  | 'first-answer'
  | 'settlement'
  | 'settlement-longest'
  | 'preservation'
  | 'appeal'
  | 'out-of-court'

/** One day by which something should have happened. */
export type Due = {
  filingId: string
  kind: DueKind
  /** Whose turn it is: `yours` must be done by then, `theirs` should have come by then. */
  whose: 'yours' | 'theirs'
  day: string
  /** The moment in milliseconds, where hours are counted; null where the whole day is left. */
  at: number | null
  /** How well the clock is known. */
  evidence: 'verified' | 'secondary' | 'unverified'
  /** A clock of the law of the European Union, which holds for nobody elsewhere. */
  isEuLaw: boolean
}

/** How near a day is: over, today, within a week, or later; with the days of the calendar until then. */
export type Nearness = { state: 'over' | 'today' | 'soon' | 'later'; days: number }

/** What of the ledger is counted for one platform and one channel; counts only, no ids and no words. */
export const TallyRow = z.strictObject({
  platform: z.string().max(260),
  channelId: z.string().regex(/^[a-z0-9-]{1,60}$/),
  filed: z.int().nonnegative(),
  answered: z.int().nonnegative(),
  actedOn: z.int().nonnegative(),
  /** How many first answers took how many days; the days are the keys. */
  answerDays: z.record(z.string().regex(/^\d{1,5}$/), z.int().positive()),
  appealsDecided: z.int().nonnegative(),
  appealsWon: z.int().nonnegative(),
})
export type TallyRow = z.infer<typeof TallyRow>

/** The counts of one locker at one moment. `source` is the same for every tally of that locker. */
export const Tally = z.strictObject({
  source: z.string().regex(/^[0-9a-f]{16}$/),
  madeAt: utcTime,
  rows: z.array(TallyRow).max(2_000),
})
export type Tally = z.infer<typeof Tally>

/** The file in which lockers hand each other their counts: exact, for adding up, not for publishing. */
export const TallyFile = z.strictObject({
  kind: z.literal('witnessmark-tallies'),
  version: z.literal(1),
  tallies: z.array(Tally).max(500),
})
export type TallyFile = z.infer<typeof TallyFile>

/** A number that is published, or null for one that is too small, or would give a small one away. */
export type Published = number | null

/** A row as it may be published. Times are days. */
export type StatisticsRow = {
  platform: string
  channelId: string
  filed: number
  answered: Published
  actedOn: Published
  medianDays: Published
  slowestDays: Published
  appealsDecided: Published
  appealsWon: Published
}

/** What may be published, with what was held back. */
export type Statistics = {
  rows: StatisticsRow[]
  /** Rows with fewer filings than the smallest cell; they are in no total. */
  heldBackRows: number
  /** Of the shown rows only; a sum is null when one of its parts is. */
  total: {
    filed: number
    answered: Published
    actedOn: Published
    appealsDecided: Published
    appealsWon: Published
  }
}
