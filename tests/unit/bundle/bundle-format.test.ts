import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BundleCase } from '../../../utils/bundle/contents'
import { jsonLimits } from '../../../utils/bundle/json'
import { excerptLimit } from '../../../utils/bundle/proof-files'
import { notProvedIds } from '../../../utils/bundle/verification'
import { zipLimits } from '../../../utils/bundle/zip'
import { ExcerptLine } from '../../../utils/custody/entry'
import { Identity } from '../../../utils/custody/identity'
import { Envelope } from '../../../utils/custody/statement'
import { Assessment, Item } from '../../../utils/model/item'
import { PostReading } from '../../../utils/model/post'
import { RedactedFacts } from '../../../utils/model/redaction'
import { randomId, sha256Hex, utcTime, webAddress, z } from '../../../utils/model/schema'

const document = readFileSync(new URL('../../../docs/bundle-format.md', import.meta.url), 'utf8')

type Schema = {
  type?: string | string[]
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: Schema | false
  propertyNames?: Schema
  required?: string[]
  enum?: string[]
  const?: number
  pattern?: string
  maxLength?: number
  maxItems?: number
  minimum?: number
  exclusiveMinimum?: number
  default?: unknown
}

const patternOf = (schema: z.ZodType) => (z.toJSONSchema(schema) as Schema).pattern ?? ''
const named = new Map([
  [patternOf(randomId), 'id'],
  [patternOf(sha256Hex), 'digest'],
  [patternOf(utcTime), 'time'],
  [patternOf(webAddress), 'address'],
  [patternOf(PostReading.shape.platform), 'platform'],
])

function describeText(schema: Schema): string {
  if (schema.enum) return `one of ${schema.enum.join(' ')}`
  if (schema.pattern)
    return named.get(schema.pattern) ?? `like ${schema.pattern.slice(1, -1).replaceAll('\\/', '/')}`
  return `text ${schema.maxLength}`
}

function describeType(schema: Schema): string {
  if (schema.const !== undefined) return `always ${schema.const}`
  if (schema.type === 'string') return describeText(schema)
  if (schema.type === 'boolean') return 'yes or no'
  if (schema.type === 'array') return schema.maxItems === undefined ? 'list' : `list ${schema.maxItems}`
  if (schema.type === 'object')
    return schema.propertyNames ? `map ${schema.propertyNames.maxLength}` : 'record'
  if (schema.exclusiveMinimum === 0) return 'positive'
  return schema.minimum === 0 ? 'count' : 'whole'
}

/** Fields that are described by a table of their own. */
const tableOf: Record<string, string> = { post: 'reading', 'context[]': 'reading', item: 'facts' }

/** One line a field, in the notation of the document. */
function describeFields({ default: whenAbsent, ...schema }: Schema, path: string): string[] {
  if (whenAbsent !== undefined) {
    expect([null, []]).toContainEqual(whenAbsent)
    return describeFields(schema, path).map((line, i) => (i === 0 ? `${line}, may be absent` : line))
  }
  if (schema.anyOf) {
    const [first, second] = schema.anyOf
    expect(second).toEqual({ type: 'null' })
    return describeFields(first ?? {}, path).map((line, i) => (i === 0 ? `${line}, or null` : line))
  }
  if (Array.isArray(schema.type)) {
    const [first = '', second] = schema.type
    expect(second).toBe('null')
    return describeFields({ ...schema, type: first }, path).map((line) => `${line}, or null`)
  }
  const table = tableOf[path]
  const own = path === '' ? [] : [`${path}: ${table ?? describeType(schema)}`]
  if (table) return own
  const properties = schema.properties ?? {}
  expect(schema.required ?? []).toEqual(Object.keys(properties))
  const inside = Object.entries(properties).flatMap(([key, value]) =>
    describeFields(value, path === '' ? key : `${path}.${key}`),
  )
  const each = schema.items ? describeFields(schema.items, `${path}[]`) : []
  const values = schema.additionalProperties ? describeFields(schema.additionalProperties, `${path}{}`) : []
  return [...own, ...inside, ...each, ...values]
}

function blockOf(name: string): string[] {
  const [, block = ''] = document.split(`\n\`\`\`fields ${name}\n`)
  return (block.split('\n```')[0] ?? '').split('\n')
}

describe('docs/bundle-format.md', () => {
  it.each([
    ['reading', PostReading],
    ['item.json', Item],
    ['assessment.json', Assessment],
    ['redacted.json', RedactedFacts],
    ['case.json', BundleCase],
    ['identity.json', Identity],
    ['custody.jsonl', ExcerptLine],
    ['statement.dsse.json', Envelope],
  ])('describes every field of %s', (name, schema) => {
    expect(blockOf(name)).toEqual(describeFields(z.toJSONSchema(schema) as Schema, ''))
  })

  it('names every limit, and what is not proved', () => {
    const limits = [
      zipLimits.entries,
      zipLimits.bytes,
      zipLimits.nameBytes,
      jsonLimits.bytes,
      jsonLimits.signs,
      excerptLimit,
    ]
    for (const limit of limits) expect(document).toContain(limit.toLocaleString('en'))
    for (const id of notProvedIds) expect(document).toContain(`\`${id}\``)
  })
})
