import type { ReportField } from '../model/report'
import { fillField } from './fill-field'
import { findMissing } from './find-missing'
import { inline } from './foreign-text'
import { shortenedWarning, textsByLength } from './in-product'
import type { Prepared, Written } from './prepare'

/** How much of the field is used, in the receiver's own unit; empty where no limit is known. */
function counter({ length, limit, unit }: ReportField, { words }: Prepared): string {
  if (limit === null) return ''
  return words.t('report.counter', { used: length, limit: words.t(`report.unit.${unit}`, { count: limit }) })
}

/** For a form on the web: one entry a field, in the form's order, each with its counter. */
export function writeWebForm(prepared: Prepared): Written {
  const { channel, words } = prepared
  const filled = channel.fields.map((field) => fillField(prepared, field))
  const sheet = filled.map(({ field }, index) => {
    const isByHand = channel.fields[index]?.holds === 'by-hand'
    const empty = words.t(isByHand ? 'report.by-hand' : 'report.text.empty')
    const label = words.t('report.text.label', { label: inline(field.name, words) })
    const count = counter(field, prepared)
    return [count === '' ? label : `${label} ${count}`, field.value === '' ? empty : field.value].join('\n')
  })
  return {
    fields: filled.map(({ field }) => field),
    missing: findMissing(prepared),
    warnings: filled.flatMap((entry) => shortenedWarning(prepared, entry)),
    submissionText: sheet.join('\n\n'),
    data: { texts: textsByLength(prepared) },
  }
}
