import type { Case } from '../model/case'
import { dayOrEmpty, ReporterRole } from '../model/case'
import { IncidentType, type Item } from '../model/item'
import type { Report } from '../model/report'
import { randomId, shortText, utcTime, z } from '../model/schema'
import { tagNames } from './bag'
import { earlierPaths } from './earlier-files'
import { proofPaths } from './proof-files'

/** Who authorised the report, when, and for what, each as far as told. */
const Authorised = z.strictObject({ by: shortText, on: dayOrEmpty, for: shortText })

/** `data/case.json`: which items, in which order, and what the person states about them. No contact details. */
export const BundleCase = z.strictObject({
  version: z.literal(1),
  itemIds: z.array(randomId).max(5_000),
  statement: z.strictObject({
    narrative: z.string().max(50_000),
    reasons: z.string().max(20_000),
    types: z.array(IncidentType),
    reporterRole: ReporterRole.nullable(),
    authorisation: shortText,
    authorised: Authorised.nullable().default(null),
    isGoodFaith: z.boolean(),
  }),
  report: z.strictObject({
    channelId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
    language: z.string().regex(/^[A-Za-z0-9-]{1,35}$/),
  }),
  madeAt: utcTime,
  tool: z.strictObject({
    name: z.string().regex(/^[\x21-\x7e]{1,60}$/),
    version: z.string().regex(/^[\x21-\x7e]{1,30}$/),
  }),
})
export type BundleCase = z.infer<typeof BundleCase>

/** Null while nothing is told. Who does not allow to be named at all is not named by her authorisation either. */
function describeAuthorised(owner: Case): z.infer<typeof Authorised> | null {
  const by = owner.attackedNaming === 'none' ? '' : (owner.authorisedBy?.trim() ?? '')
  const told = { by, on: owner.authorisedOn ?? '', for: owner.authorisedFor?.trim() ?? '' }
  return Object.values(told).some((value) => value !== '') ? told : null
}

/** What `data/case.json` holds for these items; never the ids of items that are not in the bundle. */
export function describeCase(options: {
  case: Case
  itemIds: string[]
  report: Report
  madeAt: string
  tool: { name: string; version: string }
}): BundleCase {
  const { narrative, reasons, types, reporterRole, authorisation, isGoodFaith } = options.case
  const authorised = describeAuthorised(options.case)
  return {
    version: 1,
    itemIds: options.itemIds,
    statement: { narrative, reasons, types, reporterRole, authorisation, authorised, isGoodFaith },
    report: { channelId: options.report.channelId, language: options.report.language },
    madeAt: options.madeAt,
    tool: { name: options.tool.name, version: options.tool.version },
  }
}

export const casePath = 'data/case.json'
export const htmlReportPath = 'data/report/report.html'
const itemsFolder = 'data/items/'

/** Files of an item's folder that are no parts; a part may not bear their names. */
export const itemFiles = {
  facts: 'item.json',
  salt: 'salt.txt',
  assessment: 'assessment.json',
  redacted: 'redacted.json',
} as const
const reservedNames: ReadonlySet<string> = new Set(Object.values(itemFiles))

/** Whether a part may not be called this. */
export function isReservedName(partName: string): boolean {
  return reservedNames.has(partName)
}

/** Where a file of an item lies in the bundle. */
export function itemPath(id: string, file: string): string {
  return `${itemsFolder}${id}/${file}`
}

/** Where the report's text and data lie, in this order. */
export function submissionPaths(channelId: string): { text: string; data: string } {
  return { text: `data/report/${channelId}/submission.txt`, data: `data/report/${channelId}/submission.json` }
}

const attachmentShape =
  /^data\/report\/[a-z0-9][a-z0-9-]{0,59}\/attachments\/([1-9]\d{0,3})\.(?:jpg|png|webp|gif)$/
const endings: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
}

/** The folder of the pictures that were made for a form, with its slash. */
export function attachmentFolder(channelId: string): string {
  return `data/report/${channelId}/attachments/`
}

/** The name of a picture in that folder, numbered from 1; null for a kind of file that does not belong there. */
export function attachmentName(number: number, mediaType: string): string | null {
  const ending = endings[mediaType]
  return ending === undefined ? null : `${number}.${ending}`
}

/** The pictures made for a form among these names, in the order of the container. */
export function attachmentPaths(names: readonly string[]): string[] {
  const numberOf = (name: string): number => Number(attachmentShape.exec(name)?.[1] ?? 0)
  return names
    .filter((name) => attachmentShape.test(name))
    .toSorted((one, other) => numberOf(one) - numberOf(other))
}

const archiveShape = /^data\/wacz\/case-([1-9]\d{0,2})\.wacz$/

/** Where a web archive lies, numbered from 1. */
export function archivePath(number: number): string {
  return `data/wacz/case-${number}.wacz`
}

/** The web archives among these names, in the order of the container. */
export function archivePaths(names: readonly string[]): string[] {
  const numberOf = (name: string): number => Number(archiveShape.exec(name)?.[1] ?? 0)
  return names
    .filter((name) => archiveShape.test(name))
    .toSorted((one, other) => numberOf(one) - numberOf(other))
}

const itemFileShape = /^data\/items\/([0-9a-f]{32})\/([^/]+)$/

/** The item id and file name in a path. Null when it is not inside an item's folder. */
export function splitItemPath(path: string): { id: string; file: string } | null {
  const [, id, file] = itemFileShape.exec(path) ?? []
  return id === undefined || file === undefined ? null : { id, file }
}

/** The files of one item in their fixed order. */
export function itemPaths(item: Item, options: { hasAssessment: boolean; isRedacted: boolean }): string[] {
  const parts = item.parts.map((part) => part.name)
  if (options.isRedacted) return [itemFiles.redacted, ...parts].map((file) => itemPath(item.id, file))
  const files = [itemFiles.facts, itemFiles.salt, ...parts]
  if (options.hasAssessment) files.push(itemFiles.assessment)
  return files.map((file) => itemPath(item.id, file))
}

/** Every file of a bundle in the one order it may have. */
export function fixedOrder(options: {
  itemFiles: string[]
  channelId: string
  itemIds: readonly string[]
  /** The bundle has proofs. */
  isProved: boolean
  /** All names in the container. */
  names: readonly string[]
}): string[] {
  const submission = submissionPaths(options.channelId)
  return [
    tagNames.declaration,
    tagNames.readme,
    ...options.itemFiles,
    casePath,
    htmlReportPath,
    ...attachmentPaths(options.names),
    submission.text,
    submission.data,
    ...archivePaths(options.names),
    ...earlierPaths(options.names, options.itemIds),
    tagNames.info,
    tagNames.manifest,
    ...(options.isProved ? proofPaths(options.itemIds, options.names) : []),
    tagNames.tagManifest,
  ]
}
