import { answers, areas, type CaseFieldName, days, groups, lines, selections } from '../shared/case-fields'

/** The fields of a case in which something missing can be given, by the report's name of it. */
const fieldsOf: Record<string, readonly CaseFieldName[]> = {
  category: ['types'],
  firstPerson: ['reporterRole'],
  representative: ['reporterRole'],
  law: ['country', 'provision'],
  goodFaith: ['isGoodFaith', 'isChildSexualAbuse'],
  attacked: ['attackedName', 'attackedHandles'],
  authorisation: groups.authorisation,
  ownAccount: ['attackedHandles'],
  localContext: ['localContext', 'translation', 'translator'],
  urgency: groups.danger,
  decision: ['decisionBy', 'decisionReference', 'decisionOn'],
  consentPlatform: ['consent.platform'],
  consentPartner: ['consent.partner'],
  consentPolice: ['consent.police'],
  consentUnGovernment: ['consent.un-government'],
  consentUnPublic: ['consent.un-public'],
  consentCompany: ['consent.company'],
}

const single: ReadonlySet<string> = new Set([
  ...Object.keys({ ...lines, ...areas, ...days, ...answers, ...selections }),
  ...groups.consent,
  ...groups.rabat,
  'types',
  'grounds',
  'isGoodFaith',
])

export type AskedField = { name: string; fields: readonly CaseFieldName[] }

/** What is missing under a field's own name is given in that field. */
function fieldsFor(name: string): readonly CaseFieldName[] {
  if (Object.hasOwn(fieldsOf, name)) return fieldsOf[name] ?? []
  return single.has(name) ? [name as CaseFieldName] : []
}

/**
 * The case fields to show for each missing thing, in order. A field that two things need is shown with the
 * first. None for what cannot be filled in here, such as a post without an address.
 */
export function fieldsToAsk(missing: readonly string[]): AskedField[] {
  const taken = new Set<CaseFieldName>()
  return missing.map((name) => {
    const fields = fieldsFor(name).filter((field) => !taken.has(field))
    for (const field of fields) taken.add(field)
    return { name, fields }
  })
}
