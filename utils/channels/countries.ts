/** The members of the European Union, for channels that hold there. */
const union = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
const otherNames: Record<string, string> = { UK: 'GB', EL: 'GR', USA: 'US', 'U.S.': 'US' }

let byName: Map<string, string> | null = null

/** Names of countries in the languages of the interface, in lower case, with their codes. */
function countriesByName(): Map<string, string> {
  const found = new Map<string, string>()
  for (const language of ['ar', 'es', 'en']) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    for (const first of letters)
      for (const second of letters) {
        const name = names.of(first + second)
        if (name !== undefined) found.set(name.toLowerCase(), first + second)
      }
  }
  return found
}

/** The ISO 3166 code of a country as people write it, by code or by name; null where neither is known. */
export function countryCode(text: string): string | null {
  const plain = text.trim()
  const upper = plain.toUpperCase()
  if (otherNames[upper] !== undefined) return otherNames[upper]
  if (/^[A-Z]{2}$/.test(upper)) return upper
  byName ??= countriesByName()
  return byName.get(plain.toLowerCase()) ?? null
}

/** Whether a channel that holds in `where` can be used in one of these countries; also when nothing is known. */
export function holdsThere(where: readonly string[], countries: readonly string[]): boolean {
  if (where.length === 0 || countries.length === 0) return true
  return countries.some((code) => where.includes(code) || (where.includes('EU') && union.includes(code)))
}
