import type { Case, ConsentAct, Ground, RabatPart, ReporterRole } from '../../utils/model/case'
import type { IncidentType } from '../../utils/model/item'
import type { WordKey } from '../../utils/words/translate'

/** What a person can choose from, in its order. */
export type Choices = {
  types: readonly IncidentType[]
  roles: readonly ReporterRole[]
  grounds: readonly Ground[]
  namings: readonly NonNullable<Case['attackedNaming']>[]
  publicities: readonly NonNullable<Case['publicity']>[]
  severities: readonly NonNullable<Case['severity']>[]
}

/** Fields of one line, with the characters they hold. */
export const lines = {
  title: 200,
  reporterName: 2_000,
  reporterEmail: 2_000,
  organisation: 2_000,
  attackedName: 2_000,
  attackedHandles: 2_000,
  attackedAbout: 2_000,
  attackedCountry: 2_000,
  authorisation: 2_000,
  authorisedBy: 2_000,
  authorisedFor: 2_000,
  country: 2_000,
  provision: 2_000,
  translator: 2_000,
  signature: 2_000,
  decisionBy: 2_000,
  decisionReference: 2_000,
} as const

/** Fields of several lines, with the characters they hold. */
export const areas = {
  narrative: 50_000,
  narrativeShort: 2_000,
  narrativeMedium: 5_000,
  reasons: 20_000,
  defenderWork: 20_000,
  offlineRisk: 20_000,
  genderLens: 20_000,
  localContext: 20_000,
  translation: 20_000,
  whyFalse: 20_000,
  exposed: 20_000,
  behindIt: 20_000,
  stepsTaken: 20_000,
  asks: 20_000,
  appealReasons: 20_000,
} as const

export const days = { authorisedOn: true, decisionOn: true } as const
export const answers = { isDefender: true, isImminent: true } as const
export const selections = {
  reporterRole: 'role',
  attackedNaming: 'naming',
  publicity: 'publicity',
  severity: 'severity',
} as const

type LineName = keyof typeof lines
type AreaName = keyof typeof areas
type DayName = keyof typeof days
export type AnswerName = keyof typeof answers
export type SelectionName = keyof typeof selections
export type ConsentName = `consent.${ConsentAct}`
export type RabatName = `rabat.${RabatPart}`

/** The fields of a case that a person fills in. */
export type CaseFieldName =
  | LineName
  | AreaName
  | DayName
  | AnswerName
  | SelectionName
  | ConsentName
  | RabatName
  | 'types'
  | 'grounds'
  | 'isGoodFaith'
  | 'isChildSexualAbuse'

/** What is said under the label of a field; nothing where the label says it all. */
export const hints: Partial<Record<CaseFieldName, WordKey>> = {
  narrative: 'case.hint.narrative',
  narrativeShort: 'case.hint.narrativeShort',
  narrativeMedium: 'case.hint.narrativeMedium',
  attackedName: 'case.hint.attackedName',
  attackedHandles: 'case.hint.attackedHandles',
  attackedAbout: 'case.hint.attackedAbout',
  authorisation: 'case.hint.authorisation',
  authorisedFor: 'case.hint.authorisedFor',
  reporterEmail: 'case.hint.reporterEmail',
  provision: 'case.hint.provision',
  reasons: 'case.hint.reasons',
  publicity: 'case.hint.publicity',
  isDefender: 'case.hint.isDefender',
  defenderWork: 'case.hint.defenderWork',
  isImminent: 'case.hint.isImminent',
  offlineRisk: 'case.hint.offlineRisk',
  grounds: 'case.hint.grounds',
  genderLens: 'case.hint.genderLens',
  localContext: 'case.hint.localContext',
  translator: 'case.hint.translator',
  whyFalse: 'case.hint.whyFalse',
  exposed: 'case.hint.exposed',
  behindIt: 'case.hint.behindIt',
  stepsTaken: 'case.hint.stepsTaken',
  isChildSexualAbuse: 'case.hint.isChildSexualAbuse',
}

/** The fields of a case in groups, as a case worker goes through them. */
export const groups = {
  people: [
    'reporterRole',
    'reporterName',
    'reporterEmail',
    'organisation',
    'attackedName',
    'attackedHandles',
    'attackedNaming',
    'attackedAbout',
    'attackedCountry',
    'publicity',
    'isDefender',
    'defenderWork',
  ],
  authorisation: ['authorisedBy', 'authorisedOn', 'authorisedFor'],
  consent: [
    'consent.platform',
    'consent.partner',
    'consent.police',
    'consent.un-government',
    'consent.un-public',
    'consent.company',
  ],
  danger: ['severity', 'isImminent', 'offlineRisk'],
  ground: ['grounds', 'genderLens'],
  context: ['localContext', 'translation', 'translator', 'whyFalse', 'exposed'],
  lengths: ['narrativeShort', 'narrativeMedium'],
  legal: ['country', 'provision', 'reasons', 'isGoodFaith', 'isChildSexualAbuse', 'signature'],
  more: ['behindIt', 'stepsTaken', 'asks'],
  appeal: ['decisionBy', 'decisionReference', 'decisionOn', 'appealReasons'],
  rabat: [
    'rabat.context',
    'rabat.speaker',
    'rabat.intent',
    'rabat.content',
    'rabat.extent',
    'rabat.likelihood',
  ],
} as const satisfies Record<string, readonly CaseFieldName[]>

/** Whether the case says something in this field. */
export function isFilled(owner: Case, name: CaseFieldName): boolean {
  if (name.startsWith('consent.')) return owner.consent?.[name.slice(8) as ConsentAct] !== undefined
  if (name.startsWith('rabat.')) return (owner.rabat?.[name.slice(6) as RabatPart] ?? '').trim() !== ''
  const value = owner[name as Exclude<CaseFieldName, ConsentName | RabatName>]
  if (typeof value === 'string') return value.trim() !== ''
  if (name === 'isGoodFaith' || name === 'isChildSexualAbuse') return owner[name] === true
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined
}
