import { isLowered, reasonLength, usualThresholds } from './choices'
import { actorColumns, aggregateColumns, type Column, itemColumns, partitionColumns } from './columns'
import { asPage, asQuote, asTable } from './markdown'
import { type DatasetFacts, sharingLabel, withheldCounts } from './summary'

function thresholdTable({ plan }: DatasetFacts): string {
  const { thresholds } = plan.choices
  return asTable(
    ['threshold', 'here', 'usual'],
    [
      ['accounts in a cell (k)', thresholds.actors, usualThresholds.actors],
      ['persons attacked in a cell', thresholds.targets, usualThresholds.targets],
      ['different sets of incident types in a cell (l)', thresholds.types, usualThresholds.types],
      ['accounts behind a count for publication', thresholds.cell, usualThresholds.cell],
    ],
  )
}

function fateTable({ plan, unread }: DatasetFacts): string {
  const { counts } = plan
  return asTable(
    ['items', 'count'],
    [
      ['in the locker and readable', counts.found],
      ['in the locker and damaged', unread],
      ['outside the chosen cases', counts.outsideCases],
      ['outside the chosen period, or of unknown time', counts.outsidePeriod],
      ['left out one by one', counts.excludedItems],
      ['left out with their account', counts.excludedActors],
      ['suppressed', counts.suppressed],
      ['released', counts.released],
    ],
  )
}

function suppressionTable({ plan }: DatasetFacts): string {
  const { suppressed, released } = plan.decided
  return asTable(
    ['cells', 'cells', 'rows'],
    [
      ['released', released.cells, released.rows],
      ['suppressed: too few accounts', suppressed.actors.cells, suppressed.actors.rows],
      ['suppressed: too few persons attacked', suppressed.targets.cells, suppressed.targets.rows],
      ['suppressed: too few sets of incident types', suppressed.types.cells, suppressed.types.rows],
    ],
  )
}

const textMethods = {
  T0: 'T0: no text is released.',
  T1: 'T1: mentions, mail addresses, links, phone numbers, IBANs, identity numbers, coordinates and number plates were found by their form, names by a list kept in the locker with the endings and particles of Latin, Arabic, Cyrillic, Devanagari and Burmese script, and every handle and name of the locker as it stands; each is replaced by its kind in brackets. A person read every released text afterwards. Names that are in no list are found by nobody but that person: their absence is not promised.',
  T2: 'T2: the text is verbatim. A search engine finds the post by it, so every row leads to its author. This is not a research release; it went encrypted to listed recipients only.',
}

const keyMethods = {
  destroyed:
    'Pseudonyms are HMAC-SHA-256, cut to 80 bits, under a random key made for this export and gone with it: nobody, the sender included, can compute them again, and no other export shares one.',
  project:
    'Pseudonyms are HMAC-SHA-256, cut to 80 bits, under the key of a project, which stays sealed in the sender’s locker: exports of the same project share pseudonyms, so that accounts can be followed over time. The sender can compute them again.',
}

function textCounts({ plan, text, check }: DatasetFacts): string | null {
  if (plan.choices.tier === 'T0') return null
  const read =
    plan.choices.tier === 'T1'
      ? ` ${text.withheld} were read and left without; ${text.unread} nobody read.`
      : ''
  return `Of ${check.rows} rows, ${text.with} have their text.${read}`
}

/** METHODS.md: what was done, every threshold, every count. */
export function writeMethods(facts: DatasetFacts): string {
  const { plan, check } = facts
  const { choices, decided } = plan
  const withheld = withheldCounts(facts.aggregates)
  return asPage(
    '# Methods',
    `Made on ${facts.madeOn} with ${facts.tool.name} ${facts.tool.version}. Label: ${sharingLabel(plan)}. Everything here is pseudonymised, which is not anonymous: treat it as personal data.`,
    '## What was dropped',
    'Names, handles, display names, avatars, profile texts, web addresses, ids of platforms, permanent links, exact times, pictures, hashes of public content, the person’s own notes and accounts, ids and log positions of the locker.',
    '## What was made coarse',
    `Time of publication to the ${choices.unit === 'week' ? 'ISO week' : 'month'} and a quarter of the day (UTC); counts, and the length of texts, to the lower bound of their power of ten; mentions and links to at most 3; country to UN region; language kept where at least ${choices.thresholds.actors} accounts share it, else \`other\` (${decided.mergedLanguages} rows).`,
    '## Pseudonyms',
    keyMethods[choices.key],
    '## Cells',
    'A cell is a combination of platform, week, language, region and target group. A row is released only when its cell reaches every threshold. An item without a named account, person or assessment adds none to its cell.',
    thresholdTable(facts),
    isLowered(choices.thresholds)
      ? `Thresholds are below the usual ones. The written reason (at least ${reasonLength} signs):\n\n${asQuote(choices.reason)}`
      : null,
    suppressionTable(facts),
    `Smallest released cell: ${decided.smallestCell === null ? 'none' : `${decided.smallestCell} accounts`}.`,
    '## What became of every item',
    fateTable(facts),
    '## Text',
    textMethods[choices.tier],
    textCounts(facts),
    '## Attack check before release',
    `${check.searched} handles, names, addresses, ids and texts of the locker were searched for in everything that leaves, with accents, lookalike letters and invisible signs removed on both sides${choices.tier === 'T2' ? ', except in the verbatim texts' : ''}: none was found. ${check.unique} of ${check.rows} rows are unique in what a stranger could know (all columns but pseudonyms and text).`,
    '## Counts for publication',
    `\`aggregates.csv\` and the charts count released rows only. A count with fewer than ${choices.thresholds.cell} accounts behind it is withheld (${withheld.small}), and further ones so that no withheld count can be computed from totals (${withheld.complementary}). Where posts have several incident types or grounds, they count once for each. These tables are meant to be anonymous; the rows are not.`,
    '## Forbidden',
    'To identify, contact or expose anybody; to join with other data on persons; to search for the texts; to train or test systems that recognise persons; to pass it on beyond the recipient and purpose in DATASHEET.md.',
  )
}

function codesOf({ codes, joint, form, type }: Column): string {
  if (codes)
    return `${codes.map((code) => `\`${code}\``).join(', ')}${joint ? `; several joined by \`${joint}\`` : ''}`
  if (form) return `form \`${form.source}\``
  if (type === 'boolean') return '`true`, `false`'
  return type === 'integer' ? 'number' : 'text'
}

function columnTable(columns: readonly Column[]): string {
  return asTable(
    ['column', 'type', 'unit', 'may be empty', 'values', 'meaning'],
    columns.map((column) => [
      `\`${column.name}\``,
      column.type,
      column.unit ?? '',
      column.isNullable ? 'yes' : 'no',
      codesOf(column),
      column.description,
    ]),
  )
}

/** CODEBOOK.md: every column of every table, its unit and its codes. */
export function writeCodebook(): string {
  return asPage(
    '# Codebook',
    'Files are UTF-8. In CSV an empty cell is an unknown value, and a text that a spreadsheet would take for a formula has an apostrophe before it. In Parquet the columns ' +
      `${partitionColumns.map((name) => `\`${name}\``).join(' and ')} are the names of folders (\`platform=…/week=…\`).`,
    '## Items: `items.parquet/`, `items.csv`, `items.jsonl`',
    columnTable(itemColumns),
    '## Accounts: `actors.csv`',
    columnTable(actorColumns),
    '## Counts for publication: `aggregates.csv`',
    columnTable(aggregateColumns),
  )
}
