import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inventLocker } from '../../support/invented-locker'
import { type AnySchema, schemaErrors } from '../../support/json-schema'
import { choices, exportOf, low, textOf } from './written'

// The published schema of Data Package 2.0 (datapackage.org, public domain), its descriptions left out.
const schema = JSON.parse(
  readFileSync('tests/fixtures/dataset/datapackage-2.0.schema.json', 'utf8'),
) as AnySchema

const written = () =>
  exportOf(inventLocker({ items: 300 }), {
    choices: choices({ tier: 'T2', hasFourcat: true, thresholds: low }),
  })

describe('datapackage.json', () => {
  it('is valid by the published schema, and names every table with its true digest', async () => {
    const { files } = await written()
    const descriptor = JSON.parse(textOf(files['datapackage.json']))
    expect(schemaErrors(schema, descriptor)).toEqual([])
    const { createHash } = await import('node:crypto')
    const named = new Set<string>()
    for (const { path, hash, bytes } of descriptor.resources) {
      for (const one of [path].flat()) {
        named.add(one)
        expect(files[one]).toBeDefined()
      }
      if (!hash) continue
      expect(bytes).toBe(files[path]?.length)
      expect(hash).toBe(
        `sha256:${createHash('sha256')
          .update(files[path] ?? '')
          .digest('hex')}`,
      )
    }
    const tables = Object.keys(files).filter((path) => /\.(csv|jsonl|ndjson|parquet)$/.test(path))
    expect([...named].sort()).toEqual(tables.sort())
  })

  it('would not be with a resource that has no path, or a field of no known type', async () => {
    const { files } = await written()
    const read = () => JSON.parse(textOf(files['datapackage.json']))
    const pathless = read()
    delete pathless.resources[0].path
    expect(schemaErrors(schema, pathless)).not.toEqual([])
    const typeless = read()
    typeless.resources[1].schema.fields[0].type = 'words'
    expect(schemaErrors(schema, typeless)).not.toEqual([])
    expect(schemaErrors(schema, { ...read(), resources: [] })).not.toEqual([])
  })
})

describe('croissant.json', () => {
  it('has what version 1.1 requires, ids that are used once, and sources that exist', async () => {
    const { files } = await written()
    const descriptor = JSON.parse(textOf(files['croissant.json']))
    for (const name of [
      '@context',
      '@type',
      'conformsTo',
      'description',
      'license',
      'name',
      'url',
      'creator',
      'datePublished',
    ])
      expect(descriptor[name], name).toBeTruthy()
    expect(descriptor.conformsTo).toContain('http://mlcommons.org/croissant/1.1')
    const ids: string[] = []
    const sources: string[] = []
    JSON.stringify(descriptor, (key, value) => {
      if (typeof value?.['@id'] === 'string' && value['@type']?.startsWith?.('cr:')) ids.push(value['@id'])
      if (key === 'fileObject' && typeof value !== 'string') sources.push(value['@id'])
      return value
    })
    expect(new Set(ids).size).toBe(ids.length)
    expect(sources.length).toBeGreaterThan(20)
    expect(sources.filter((source) => !ids.includes(source))).toEqual([])
  })
})

describe('the documents', () => {
  it('state every threshold and count, and a reason for low ones', async () => {
    const { files, plan, check } = await exportOf(inventLocker({ items: 300 }), {
      choices: choices({ thresholds: low, excludedItems: [inventLocker({ items: 300 }).ids[0] ?? ''] }),
    })
    const methods = textOf(files['METHODS.md'])
    const { counts, decided } = plan
    for (const line of [
      `| released | ${counts.released} |`,
      `| suppressed | ${counts.suppressed} |`,
      '| left out one by one | 1 |',
      '| accounts in a cell (k) | 3 | 10 |',
      `| suppressed: too few accounts | ${decided.suppressed.actors.cells} | ${decided.suppressed.actors.rows} |`,
      `${check.unique} of ${check.rows} rows are unique`,
      'Written for a test',
    ])
      expect(methods).toContain(line)
    const all = ['METHODS.md', 'DATASHEET.md', 'CODEBOOK.md', 'datapackage.json', 'croissant.json']
      .map((path) => textOf(files[path]))
      .join('\n')
    expect(all).not.toMatch(/\banonymised|anonymized/i)
    for (const column of ['hour_band', 'target_group', 'text_length'])
      expect(textOf(files['CODEBOOK.md'])).toContain(`| \`${column}\` |`)
  })

  it('keep the markup of what a person types from becoming theirs', async () => {
    const { files } = await exportOf(inventLocker({ items: 300 }), {
      choices: choices({ purpose: 'a\n# b\n| c | <script>', thresholds: low }),
    })
    expect(textOf(files['DATASHEET.md'])).toContain('> a \\# b \\| c \\| \\<script\\>')
  })
})

describe('4CAT lines', () => {
  it('have the envelope and the columns of its processors, and no id of the platform', async () => {
    const { files, plan } = await written()
    const lines = textOf(files['4cat.ndjson'])
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.length).toBe(plan.counts.released)
    expect(lines[0]).toMatchObject({
      id: 1,
      source_platform: expect.any(String),
      data: { body: expect.stringContaining('Entry') },
    })
    expect(lines.at(-1).id).toBe(lines.length)
    expect(lines[0].data.timestamp).toMatch(/^2026-01-\d\d 00:00:00$/)
    expect(JSON.stringify(lines.map(({ data }) => ({ ...data, body: '', text: '' })))).not.toContain(
      'quarrel',
    )
  })
})
