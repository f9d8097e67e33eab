import { fits, lengthIn, shorten, tightestLimit } from '../channels/limits'
import type { ChannelField, FieldContent } from '../model/channel'
import type { ReportField } from '../model/report'
import { caseValues } from './case-values'
import { composeText, textLevels } from './compose-text'
import { itemValues } from './item-values'
import type { Prepared } from './prepare'

/** A field with its value, and whether less stands in it than the case has to say. */
export type FilledField = { field: ReportField; isShortened: boolean }

function toReportField(field: ChannelField, value: string): ReportField {
  const limit = tightestLimit(value, field.limits)
  const unit = limit?.unit ?? 'characters'
  return {
    name: field.name,
    value,
    isRequired: field.isRequired,
    limit: limit?.max ?? null,
    unit,
    length: lengthIn(value, unit),
    isUnverified: field.evidence !== 'verified' || limit?.evidence === 'unverified',
  }
}

/** The fullest text that the field takes; only where not even the shortest fits, a beginning with an ellipsis. */
function fitText(prepared: Prepared, field: ChannelField): { value: string; isShortened: boolean } {
  const texts = textLevels.map((level) => composeText(prepared, level))
  const [long = ''] = texts
  const value = texts.find((text) => text !== '' && fits(text, field.limits))
  if (value !== undefined) return { value, isShortened: value !== long }
  const shortest = texts.findLast((text) => text !== '') ?? ''
  return { value: shorten(shortest, field.limits, prepared.words.t('report.ellipsis')), isShortened: true }
}

function plainValue(prepared: Prepared, field: ChannelField): string {
  const read = caseValues[field.holds] ?? itemValues[field.holds]
  return read?.(prepared, field) ?? ''
}

/** Values that are lists of addresses or ids, a line each: half a line would lead somewhere else. */
const lists: readonly FieldContent[] = ['links', 'further-links', 'account-links', 'account-ids', 'post-ids']

/**
 * What of the case goes into one field, never over any of the field's limits. `value` overrides what the case
 * would give. Links are never cut in the middle: those that do not fit are left out whole.
 */
export function fillField(prepared: Prepared, field: ChannelField, value?: string): FilledField {
  if (field.holds === 'text' && value === undefined) {
    const fitted = fitText(prepared, field)
    return { field: toReportField(field, fitted.value), isShortened: fitted.isShortened }
  }
  const whole = value ?? plainValue(prepared, field)
  const fitted = lists.includes(field.holds)
    ? wholeLines(whole, field)
    : shorten(whole, field.limits, prepared.words.t('report.ellipsis'))
  return { field: toReportField(field, fitted), isShortened: fitted !== whole }
}

/** What the field would hold if the receiver had no limit. */
export function wholeValue(prepared: Prepared, field: ChannelField): string {
  return field.holds === 'text' ? composeText(prepared, 'long') : plainValue(prepared, field)
}

function wholeLines(text: string, field: ChannelField): string {
  const lines = text.split('\n')
  while (lines.length > 0 && !fits(lines.join('\n'), field.limits)) lines.pop()
  return lines.join('\n')
}
