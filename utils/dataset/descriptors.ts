import type { Column } from './columns'
import { type DatasetFacts, sharingLabel, type TableFacts } from './summary'

const title = 'Pseudonymised posts of documented online attacks'

function describe(facts: DatasetFacts): string {
  const { plan } = facts
  return [
    `${facts.check.rows} pseudonymised rows, text tier ${plan.choices.tier}. Pseudonymised is not anonymous:`,
    'it stays personal data. See DATASHEET.md, METHODS.md and CODEBOOK.md.',
  ].join(' ')
}

function fieldOf(column: Column) {
  const { name, type, description, unit, codes, joint, form, isNullable } = column
  const constraints = {
    required: !isNullable,
    ...(codes && !joint ? { enum: codes } : {}),
    ...(form ? { pattern: form.source } : {}),
  }
  return { name, type, description: unit ? `${description} Unit: ${unit}.` : description, constraints }
}

const mediaTypes = {
  csv: 'text/csv',
  jsonl: 'application/jsonl',
  parquet: 'application/vnd.apache.parquet',
} as const

function resourceOf(table: TableFacts) {
  const [only] = table.paths
  return {
    name: table.name,
    title: table.title,
    ...(table.format === 'csv' ? { type: 'table', encoding: 'utf-8' } : {}),
    ...(table.format === 'csv'
      ? { dialect: { delimiter: ',', lineTerminator: '\r\n', quoteChar: '"' } }
      : {}),
    path: table.paths.length === 1 && only !== undefined ? only : [...table.paths],
    format: table.format,
    mediatype: mediaTypes[table.format],
    ...(table.bytes === null ? {} : { bytes: table.bytes }),
    ...(table.sha256 === null ? {} : { hash: `sha256:${table.sha256}` }),
    schema: { fields: table.columns.map(fieldOf), missingValues: [''] },
  }
}

/** `datapackage.json` by the Data Package standard, version 2 (Frictionless). Tables without a row have no file. */
export function writeDataPackage(facts: DatasetFacts): string {
  const { tool, plan } = facts
  const descriptor = {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: 'pseudonymised-posts',
    title,
    description: describe(facts),
    created: `${facts.madeOn}T00:00:00Z`,
    keywords: ['online harassment', 'pseudonymised', `text tier ${plan.choices.tier}`, sharingLabel(plan)],
    contributors: [{ title: `${tool.name} ${tool.version}`, roles: ['software'] }],
    resources: facts.tables.filter(({ paths }) => paths.length > 0).map(resourceOf),
  }
  return `${JSON.stringify(descriptor, null, 2)}\n`
}

const context = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  dct: 'http://purl.org/dc/terms/',
  sc: 'https://schema.org/',
  conformsTo: 'dct:conformsTo',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  fileSet: 'cr:fileSet',
  includes: 'cr:includes',
  recordSet: 'cr:recordSet',
  source: 'cr:source',
}

const croissantTypes = { string: 'sc:Text', integer: 'sc:Integer', boolean: 'sc:Boolean' } as const

function distributionOf(table: TableFacts) {
  const encodingFormat = mediaTypes[table.format]
  if (table.format === 'parquet')
    return {
      '@type': 'cr:FileSet',
      '@id': table.name,
      name: table.name,
      encodingFormat,
      includes: 'items.parquet/*/*/*.parquet',
    }
  return {
    '@type': 'cr:FileObject',
    '@id': table.name,
    name: table.name,
    contentUrl: table.paths[0],
    contentSize: `${table.bytes ?? 0} B`,
    encodingFormat,
    sha256: table.sha256,
  }
}

function recordSetOf(table: TableFacts) {
  return {
    '@type': 'cr:RecordSet',
    '@id': `${table.name}/rows`,
    name: table.name,
    description: table.title,
    field: table.columns.map((column) => ({
      '@type': 'cr:Field',
      '@id': `${table.name}/rows/${column.name}`,
      name: column.name,
      description: column.description,
      dataType: croissantTypes[column.type],
      source: { fileObject: { '@id': table.name }, extract: { column: column.name } },
    })),
  }
}

/** `croissant.json` by Croissant 1.1, with the fields on responsible use. */
export function writeCroissant(facts: DatasetFacts): string {
  const { plan, tool } = facts
  const tables = facts.tables.filter(({ paths }) => paths.length > 0)
  const descriptor = {
    '@context': context,
    '@type': 'sc:Dataset',
    conformsTo: ['http://mlcommons.org/croissant/1.1', 'http://mlcommons.org/croissant/RAI/1.0'],
    name: 'pseudonymised-posts',
    description: describe(facts),
    // It is on no page of the web, and has to stay so.
    url: 'urn:witnessmark:dataset:not-published',
    license: 'No licence: for the recipient and purpose in DATASHEET.md alone',
    creator: { '@type': 'sc:SoftwareApplication', name: tool.name, softwareVersion: tool.version },
    datePublished: facts.madeOn,
    version: '1.0.0',
    citeAs: `${title}, made with ${tool.name} ${tool.version}`,
    'rai:dataCollection':
      'Posts that a person documented one by one, or scrolled past in a pile-on, in a browser.',
    'rai:dataBiases':
      'What was attacked, seen and thought worth keeping; not a sample of what is published. Readers see some platforms better than others.',
    'rai:dataLimitations':
      'Cells with few accounts, persons or kinds of attack are withheld; see METHODS.md.',
    'rai:personalSensitiveInformation': `Pseudonymised, not anonymous. Text tier ${plan.choices.tier}.`,
    'rai:dataUseCases': plan.choices.purpose,
    'rai:dataManipulationProtocol': 'METHODS.md',
    distribution: tables.map(distributionOf),
    recordSet: tables.filter(({ format }) => format === 'csv').map(recordSetOf),
  }
  return `${JSON.stringify(descriptor, null, 2)}\n`
}
