/** A JSON Schema (draft 7), as far as the published schemas that tests carry use it. */
export type AnySchema = { [keyword: string]: unknown }

const known = new Set([
  '$schema',
  'anyOf',
  'oneOf',
  'enum',
  'format',
  'items',
  'minItems',
  'minProperties',
  'minimum',
  'pattern',
  'properties',
  'required',
  'type',
  'uniqueItems',
  // Written so in the published schema where `items` was meant; a validator passes over words it does not know.
  'item',
])

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isOfType(type: unknown, value: unknown): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isObject(value)
    case 'integer':
      return Number.isInteger(value)
    case 'null':
      return value === null
    default:
      return typeof value === type
  }
}

type Check = (given: unknown, value: unknown, at: string) => string[]
const wrong = (at: string, keyword: string): string[] => [`${at}: ${keyword}`]
const schemas = (given: unknown) => given as AnySchema[]
const fitting = (given: unknown, value: unknown, at: string) =>
  schemas(given).filter((one) => schemaErrors(one, value, at).length === 0).length

const checks: Record<string, Check> = {
  type: (given, value, at) => ([given].flat().some((type) => isOfType(type, value)) ? [] : wrong(at, 'type')),
  enum: (given, value, at) =>
    (given as unknown[]).some((one) => JSON.stringify(one) === JSON.stringify(value))
      ? []
      : wrong(at, 'enum'),
  anyOf: (given, value, at) => (fitting(given, value, at) > 0 ? [] : wrong(at, 'anyOf')),
  oneOf: (given, value, at) => (fitting(given, value, at) === 1 ? [] : wrong(at, 'oneOf')),
  pattern: (given, value, at) =>
    typeof value !== 'string' || new RegExp(String(given), 'u').test(value) ? [] : wrong(at, 'pattern'),
  minimum: (given, value, at) =>
    typeof value !== 'number' || value >= Number(given) ? [] : wrong(at, 'minimum'),
  minItems: (given, value, at) =>
    !Array.isArray(value) || value.length >= Number(given) ? [] : wrong(at, 'minItems'),
  minProperties: (given, value, at) =>
    !isObject(value) || Object.keys(value).length >= Number(given) ? [] : wrong(at, 'minProperties'),
  uniqueItems: (_given, value, at) =>
    !Array.isArray(value) || new Set(value.map((one) => JSON.stringify(one))).size === value.length
      ? []
      : wrong(at, 'uniqueItems'),
  required: (given, value, at) =>
    isObject(value)
      ? (given as string[]).filter((name) => !(name in value)).map((name) => `${at}: no ${name}`)
      : [],
  items: (given, value, at) =>
    Array.isArray(value)
      ? value.flatMap((one, index) => schemaErrors(given as AnySchema, one, `${at}/${index}`))
      : [],
  properties: (given, value, at) =>
    isObject(value)
      ? Object.entries(given as Record<string, AnySchema>).flatMap(([name, schema]) =>
          name in value ? schemaErrors(schema, value[name], `${at}/${name}`) : [],
        )
      : [],
}

/**
 * Where a value breaks a schema; empty when nowhere. Knows the words listed above and throws on any other, so that
 * none goes unchecked; `format` is passed over, as the standard allows.
 */
export function schemaErrors(schema: AnySchema, value: unknown, at = ''): string[] {
  return Object.entries(schema).flatMap(([keyword, given]) => {
    if (!known.has(keyword)) throw new Error(`unknown word in the schema: ${keyword}`)
    return checks[keyword]?.(given, value, at) ?? []
  })
}
