/** More than platforms write for one page; what is longer is not parsed. */
const longest = 300_000

const parsed = new WeakMap<Element, { source: string; value: unknown }>()

function parse(source: string): unknown {
  if (source.length === 0 || source.length > longest) return null
  try {
    return JSON.parse(source)
  } catch {
    // Not JSON: nothing to learn from it.
    return null
  }
}

/** The JSON in an element, parsed once for each content. Null when it is none, or longer than 300,000 units. */
export function readJson(element: Element | null): unknown {
  if (!element) return null
  const source = element.textContent ?? ''
  const known = parsed.get(element)
  if (known?.source === source) return known.value
  const value = parse(source)
  parsed.set(element, { source, value })
  return value
}

/** What lies at these names, one inside the other. Null where there is nothing; never an inherited property. */
export function valueAt(value: unknown, ...names: string[]): unknown {
  let at = value
  for (const name of names) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return null
    at = Reflect.get(at, name)
  }
  return at
}

/** As `valueAt`, where it is text with something in it; numbers as text. Null for everything else. */
export function textAt(value: unknown, ...names: string[]): string | null {
  const found = valueAt(value, ...names)
  if (typeof found === 'number') return String(found)
  return typeof found === 'string' && found.trim() !== '' ? found : null
}

/** Where the object that begins at `start` ends; -1 when it does not within the bounds. */
function endOfObject(source: string, start: number): number {
  let depth = 0
  let isInText = false
  const limit = Math.min(source.length, start + longest)
  for (let at = start; at < limit; at += 1) {
    const letter = source[at]
    if (isInText) {
      if (letter === '\\') at += 1
      else if (letter === '"') isInText = false
    } else if (letter === '"') isInText = true
    else if (letter === '{') depth += 1
    else if (letter === '}') depth -= 1
    if (!isInText && depth === 0) return at + 1
  }
  return -1
}

/**
 * The first object that stands after `"name":` in a script's text, such as one inside a long assignment; `name` of
 * letters only. Null when
 * there is none, or it is no JSON, or it is longer than 300,000 units. Never runs what it reads.
 */
export function objectAfter(source: string, name: string): unknown {
  const found = new RegExp(`"${name}"\\s*:\\s*\\{`).exec(source)
  if (!found) return null
  const start = found.index + found[0].length - 1
  const end = endOfObject(source, start)
  return end < 0 ? null : parse(source.slice(start, end))
}
