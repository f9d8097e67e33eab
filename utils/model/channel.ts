import { IncidentType } from './item'
import { ReporterRole } from './case'
import { z } from './schema'

/** How well a fact about a channel is known. Only `verified` addresses are ever offered as links. */
export const Evidence = z.enum(['verified', 'secondary', 'unverified'])
export type Evidence = z.infer<typeof Evidence>

export const ChannelField = z.strictObject({
  name: z.string(),
  isRequired: z.boolean(),
  /** Null where no limit is known. */
  maxLength: z.int().positive().nullable(),
  /** Unit in which the receiver counts: UTF-16 units as forms do, user-perceived characters, or UTF-8 bytes. */
  lengthUnit: z.enum(['characters', 'graphemes', 'bytes']),
  note: z.string(),
  evidence: Evidence,
  source: z.string(),
})
export type ChannelField = z.infer<typeof ChannelField>

export const ChannelCategory = z.strictObject({
  /** In the receiver's own words. */
  name: z.string(),
  types: z.array(IncidentType),
})
export type ChannelCategory = z.infer<typeof ChannelCategory>

/** A place that receives reports, as data. */
export const Channel = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string(),
  /** The adapter ids this channel serves; empty when it is not tied to a platform. */
  platforms: z.array(z.string()),
  /** Which writer in `utils/reports/` shapes the report. */
  shape: z.enum(['in-product', 'web-form', 'api-payload', 'dsa-notice']),
  address: z.string().nullable(),
  addressEvidence: Evidence,
  acceptsFrom: z.array(ReporterRole),
  maxItems: z.int().positive().nullable(),
  categories: z.array(ChannelCategory),
  fields: z.array(ChannelField),
  /** Shown before hand-over: what the report tells the attacker, or what it sets off. */
  warnings: z.array(z.string()),
  notes: z.array(z.string()),
  appeal: z.string(),
  evidence: Evidence,
  /** The day on which the facts were collected. */
  asOf: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  sources: z.array(z.string()),
})
export type Channel = z.infer<typeof Channel>
