import type { CaseFieldName } from '../shared/CaseField'

/** The fields of a case in which something missing can be given, by the report's name of it. */
const fieldsOf: Record<string, readonly CaseFieldName[]> = {
  types: ['types'],
  category: ['types'],
  reporterRole: ['reporterRole'],
  firstPerson: ['reporterRole'],
  representative: ['reporterRole'],
  reporterName: ['reporterName'],
  reporterEmail: ['reporterEmail'],
  narrative: ['narrative'],
  reasons: ['reasons'],
  law: ['country', 'provision'],
  goodFaith: ['isGoodFaith'],
  attacked: ['attackedName', 'attackedHandles'],
  authorisation: ['authorisation'],
}

export type AskedField = { name: string; fields: readonly CaseFieldName[] }

/**
 * The case fields to show for each missing thing, in order. A field that two things need is shown with the
 * first. None for what cannot be filled in here, such as a post without an address.
 */
export function fieldsToAsk(missing: readonly string[]): AskedField[] {
  const taken = new Set<CaseFieldName>()
  return missing.map((name) => {
    const fields = (fieldsOf[name] ?? []).filter((field) => !taken.has(field))
    for (const field of fields) taken.add(field)
    return { name, fields }
  })
}
