import { IncidentType } from './item'
import { randomId, shortText, utcTime, z } from './schema'

/** Who hands the report over. Many channels accept some incident types only from the person attacked. */
export const reporterRoles = ['self', 'guardian', 'lawyer', 'organisation', 'bystander'] as const
export const ReporterRole = z.enum(reporterRoles)
export type ReporterRole = z.infer<typeof ReporterRole>

/** A set of items with a narrative and the facts that channels ask for. */
export const Case = z.strictObject({
  id: randomId,
  createdAt: utcTime,
  changedAt: utcTime,
  title: z.string().min(1).max(200),
  itemIds: z.array(randomId).max(5_000),
  /** What happened, in the person's own words. */
  narrative: z.string().max(50_000),
  types: z.array(IncidentType),
  reporterRole: ReporterRole.nullable(),
  reporterName: shortText,
  reporterEmail: shortText,
  organisation: shortText,
  /** The person attacked, as she allows to be named. */
  attackedName: shortText,
  attackedHandles: shortText,
  /** Who authorised the report, when and for what, if the reporter is not the person attacked. */
  authorisation: shortText,
  /** Country whose law applies, and the provision; for legal notices. */
  country: shortText,
  provision: shortText,
  /** Why the content is illegal or false; for legal notices. */
  reasons: z.string().max(20_000),
  /** "I believe in good faith that this is accurate and complete" (DSA Article 16(2)(d)). */
  isGoodFaith: z.boolean(),
  /** An offence of sexual abuse of children: then a legal notice needs no name (DSA Article 16(2)(c)). */
  isChildSexualAbuse: z.boolean().optional(),
})
export type Case = z.infer<typeof Case>
