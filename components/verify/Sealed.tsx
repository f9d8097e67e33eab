import { useState } from 'preact/hooks'
import { Button } from '../shared/Button'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { PassphraseField } from '../shared/PassphraseField'
import { useWords } from '../shared/words'
import { Command } from './ClaimGroup'
import styles from './Verify.module.css'

type SealedProps = {
  fileName: string
  /** Why it was not opened, in words; null before the first try. */
  trouble: string | null
  /** Whether another key may help. */
  canOpen: boolean
  onOpen: (key: string) => void
  onAnother: () => void
}

/** Asks for the key of an encrypted file, and says how to open it with other tools. */
export function Sealed({ fileName, trouble, canOpen, onOpen, onAnother }: SealedProps) {
  const { t } = useWords()
  const [key, setKey] = useState('')
  return (
    <form
      class={styles.stack}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (canOpen && key !== '') onOpen(key)
      }}
    >
      <div class={styles.close}>
        <PageHeading of={fileName}>{t('verifier.sealed')}</PageHeading>
        <p class={styles.foreign}>
          <bdi>{fileName}</bdi>
        </p>
      </div>
      {trouble !== null && (
        <Notice tone="problem" isSpoken>
          <p>{trouble}</p>
        </Notice>
      )}
      {canOpen && (
        <PassphraseField
          label={t('verifier.key')}
          hint={t('verifier.sealedIntro')}
          value={key}
          onChange={setKey}
        />
      )}
      <div class={styles.actions}>
        {canOpen && (
          <Button kind="primary" isSubmit isOff={key === ''}>
            {t('verifier.open')}
          </Button>
        )}
        <Button onPress={onAnother}>{t('verifier.another')}</Button>
      </div>
      <div class={styles.close}>
        <p class={styles.soft}>{t('verifier.byAge')}</p>
        <Command>age -d -o bundle.zip bundle.zip.age</Command>
        <Command>age -d -i key.txt -o bundle.zip bundle.zip.age</Command>
      </div>
    </form>
  )
}
