import { useState } from 'preact/hooks'
import { Button } from '../shared/Button'
import { CheckField, TextField } from '../shared/Field'
import { useWords } from '../shared/words'
import type { NewContact, ShownKey } from './contacts'
import { KeyWords } from './KeyWords'
import styles from './Recipients.module.css'

type KeepFormProps = {
  keys: readonly ShownKey[]
  onKeep: (contact: NewContact) => void
  onCancel: () => void
}

/** Puts somebody into the address book: the name, a note, and whether the words of each key were compared. */
export function KeepForm({ keys, onKeep, onCancel }: KeepFormProps) {
  const { t } = useWords()
  const [name, setName] = useState('')
  const [note, setNote] = useState('')
  const [compared, setCompared] = useState<readonly string[]>([])
  const isReady = name.trim() !== '' && keys.length > 0
  const given = { name: name.trim(), note: note.trim() }
  const toKeep = keys.map(({ recipient }) => ({ recipient, isCompared: compared.includes(recipient) }))
  return (
    <form
      class={styles.part}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onKeep({ ...given, keys: toKeep })
      }}
    >
      {keys.map(({ recipient, words }) => (
        <fieldset class={styles.part} key={recipient} aria-label={words}>
          <KeyWords words={words} />
          <CheckField
            label={t('book.compared')}
            isOn={compared.includes(recipient)}
            onChange={(isOn) => {
              const others = compared.filter((one) => one !== recipient)
              setCompared(isOn ? [...others, recipient] : others)
            }}
          />
        </fieldset>
      ))}
      <TextField
        label={t('book.name')}
        hint={t('book.nameHint')}
        value={name}
        maxLength={100}
        onChange={setName}
      />
      <TextField label={t('book.note')} value={note} maxLength={1_000} onChange={setNote} />
      <div class={styles.buttons}>
        <Button kind="primary" isSubmit isOff={!isReady}>
          {t('book.add')}
        </Button>
        <Button onPress={onCancel}>{t('common.cancel')}</Button>
      </div>
    </form>
  )
}
