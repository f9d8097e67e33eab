import { asPage, asQuote } from './markdown'
import { type DatasetFacts, releasedPeriod, sharingLabel } from './summary'

/** DATASHEET.md: the questions that a dataset should answer about itself, after Gebru and others (2021). */
export function writeDatasheet(facts: DatasetFacts): string {
  const { plan } = facts
  const { choices } = plan
  const period = releasedPeriod(plan)
  const platforms = [...new Set(plan.released.map(({ cell }) => cell.platform))].sort()
  return asPage(
    '# Datasheet',
    `Label: ${sharingLabel(plan)}. Pseudonymised, not anonymous.`,
    '## Motivation',
    'For what purpose was it made? In the words of the sender:',
    asQuote(choices.purpose),
    'For whom? In the words of the sender:',
    asQuote(choices.recipient),
    '## Composition',
    `What is a row? One post that attacks somebody, as one person documented it. ${facts.check.rows} rows of ${plan.actors} accounts on ${platforms.length} platforms (${platforms.join(', ') || 'none'}), ${period ? `${period.first} to ${period.last}` : 'of unknown time'}.`,
    'Is it a sample? No: it is what was attacked, noticed and kept. Nothing about how common anything is follows from it.',
    `What is missing? ${plan.counts.suppressed} items were suppressed because too few accounts, persons or kinds of attack shared their cell; those are more often rare languages, small regions and single attackers. METHODS.md counts them.`,
    `Does it hold text? Tier ${choices.tier}${choices.tier === 'T0' ? ': none' : `: ${facts.text.with} rows do`}.`,
    'Does it concern people? Yes: those who wrote and those who were attacked. It speaks of health, belief, origin and sexuality where attacks do (`target_group`). It can distress readers.',
    '## Collection',
    'A person pressed a mark on each post in her browser, or scrolled through a pile-on while it was recorded. What the page did not show is empty, never guessed. Authors were not asked; the basis for that has to be the sender’s and the recipient’s own.',
    '## Preparation and labels',
    'Incident types, severity and grounds are the judgement of whoever documented the post, one person a row. See METHODS.md for everything that was dropped, coarsened and suppressed.',
    '## Uses',
    'For counting and comparing kinds of attack over time and platforms. Not for finding anybody, not for measuring how common attacks are, not for judging single posts. Forbidden uses are in METHODS.md.',
    '## Distribution and maintenance',
    'It was handed to the recipient above and to nobody else. There is no public copy, and no way to correct one: whoever wants to be left out turns to the sender, who makes a new export. Delete it when the purpose is reached.',
  )
}
