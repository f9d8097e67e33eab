import { SelectField } from '../shared/Field'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import styles from './ItemList.module.css'

type SettingsPageProps = {
  language: string | null
  idleMinutes: number
  languages: { language: string; name: string }[]
  version: string
  onLanguage: (language: string | null) => void
  onIdleMinutes: (minutes: number) => void
}

const minutesOffered = [1, 2, 5, 10, 15, 20, 30]

/** Every setting, with a sentence of what it leads to. */
export function SettingsPage(props: SettingsPageProps) {
  const { t, isReviewed } = useWords()
  const minutes = [...new Set([...minutesOffered, props.idleMinutes])].sort((a, b) => a - b)
  return (
    <section class={styles.page}>
      <PageHeading of="settings">{t('locker.settings')}</PageHeading>
      <SelectField
        label={t('settings.language')}
        hint={t('settings.languageHint')}
        value={props.language ?? ''}
        options={[
          { value: '', label: t('settings.languageOfBrowser') },
          ...props.languages.map(({ language, name }) => ({ value: language, label: name, language })),
        ]}
        onChange={(language) => props.onLanguage(language === '' ? null : language)}
      />
      {!isReviewed && (
        <Notice tone="calm">
          <p>{t('settings.notReviewed')}</p>
        </Notice>
      )}
      <SelectField
        label={t('settings.idle')}
        hint={t('settings.idleHint')}
        value={String(props.idleMinutes)}
        options={minutes.map((count) => ({ value: String(count), label: t('settings.minutes', { count }) }))}
        onChange={(value) => props.onIdleMinutes(Number(value))}
      />
      <p class={styles.count}>{t('settings.version', { version: props.version })}</p>
    </section>
  )
}
