import { incidentTypes } from '../model/incident-types'
import { groundCodes, hourBands } from './coarsen'
import { pseudonymForm } from './pseudonyms'
import { regionCodes } from './regions'

type ColumnType = 'string' | 'integer' | 'boolean'
export type CellValue = string | number | boolean | null

/** One column, documented where it is defined: every table, schema and codebook is written from this. */
export type Column = {
  name: string
  type: ColumnType
  /** What a number counts; null for what is no number. */
  unit: string | null
  description: string
  /** Every value there may be; null for an open one. */
  codes: readonly string[] | null
  /** What separates several codes in one value; null when there is one. */
  joint: string | null
  /** The form of an open value; null for free text. */
  form: RegExp | null
  isNullable: boolean
}

const itemColumnNames = [
  'row',
  'platform',
  'week',
  'hour_band',
  'kind',
  'language',
  'region',
  'target_group',
  'actor',
  'target',
  'types',
  'severity',
  'is_imminent',
  'is_coordinated',
  'is_reply',
  'is_truncated',
  'mentions',
  'links',
  'media',
  'text_length',
  'replies',
  'reposts',
  'likes',
  'views',
  'text',
] as const
type ItemColumnName = (typeof itemColumnNames)[number]
/** One released post. */
export type DatasetRow = Record<ItemColumnName, CellValue>

type Given = Omit<Column, 'name' | 'unit' | 'codes' | 'joint' | 'form' | 'isNullable'> & Partial<Column>

const platformForm = /^[a-z][a-z0-9-]{0,31}$/
const weekForm = /^(\d{4}-[WM]\d{2}|unknown)$/
const decades = 'lower bound of its power of ten: 0, 1, 10, 100 … up to 1,000,000'
const kinds = 'post comment reply quote message video profile element selection page'.split(' ')
const mediaKinds = ['image', 'video', 'audio', 'card', 'poll', 'none']

const given: Record<ItemColumnName, Given> = {
  row: {
    type: 'string',
    form: pseudonymForm,
    description: 'Pseudonym of the post; sorts rows in no order of capture.',
  },
  platform: {
    type: 'string',
    form: platformForm,
    description: 'Platform that showed the post; in Parquet the first level of folders.',
  },
  week: {
    type: 'string',
    form: weekForm,
    description:
      'ISO 8601 week of publication in UTC (2026-W07), or month (2026-M02) where months were chosen; in Parquet the second level of folders. Unknown for every profile: no page says when one was written.',
  },
  hour_band: {
    type: 'string',
    codes: hourBands,
    description: 'Quarter of the day of publication, UTC; unknown for every profile.',
  },
  kind: { type: 'string', codes: kinds, description: 'What it is on its platform.' },
  language: {
    type: 'string',
    form: /^([a-z]{2,3}|other|unknown)$/,
    description: 'ISO 639 code as the page gives it; `other` where too few accounts share a language.',
  },
  region: { type: 'string', codes: regionCodes, description: 'Region (UN M49) of the country of the case.' },
  target_group: {
    type: 'string',
    codes: groundCodes,
    joint: '+',
    description: 'Grounds of the attack as assessed by the person who documented it.',
  },
  actor: {
    type: 'string',
    form: pseudonymForm,
    isNullable: true,
    description: 'Pseudonym of the account; empty where the page named none.',
  },
  target: {
    type: 'string',
    form: pseudonymForm,
    isNullable: true,
    description: 'Pseudonym of the person attacked; empty where no case names one.',
  },
  types: {
    type: 'string',
    codes: incidentTypes,
    joint: '+',
    isNullable: true,
    description: 'Incident types as assessed; empty where not assessed.',
  },
  severity: {
    type: 'string',
    codes: ['low', 'medium', 'high'],
    isNullable: true,
    description: 'Severity as assessed.',
  },
  is_imminent: { type: 'boolean', isNullable: true, description: 'Whether harm was judged imminent.' },
  is_coordinated: {
    type: 'boolean',
    isNullable: true,
    description: 'Whether it was judged part of a coordinated attack.',
  },
  is_reply: { type: 'boolean', description: 'Whether it answers another post.' },
  is_truncated: { type: 'boolean', description: 'Whether the page showed only part of the text.' },
  mentions: { type: 'integer', unit: 'accounts, at most 3', description: 'Accounts mentioned.' },
  links: { type: 'integer', unit: 'links, at most 3', description: 'Links in the post.' },
  media: { type: 'string', codes: mediaKinds, joint: '+', description: 'Kinds of media.' },
  text_length: {
    type: 'integer',
    unit: `characters, ${decades}`,
    isNullable: true,
    description: 'Length of the text; empty where the page showed none.',
  },
  replies: {
    type: 'integer',
    unit: `replies, ${decades}`,
    isNullable: true,
    description: 'Replies as shown at capture.',
  },
  reposts: {
    type: 'integer',
    unit: `reposts, ${decades}`,
    isNullable: true,
    description: 'Reposts as shown at capture.',
  },
  likes: {
    type: 'integer',
    unit: `likes, ${decades}`,
    isNullable: true,
    description: 'Likes, or score, as shown at capture.',
  },
  views: {
    type: 'integer',
    unit: `views, ${decades}`,
    isNullable: true,
    description: 'Views as shown at capture.',
  },
  text: {
    type: 'string',
    isNullable: true,
    description: 'T0: always empty. T1: redacted and read by a person, empty where nobody has. T2: verbatim.',
  },
}

const defaults = { unit: null, codes: null, joint: null, form: null, isNullable: false }

/** Every column of the items, in the order of the tables. The same in every tier, so that exports are one table. */
export const itemColumns: readonly Column[] = itemColumnNames.map((name) => ({
  ...defaults,
  ...given[name],
  name,
}))

/** Columns that Parquet keeps in the names of folders. */
export const partitionColumns: readonly string[] = ['platform', 'week']

const count = (unit: string, description: string): Given => ({ type: 'integer', unit, description })
const named = (columns: Record<string, Given>): Column[] =>
  Object.entries(columns).map(([name, column]) => ({ ...defaults, ...column, name }))

/** Every column of the accounts. */
export const actorColumns: readonly Column[] = named({
  actor: { type: 'string', form: pseudonymForm, description: 'Pseudonym of the account, as in the items.' },
  platform: { type: 'string', form: platformForm, description: 'Its platform.' },
  items: count('posts', 'Released posts of the account.'),
  weeks: count('weeks or months', 'Different weeks (or months) of those posts.'),
  targets: count('persons', 'Different persons attacked in those posts.'),
})

export const aggregateTables = ['platform-week', 'platform-type', 'platform-group', 'type-week'] as const
export const aggregateStates = ['shown', 'small', 'complementary'] as const

/** Every column of the counts for publication. */
export const aggregateColumns: readonly Column[] = named({
  table: {
    type: 'string',
    codes: aggregateTables,
    description: 'Which two things are counted against each other.',
  },
  first: { type: 'string', description: 'Value of the first, or `total`.' },
  second: { type: 'string', description: 'Value of the second, or `total`.' },
  items: { ...count('posts', 'Posts; empty where the count is withheld.'), isNullable: true },
  actors: {
    ...count(
      'accounts',
      'Accounts behind them; empty where the count is withheld, or where the page named none.',
    ),
    isNullable: true,
  },
  state: {
    type: 'string',
    codes: aggregateStates,
    description:
      '`small`: withheld, too few accounts. `complementary`: withheld so that no small one can be computed.',
  },
})
