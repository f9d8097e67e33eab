import { fits, shorten } from '../channels/limits'
import type { FieldLimit } from '../model/channel'
import { composeText } from './compose-text'
import { fillField } from './fill-field'
import { findMissing } from './find-missing'
import { inline } from './foreign-text'
import type { Prepared, Written } from './prepare'

/** Lengths for receivers whose limit nobody knows, in UTF-16 units as forms count. */
const lengths = { short: 500, medium: 1_000 }

function limitOf(max: number): FieldLimit[] {
  return [{ max, unit: 'characters', evidence: 'unverified' }]
}

/**
 * The words of the report in three lengths, for a field whose limit turns out to be smaller than thought. What is
 * too long for its length first loses the facts below each post, then its end.
 */
export function textsByLength(prepared: Prepared): { short: string; medium: string; long: string } {
  const ellipsis = prepared.words.t('report.ellipsis')
  const short = composeText(prepared, 'short')
  const medium = composeText(prepared, 'medium')
  const fullest = fits(medium, limitOf(lengths.medium)) ? medium : short
  return {
    short: shorten(short, limitOf(lengths.short), ellipsis),
    medium: shorten(fullest, limitOf(lengths.medium), ellipsis),
    long: composeText(prepared, 'long'),
  }
}

/** For a report button in the product: what to choose there, the words to paste, the links to copy. */
export function writeInProduct(prepared: Prepared): Written {
  const filled = prepared.channel.fields.map((field) => fillField(prepared, field))
  return {
    fields: filled.map(({ field }) => field),
    missing: findMissing(prepared),
    warnings: filled.flatMap((entry) => shortenedWarning(prepared, entry)),
    submissionText: composeText(prepared, 'long'),
    data: { texts: textsByLength(prepared) },
  }
}

/** Says which field holds less than the whole; nothing where nothing was left out. */
export function shortenedWarning(
  { words }: Prepared,
  { field, isShortened }: ReturnType<typeof fillField>,
): string[] {
  if (!isShortened || field.limit === null) return []
  const unit = words.t(`report.unit.${field.unit}`, { count: field.limit })
  return [words.t('report.shortened', { field: inline(field.name, words), limit: unit })]
}
