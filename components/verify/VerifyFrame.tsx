import type { ComponentChildren } from 'preact'
import { SelectField } from '../shared/Field'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './Verify.module.css'

type VerifyFrameProps = {
  languages: { language: string; name: string }[]
  onLanguage: (language: string) => void
  children: ComponentChildren
}

/** The verifier's page round its content: what it is, and the language. */
export function VerifyFrame({ languages, onLanguage, children }: VerifyFrameProps) {
  const { t, language, isReviewed } = useWords()
  return (
    <div class={styles.page}>
      <header class={styles.top}>
        <p class={styles.name}>{t('app.name')}</p>
        <SelectField
          label={t('settings.language')}
          value={language}
          options={languages.map((one) => ({ value: one.language, label: one.name, language: one.language }))}
          onChange={onLanguage}
        />
      </header>
      <main class={styles.main}>
        {!isReviewed && (
          <Notice tone="calm">
            <p>{t('settings.notReviewed')}</p>
          </Notice>
        )}
        {children}
      </main>
    </div>
  )
}
