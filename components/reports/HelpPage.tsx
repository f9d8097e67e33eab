import { useState } from 'preact/hooks'
import { SelectField } from '../shared/Field'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import styles from './Help.module.css'

/** An organisation that helps, as the screen shows it. Everything in the language of the interface. */
export type HelpPlace = {
  id: string
  name: string
  does: string
  notes: string[]
  warnings: string[]
  /** ISO 3166 codes, or `EU`; empty for everywhere. */
  countries: string[]
  /** BCP 47 tags; empty where none are stated. */
  languages: string[]
  /** Null unless a person has read it there. */
  verifiedAddress: string | null
  mail: { address: string; isConfirmed: boolean } | null
  phone: { number: string; isConfirmed: boolean } | null
  /** How well all this is known, and of when. */
  known: string
}

type HelpPageProps = { places: HelpPlace[]; countryMatches: (place: HelpPlace, country: string) => boolean }

function nameIn(language: string, type: 'region' | 'language', code: string): string {
  return new Intl.DisplayNames([language], { type }).of(code) ?? code
}

function listText(language: string, names: string[]): string {
  return new Intl.ListFormat(language).format(names)
}

function Reach({ place }: { place: HelpPlace }) {
  const { t } = useWords()
  const { name, mail, phone, verifiedAddress } = place
  const doubt = (isConfirmed: boolean) => (isConfirmed ? '' : ` ${t('help.notConfirmed')}`)
  return (
    <div>
      <p class={styles.label}>{t('help.answers')}</p>
      <ul class={styles.points}>
        <li>
          {verifiedAddress === null ? (
            t('help.find', { name })
          ) : (
            <a href={verifiedAddress} target="_blank" rel="noopener noreferrer">
              {t('help.open', { name })}
            </a>
          )}
        </li>
        {mail && (
          <li>
            {t('help.mail', { address: `\u2066${mail.address}\u2069` })}
            {doubt(mail.isConfirmed)}
          </li>
        )}
        {phone && (
          <li>
            {t('help.phone', { number: `\u2066${phone.number}\u2069` })}
            {doubt(phone.isConfirmed)}
          </li>
        )}
      </ul>
    </div>
  )
}

function Place({ place }: { place: HelpPlace }) {
  const { t, language } = useWords()
  const countries = place.countries.map((code) => nameIn(language, 'region', code))
  const languages = place.languages.map((code) => nameIn(language, 'language', code))
  return (
    <article class={styles.place}>
      <h2>{place.name}</h2>
      <p>{place.does}</p>
      <Reach place={place} />
      {place.warnings.length > 0 && (
        <Notice tone="warning">
          <ul class={styles.points}>
            {place.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      )}
      {place.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <p class={styles.quiet}>
        {countries.length === 0
          ? t('help.everywhere')
          : t('help.covers', { countries: listText(language, countries) })}{' '}
        {languages.length === 0
          ? t('help.speaksUnknown')
          : t('help.speaks', { languages: listText(language, languages) })}{' '}
        {place.known}
      </p>
    </article>
  )
}

/** Who can help, by country and language, and how each may be reached. */
export function HelpPage({ places, countryMatches }: HelpPageProps) {
  const { t, language } = useWords()
  const [country, setCountry] = useState('')
  const [spoken, setSpoken] = useState('')
  const options = (type: 'region' | 'language', codes: string[], any: string) => [
    { value: '', label: any },
    ...[...new Set(codes)]
      .map((code) => ({ value: code, label: nameIn(language, type, code) }))
      .sort((one, other) => one.label.localeCompare(other.label, language)),
  ]
  const shown = places.filter(
    (place) =>
      (country === '' || countryMatches(place, country)) &&
      (spoken === '' || place.languages.length === 0 || place.languages.includes(spoken)),
  )
  const countries = places.flatMap((place) => place.countries)
  const languages = places.flatMap((place) => place.languages)
  return (
    <section class={styles.page}>
      <PageHeading of="help">{t('help.title')}</PageHeading>
      <p>{t('help.what')}</p>
      <Notice tone="calm">
        <p>{t('help.danger')}</p>
        <p>{t('help.safe')}</p>
      </Notice>
      <div class={styles.filters}>
        {countries.length > 0 && (
          <SelectField
            label={t('help.country')}
            value={country}
            options={options('region', countries, t('help.anyCountry'))}
            onChange={setCountry}
          />
        )}
        {languages.length > 0 && (
          <SelectField
            label={t('help.language')}
            value={spoken}
            options={options('language', languages, t('help.anyLanguage'))}
            onChange={setSpoken}
          />
        )}
      </div>
      {shown.length === 0 && <p>{t('help.none')}</p>}
      {shown.map((place) => (
        <Place key={place.id} place={place} />
      ))}
    </section>
  )
}
