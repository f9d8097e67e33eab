import type { Identifier } from '../../utils/dataset/book'
import { type DatasetSource, targetOf } from '../../utils/dataset/source'
import { newestAssessments, openFacts } from '../../utils/locker/item-facts'
import type { OpenLocker } from '../../utils/locker/keyring'
import type { Case } from '../../utils/model/case'

/** The items of the locker as a dataset is made from them. Assessments are read once, items each time. */
export async function lockerSource(
  open: OpenLocker,
  contents: { itemIds: readonly string[]; cases: readonly Case[] },
): Promise<DatasetSource> {
  const assessments = await newestAssessments(open)
  const casesOf = new Map<string, Case[]>()
  for (const one of contents.cases)
    for (const id of one.itemIds) casesOf.set(id, [...(casesOf.get(id) ?? []), one])
  return {
    ids: contents.itemIds,
    open: async (ids) => {
      const items = await openFacts(open, ids)
      return items.map((item) => {
        if (item === null) return null
        const cases = casesOf.get(item.id) ?? []
        return {
          item,
          assessment: assessments.get(item.id) ?? null,
          caseIds: cases.map(({ id }) => id),
          target: targetOf(cases),
        }
      })
    },
  }
}

/** Whom cases name, the parts of their names, and what the person listed herself. */
export function namedIdentifiers(cases: readonly Case[], names: readonly string[]): Identifier[] {
  const listed = names.map((value): Identifier => ({ kind: 'listed', value }))
  const inCases = cases.flatMap((one) =>
    [
      one.attackedName,
      ...one.attackedHandles.split(/[\s,;]+/),
      one.reporterName,
      one.reporterEmail,
      one.organisation,
      one.authorisedBy ?? '',
      one.translator ?? '',
      one.signature ?? '',
    ].map((value): Identifier => ({ kind: 'target', value })),
  )
  return [...listed, ...inCases].filter(({ value }) => value.trim() !== '')
}

/** The names that are redacted with their inflections: those listed, and the people of the cases. */
export function redactedNames(cases: readonly Case[], names: readonly string[]): string[] {
  const people = cases.flatMap((one) => [one.attackedName, one.reporterName])
  return [...new Set([...names, ...people])].filter((name) => name.trim() !== '')
}
