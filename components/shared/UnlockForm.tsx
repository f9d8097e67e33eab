import { useState } from 'preact/hooks'
import type { Problem } from '../../utils/model/problem'
import { Button } from './Button'
import { PassphraseField } from './PassphraseField'
import styles from './UnlockForm.module.css'
import { useWords } from './words'

type UnlockFormProps = {
  problem: Problem | null
  /** Wrong passphrases since the page was opened. */
  wrongTries: number
  isBusy: boolean
  /** The field takes the focus at once: where unlocking is what the page is for. */
  isFirst?: boolean
  onUnlock: (passphrase: string) => void
}

const triesBeforeReminder = 5

/** One field to unlock with. */
export function UnlockForm({ problem, wrongTries, isBusy, isFirst, onUnlock }: UnlockFormProps) {
  const { t } = useWords()
  const [passphrase, setPassphrase] = useState('')
  return (
    <form
      class={styles.form}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy && passphrase !== '') onUnlock(passphrase)
      }}
    >
      <PassphraseField
        label={t('passphrase.label')}
        value={passphrase}
        error={problem ? t(`problem.${problem.code}`) : null}
        isFirst={isFirst}
        onChange={setPassphrase}
      />
      {wrongTries >= triesBeforeReminder && <p>{t('unlock.reminder')}</p>}
      <Button kind="primary" size="wide" isSubmit isOff={isBusy}>
        {isBusy ? t('unlock.busy') : t('unlock.button')}
      </Button>
    </form>
  )
}
