import { IncidentType } from './item'
import { randomId, shortText, utcTime, z } from './schema'

/** Who hands the report over. Many channels accept some incident types only from the person attacked. */
export const reporterRoles = ['self', 'guardian', 'lawyer', 'organisation', 'bystander'] as const
export const ReporterRole = z.enum(reporterRoles)
export type ReporterRole = z.infer<typeof ReporterRole>

/**
 * What the person attacked allows, one act at a time: naming her to a platform, to a partner organisation, to the
 * police, in a letter of the UN to a government, in public UN documents, to a company.
 */
const consentActs = ['platform', 'partner', 'police', 'un-government', 'un-public', 'company'] as const
export const ConsentAct = z.enum(consentActs)
export type ConsentAct = z.infer<typeof ConsentAct>

/** How the person attacked allows to be named. `none`: not at all. */
export const namings = ['own-name', 'pseudonym', 'role', 'none'] as const
/** How public she is: several rules protect a private person further. */
export const publicities = ['private', 'limited', 'public'] as const
/** What an attack says it is about; `human-rights-work` is one of them. */
export const grounds = [
  'human-rights-work',
  'political-opinion',
  'gender',
  'gender-identity',
  'sexual-orientation',
  'ethnicity',
  'origin',
  'religion',
  'caste',
  'disability',
  'health',
  'age',
  'migration',
  'language',
  'other',
] as const
export const Ground = z.enum(grounds)
export type Ground = z.infer<typeof Ground>

export const severities = ['low', 'medium', 'high'] as const

/** The six parts of the Rabat threshold test, for what is said of each in words; never a score. */
export const rabatParts = ['context', 'speaker', 'intent', 'content', 'extent', 'likelihood'] as const
export const RabatPart = z.enum(rabatParts)
export type RabatPart = z.infer<typeof RabatPart>

const text = z.string().max(20_000)
/** A day by the calendar of the person, as `YYYY-MM-DD`; empty while not told. */
export const dayOrEmpty = z.string().regex(/^(\d{4}-\d\d-\d\d)?$/)

/** Facts that only some channels ask for. Absent: nobody has asked yet. */
const askedFacts = {
  authorisedBy: shortText.optional(),
  authorisedOn: dayOrEmpty.optional(),
  /** What the authorisation covers. */
  authorisedFor: shortText.optional(),
  attackedNaming: z.enum(namings).nullable().optional(),
  /** What she allows to be said of herself: gender, age, nationality, profession. */
  attackedAbout: shortText.optional(),
  attackedCountry: shortText.optional(),
  publicity: z.enum(publicities).nullable().optional(),
  isDefender: z.boolean().nullable().optional(),
  /** Her human rights work. */
  defenderWork: text.optional(),
  /** An act that is not named here has not been asked about, and counts as not allowed. */
  consent: z.partialRecord(ConsentAct, z.boolean()).optional(),
  severity: z.enum(severities).nullable().optional(),
  isImminent: z.boolean().nullable().optional(),
  /** What has happened or may happen away from the screen. */
  offlineRisk: text.optional(),
  grounds: z.array(Ground).max(grounds.length).optional(),
  /** How gender plays a part. */
  genderLens: text.optional(),
  /** What the words mean where they are used. */
  localContext: text.optional(),
  translation: text.optional(),
  /** Who translated, and with what knowledge of the language. */
  translator: shortText.optional(),
  /** Why it is false: smear, disinformation, synthetic media. */
  whyFalse: text.optional(),
  /** Which private details are exposed, and whether they are public elsewhere. */
  exposed: text.optional(),
  /** Who is behind it as far as known, and any link to a state. */
  behindIt: text.optional(),
  stepsTaken: text.optional(),
  /** What the receiver is asked to do. */
  asks: text.optional(),
  /** About 500 characters, for small fields. */
  narrativeShort: z.string().max(2_000).optional(),
  /** About 1,000 characters. */
  narrativeMedium: z.string().max(5_000).optional(),
  /** The name in place of a signature. */
  signature: shortText.optional(),
  rabat: z.partialRecord(RabatPart, text).optional(),
  /** The decision that an appeal is about. */
  decisionBy: shortText.optional(),
  decisionReference: shortText.optional(),
  decisionOn: dayOrEmpty.optional(),
  /** Why that decision is wrong. */
  appealReasons: text.optional(),
} as const

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
  /** The authorisation in words, as cases of earlier versions have it; see `authorisationLine`. */
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
  ...askedFacts,
})
export type Case = z.infer<typeof Case>

/** Who authorised the report, when and for what, on one line; empty when nothing is told. */
export function authorisationLine(owner: Case): string {
  const told = [owner.authorisedBy, owner.authorisedOn, owner.authorisedFor, owner.authorisation]
  return told
    .map((part) => part?.trim() ?? '')
    .filter((part) => part !== '')
    .join(', ')
}

/** Whether the person attacked allows this act; null while nobody has asked her. */
export function consentTo(owner: Case, act: ConsentAct): boolean | null {
  return owner.consent?.[act] ?? null
}
