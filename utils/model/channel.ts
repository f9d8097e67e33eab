import { AttachmentLimits } from './attachment'
import { ConsentAct, ReporterRole } from './case'
import { appealCodes, fieldContents, tellsCodes, warningCodes } from './channel-codes'
import { IncidentType } from './item'
import { z } from './schema'

/** How well a fact about a channel is known. Only `verified` addresses are ever offered as links. */
export const Evidence = z.enum(['verified', 'secondary', 'unverified'])
export type Evidence = z.infer<typeof Evidence>

/** The unit a receiver counts in: UTF-16 units as forms do, user-perceived characters, or UTF-8 bytes. */
export const LengthUnit = z.enum(['characters', 'graphemes', 'bytes'])
export type LengthUnit = z.infer<typeof LengthUnit>

/** One limit of a field; a field can have several (Bluesky counts graphemes and bytes). */
export const FieldLimit = z.strictObject({
  max: z.int().positive(),
  unit: LengthUnit,
  evidence: Evidence,
})
export type FieldLimit = z.infer<typeof FieldLimit>

export const FieldContent = z.enum(fieldContents)
export type FieldContent = z.infer<typeof FieldContent>

export const ChannelField = z.strictObject({
  /** Unique within its channel; the receiver's own where it has one, as in an interface for programs. */
  id: z.string().min(1),
  holds: FieldContent,
  /** What to choose for each reporter, in the receiver's own words; null for a field without such a choice. */
  choices: z.partialRecord(ReporterRole, z.string().min(1)).nullable(),
  /** In the receiver's own words. */
  name: z.string().min(1),
  isRequired: z.boolean(),
  /** Empty where no limit is known. */
  limits: z.array(FieldLimit),
  note: z.string(),
  evidence: Evidence,
  /** Where it was read; null for what is only general knowledge. */
  source: z.string().nullable(),
})
export type ChannelField = z.infer<typeof ChannelField>

export const ChannelCategory = z.strictObject({
  /** Short name, or the receiver's own token where an interface asks for one. */
  id: z.string().min(1),
  /** In the receiver's own words. */
  name: z.string().min(1),
  types: z.array(IncidentType).min(1),
  /** The receiver may act only when the person shown, or who represents her, reports. */
  needsFirstPerson: z.boolean(),
})
export type ChannelCategory = z.infer<typeof ChannelCategory>

/** A sentence in several languages. English is always there and stands in for the others. */
export const LanguageMap = z
  .record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z]{2,8})?$/), z.string().min(1))
  .refine((map) => Object.hasOwn(map, 'en'), 'English is missing')
export type LanguageMap = z.infer<typeof LanguageMap>

/** What kind of place it is. A `partner` is a platform's closed programme for organisations. */
const channelKinds = [
  'platform',
  'partner',
  'search-engine',
  'legal-notice',
  'court-settlement',
  'hotline',
  'helpline',
  'regulator',
  'police',
  'authority',
  'un',
] as const
export const ChannelKind = z.enum(channelKinds)
export type ChannelKind = z.infer<typeof ChannelKind>

/** The writers of `utils/reports/`. */
const channelShapes = [
  'in-product',
  'web-form',
  'api-payload',
  'dsa-notice',
  'ncii-notice',
  'privacy-sheet',
  'impersonation-sheet',
  'partner-brief',
  'un-submission',
  'oecd-submission',
  'legal-pack',
  'preservation-request',
  'regulator-pack',
  'complaint',
  'referral',
  'takedown-appeal',
] as const

const Day = z.string().regex(/^\d{4}-\d\d-\d\d$/)
/** A year, a month or a day: as much of a date as is known. */
const PartOfDate = z.string().regex(/^\d{4}(-\d\d(-\d\d)?)?$/)

/**
 * A place that receives reports, as data. Its own words are in the entry; what many channels have in common is a
 * code, whose words are in `locales/`, so that adding a channel is this one entry.
 */
export const Channel = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  kind: ChannelKind,
  /** Who receives it: a proper name. */
  receiver: z.string().min(1),
  /** The channel in the receiver's own words. */
  name: z.string().min(1),
  words: z.strictObject({
    /** What a person calls it. */
    title: LanguageMap,
    /** What it can and cannot do. */
    does: LanguageMap,
    /** What helps a report to be acted on. */
    notes: z.array(LanguageMap),
  }),
  /** The adapter ids this channel serves; empty, with no hosts, when it is not tied to a platform. */
  platforms: z.array(z.string()),
  /** Hosts of those platforms, for a page that no reader could read; empty where hosts are not fixed. */
  hosts: z.array(z.string()),
  /** Which writer in `utils/reports/` shapes the report. */
  shape: z.enum(channelShapes),
  /** How it is handed over. */
  how: z.enum(['in-product', 'web-form', 'email', 'api', 'paper']),
  /** `invitation`: members of a programme only. `authorities`: police and courts only. */
  access: z.enum(['open', 'invitation', 'authorities']),
  /** `journalists`, `organisations`: only for them. */
  forWhom: z.enum(['anybody', 'journalists', 'organisations', 'defenders']),
  /** False for a channel that is proposed only to who asks for all, because it can do harm. */
  isProposed: z.boolean(),
  address: z.string().nullable(),
  addressEvidence: Evidence,
  /** What one finds there: the form itself, the receiver's help, or only its rules (a law, a specification). */
  addressIs: z.enum(['form', 'help', 'reference']),
  mail: z.strictObject({ address: z.email(), evidence: Evidence }).nullable(),
  phone: z.strictObject({ number: z.string().min(5), evidence: Evidence }).nullable(),
  acceptsFrom: z.array(ReporterRole).min(1),
  /** Languages it takes, as BCP 47 tags; empty where none are stated. */
  languages: z.array(z.string().min(2)),
  /** Where it holds: ISO 3166 codes, or `EU`; empty for everywhere. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)),
  /** What the person attacked has to be asked before anything goes there. */
  consents: z.array(ConsentAct),
  /** False where a report makes sense without a saved post, as for a hacked account. */
  needsItems: z.boolean(),
  /** Posts in one report; null where no limit is known. */
  maxItems: z.int().positive().nullable(),
  /** All posts of one report must be of one account. */
  isOneAccount: z.boolean(),
  /** Files with the report; `unknown` where nothing is stated. */
  attachments: z.strictObject({
    accepts: z.enum(['none', 'pictures', 'files', 'unknown']),
    ...AttachmentLimits.shape,
    note: z.string(),
    evidence: Evidence,
    /** Where it was read; null for what is only general knowledge. */
    source: z.string().nullable(),
  }),
  categories: z.array(ChannelCategory),
  fields: z.array(ChannelField),
  /** Shown before hand-over. */
  warnings: z.array(z.enum(warningCodes)),
  /** What the account reported learns of it. */
  tells: z.enum(tellsCodes),
  /** How long it takes, and who says so; null where nothing is known. */
  answer: z
    .strictObject({
      in: z.enum(['hours', 'days', 'weeks-or-months']),
      amount: z.int().positive().nullable(),
      basis: z.enum(['law', 'stated', 'reported']),
      evidence: Evidence,
    })
    .nullable(),
  appeal: z.strictObject({
    routes: z.array(z.enum(appealCodes)).min(1),
    /** The clock of an appeal, in days from the decision; null where none is known. */
    days: z.int().positive().nullable(),
    basis: z.enum(['law', 'receiver']).nullable(),
    evidence: Evidence,
  }),
  /** Other clocks that start with this channel: hours from the moment of filing. */
  clocks: z.array(
    z.strictObject({
      id: z.enum(['removal', 'first-answer', 'settlement', 'settlement-longest', 'preservation']),
      hours: z.int().positive(),
      evidence: Evidence,
    }),
  ),
  evidence: Evidence,
  /** The date of the copy in which the facts were read, as far as it bears one; null where it bears none. */
  asOf: PartOfDate.nullable(),
  /**
   * The day on which the entry was last compared with its sources, and no more: what the receiver's page said on
   * that day is known only where `asOf` is the same day. Older than a year counts as out of date.
   */
  reviewedOn: Day,
  /** What was read, the copy of the facts first; each `asOf` says in words of what day that copy was. */
  sources: z.array(z.strictObject({ title: z.string(), address: z.string().nullable(), asOf: z.string() })),
})
export type Channel = z.infer<typeof Channel>
