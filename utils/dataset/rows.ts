import { type PostReading, publishedTime } from '../model/post'
import { cappedAt, countDecade, decadeOf, groundsOf, hourBandOf } from './coarsen'
import type { CellValue, DatasetRow } from './columns'
import type { Pseudonyms } from './pseudonyms'
import type { DatasetRecord } from './source'

/** What rows are grouped by before any of them is released. */
export type Cell = { platform: string; week: string; language: string; region: string; group: string }

/** What an attack is about, as assessed for the post or for its case. */
export function groupOf({ assessment, target }: DatasetRecord): string {
  return groundsOf([...(assessment?.grounds ?? []), ...(target?.grounds ?? [])])
}

/** The incident types of a record as one value; null when it was not assessed. */
export function typesOf(record: DatasetRecord): string | null {
  const types = record.assessment?.types ?? []
  return types.length === 0 ? null : [...new Set(types)].sort().join('+')
}

function mediaOf(post: PostReading): string {
  const kinds = new Set(post.media.map(({ kind }) => kind))
  return kinds.size === 0 ? 'none' : [...kinds].sort().join('+')
}

function attributesOf(record: DatasetRecord): Record<string, CellValue> {
  const { item, assessment } = record
  const { post } = item
  const { counts } = post
  return {
    hour_band: hourBandOf(publishedTime(post)),
    kind: post.kind,
    types: typesOf(record),
    severity: assessment?.severity ?? null,
    is_imminent: assessment?.isImminent ?? null,
    is_coordinated: assessment?.isCoordinated ?? null,
    is_reply: post.parentPostId !== null || post.replyToHandle !== null,
    is_truncated: post.isTruncated,
    mentions: cappedAt(3, new Set(post.mentions).size),
    links: cappedAt(3, post.links.length),
    media: mediaOf(post),
    text_length: post.text === null ? null : decadeOf([...post.text].length),
    replies: countDecade(counts.replies),
    reposts: countDecade(counts.reposts),
    likes: countDecade(counts.likes ?? counts.score),
    views: countDecade(counts.views),
  }
}

/**
 * One row: everything that names somebody dropped, everything exact made coarse. What is not named here does not
 * leave. `text` comes from the text tier and is not looked at.
 */
export async function toRow(
  record: DatasetRecord,
  to: { cell: Cell; account: string | null; text: string | null; pseudonyms: Pseudonyms },
): Promise<DatasetRow> {
  const { cell, pseudonyms } = to
  return {
    ...attributesOf(record),
    row: await pseudonyms.row(record.item.id),
    platform: cell.platform,
    week: cell.week,
    language: cell.language,
    region: cell.region,
    target_group: cell.group,
    actor: to.account === null ? null : await pseudonyms.actor(to.account),
    target: record.target === null ? null : await pseudonyms.target(record.target.key),
    text: to.text,
  } as DatasetRow
}
