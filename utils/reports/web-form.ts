import { fillField } from './fill-field'
import { findMissing } from './find-missing'
import { inline } from './foreign-text'
import { shortenedWarning, textsByLength } from './in-product'
import type { Prepared, Written } from './prepare'

/** For a form on the web: one entry a field, in the form's order, each with its counter. */
export function writeWebForm(prepared: Prepared): Written {
  const { words } = prepared
  const filled = prepared.channel.fields.map((field) => fillField(prepared, field))
  const sheet = filled.map(({ field }) =>
    [
      words.t('report.text.label', { label: inline(field.name, words) }),
      field.value === '' ? words.t('report.text.empty') : field.value,
    ].join('\n'),
  )
  return {
    fields: filled.map(({ field }) => field),
    missing: findMissing(prepared),
    warnings: filled.flatMap((entry) => shortenedWarning(prepared, entry)),
    submissionText: sheet.join('\n\n'),
    data: { texts: textsByLength(prepared) },
  }
}
