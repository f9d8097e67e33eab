/*
 * Countries by the regions of the United Nations' list M49, so that a country never leaves. Codes are ISO 3166-1
 * alpha-2; a territory that is missing here counts as unknown.
 */
const regions: Record<string, string> = {
  africa:
    'DZ AO BJ BW BF BI CV CM CF TD KM CG CD CI DJ EG GQ ER SZ ET GA GM GH GN GW KE LS LR LY MG MW ML MR MU YT MA MZ NA NE NG RE RW ST SN SC SL SO ZA SS SD TZ TG TN UG EH ZM ZW',
  americas:
    'AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI',
  asia: 'AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE',
  europe:
    'AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK',
  oceania: 'AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV VU WF WS',
}

/** The codes of the column `region`. */
export const regionCodes = [...Object.keys(regions), 'unknown']

const byCode = new Map(
  Object.entries(regions).flatMap(([region, codes]) =>
    codes.split(' ').map((code) => [code, region] as const),
  ),
)

const languages = ['en', 'ar', 'fr', 'es', 'de', 'ru', 'pt', 'tr', 'fa', 'uk', 'pl', 'hi', 'my']
let byName: Map<string, string> | null = null

/** Every country's name in some languages, lower case. */
function namesOfCountries(): Map<string, string> {
  if (byName) return byName
  const names = new Map([...byCode].map(([code, region]) => [code.toLowerCase(), region]))
  for (const language of languages) {
    const display = new Intl.DisplayNames([language], { type: 'region' })
    for (const [code, region] of byCode) names.set((display.of(code) ?? code).toLowerCase(), region)
  }
  byName = names
  return names
}

/** The region of a country given as a code or by its name; `unknown` for anything else. */
export function regionOf(country: string): string {
  return namesOfCountries().get(country.trim().toLowerCase()) ?? 'unknown'
}
