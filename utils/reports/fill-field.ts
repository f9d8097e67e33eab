import { fits, lengthIn, shorten, tightestLimit } from '../channels/limits'
import type { ChannelField } from '../model/channel'
import type { ReportField } from '../model/report'
import { composeText, linkLines, textLevels } from './compose-text'
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

function plainValue({ case: owner, items, categories, words }: Prepared, field: ChannelField): string {
  switch (field.holds) {
    case 'category':
      return categories[0]?.name ?? ''
    case 'links':
      return linkLines(items)
    case 'further-links':
      return linkLines(items.slice(1))
    case 'reporter-role':
      return (owner.reporterRole !== null && field.choices?.[owner.reporterRole]) || ''
    case 'reporter-name':
      return owner.reporterName.trim()
    case 'reporter-email':
      return owner.reporterEmail.trim()
    case 'reasons':
      return owner.reasons.trim()
    case 'good-faith':
      return owner.isGoodFaith ? words.t('report.good-faith') : ''
    default:
      return ''
  }
}

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
  const isLinks = field.holds === 'links' || field.holds === 'further-links'
  const fitted = isLinks
    ? wholeLines(whole, field)
    : shorten(whole, field.limits, prepared.words.t('report.ellipsis'))
  return { field: toReportField(field, fitted), isShortened: fitted !== whole }
}

function wholeLines(text: string, field: ChannelField): string {
  const lines = text.split('\n')
  while (lines.length > 0 && !fits(lines.join('\n'), field.limits)) lines.pop()
  return lines.join('\n')
}
