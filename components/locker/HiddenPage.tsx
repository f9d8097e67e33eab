import { Button } from '../shared/Button'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import styles from './Security.module.css'

/** In place of everything: a page that says nothing, and the way back. */
export function HiddenPage({ onBack }: { onBack: () => void }) {
  const { t } = useWords()
  return (
    <main class={styles.hidden}>
      <PageHeading of="hidden">{t('hide.empty')}</PageHeading>
      <Button size="small" onPress={onBack}>
        {t('common.back')}
      </Button>
    </main>
  )
}
