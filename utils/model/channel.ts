import { ReporterRole } from './case'
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

/** What of a case goes into a field; `nothing` for what only the person can fill in, or need not. */
export const FieldContent = z.enum([
  'category',
  'links',
  'further-links',
  'text',
  'reporter-role',
  'reporter-name',
  'reporter-email',
  'reasons',
  'good-faith',
  'account-id',
  'post-ids',
  'subject',
  'rule-ids',
  'nothing',
])
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

/** A key of `locales/` under this channel's own name. */
const channelWord = z.string().regex(/^channel\.[a-z0-9-]+\.(warning|note)\.[a-z0-9-]+$/)

/**
 * A place that receives reports, as data. Its sentences are words: `channel.<id>.name`, `.does`, `.appeal`,
 * and the keys in `warnings` and `notes`.
 */
export const Channel = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Who receives it: a proper name. */
  receiver: z.string().min(1),
  /** The channel in the receiver's own words. */
  name: z.string().min(1),
  /** The adapter ids this channel serves; empty when it is not tied to a platform. */
  platforms: z.array(z.string()),
  /** Hosts of those platforms, for a page that no reader could read; empty where hosts are not fixed. */
  hosts: z.array(z.string()),
  /** Which writer in `utils/reports/` shapes the report. */
  shape: z.enum(['in-product', 'web-form', 'api-payload', 'dsa-notice']),
  address: z.string().nullable(),
  addressEvidence: Evidence,
  /** What one finds there: the form itself, the receiver's help, or only its rules (a law, a specification). */
  addressIs: z.enum(['form', 'help', 'reference']),
  acceptsFrom: z.array(ReporterRole),
  /** Posts in one report; null where no limit is known. */
  maxItems: z.int().positive().nullable(),
  /** All posts of one report must be of one account. */
  isOneAccount: z.boolean(),
  categories: z.array(ChannelCategory),
  fields: z.array(ChannelField),
  /** Shown before hand-over: what the report tells the attacker, or what it sets off. Keys of `locales/`. */
  warnings: z.array(channelWord),
  /** What helps a report to be acted on. Keys of `locales/`. */
  notes: z.array(channelWord),
  /** The clock of an appeal, in days from the decision; the route is told by `channel.<id>.appeal`. */
  appeal: z.strictObject({
    days: z.int().positive().nullable(),
    basis: z.enum(['law', 'receiver']).nullable(),
  }),
  evidence: Evidence,
  /** The day on which the facts were collected. */
  asOf: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  /** What was read; `asOf` says of what day that copy was. */
  sources: z.array(z.strictObject({ title: z.string(), address: z.string(), asOf: z.string() })),
})
export type Channel = z.infer<typeof Channel>
