import { Button } from '../shared/Button'
import { CopyButton } from '../shared/CopyButton'
import { dayText } from '../shared/format'
import { useWords } from '../shared/words'
import styles from './RecoverySheet.module.css'

type RecoverySheetProps = { code: string; onCopy: (text: string) => Promise<boolean> }

/** A recovery code, shown once: to be printed or written down. Printing prints this sheet and nothing else. */
export function RecoverySheet({ code, onCopy }: RecoverySheetProps) {
  const { t, language } = useWords()
  const today = dayText(new Date().toISOString(), language)
  return (
    <>
      <section class={styles.sheet} data-print-alone aria-labelledby="recovery-sheet">
        <h2 id="recovery-sheet">{t('recovery.sheet.title')}</h2>
        <p>{t('recovery.sheet.what')}</p>
        <ol class={styles.code} dir="ltr" translate={false}>
          {code.split('-').map((group) => (
            <li key={group}>
              <span class={styles.group}>{group}</span>
            </li>
          ))}
        </ol>
        <p>{t('recovery.sheet.how')}</p>
        <p>{t('recovery.sheet.keep')}</p>
        <p class={styles.made}>{t('recovery.sheet.made', { day: today })}</p>
      </section>
      <p>{t('recovery.writeDown')}</p>
      <div class={styles.buttons}>
        <Button onPress={() => window.print()}>{t('recovery.print')}</Button>
        <CopyButton what={t('recovery.code')} onCopy={() => onCopy(code)} />
      </div>
      <p class={styles.hint}>{t('recovery.printHint')}</p>
    </>
  )
}
