import type { PostedTime } from '../model/post'
import type { Words } from '../words/translate'
import { inline, isolate } from './foreign-text'

/** A moment as `2026-11-20 14:03:27 UTC`: the same in every language, so that two reports can be compared. */
export function showUtc(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
}

/** The same moment by the clock of a zone `offsetMinutes` east of UTC: `2026-11-20 16:03:27 UTC+02:00`. */
export function showLocal(iso: string, offsetMinutes: number): string {
  const local = new Date(Date.parse(iso) + offsetMinutes * 60_000).toISOString()
  const size = Math.abs(offsetMinutes)
  const two = (value: number) => String(value).padStart(2, '0')
  const sign = offsetMinutes < 0 ? '-' : '+'
  return `${local.slice(0, 10)} ${local.slice(11, 19)} UTC${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** When a post was published, with how that is known; a window where only an age is shown. */
export function describePosted(posted: PostedTime, words: Words): string {
  const shown = posted.asShown === null ? null : isolate(posted.asShown)
  if (posted.iso !== null) return describeExact({ ...posted, iso: posted.iso }, shown, words)
  if (posted.from !== null && posted.to !== null) {
    const window = { from: inline(showUtc(posted.from), words), to: inline(showUtc(posted.to), words) }
    return shown === null
      ? words.t('report.posted.window', window)
      : words.t('report.posted.relative', { shown, ...window })
  }
  return shown === null ? words.t('report.posted.unknown') : words.t('report.posted.only-shown', { shown })
}

function describeExact(posted: PostedTime & { iso: string }, shown: string | null, words: Words): string {
  const parts = [inline(showUtc(posted.iso), words)]
  if (posted.precision !== null && posted.precision !== 'second' && posted.precision !== 'millisecond')
    parts.push(words.t(`report.precision.${posted.precision}`))
  if (posted.source === 'id') parts.push(words.t('report.posted.from-id'))
  if (shown !== null) parts.push(words.t('report.posted.shown-as', { shown }))
  return parts.join(words.t('report.list-comma'))
}
