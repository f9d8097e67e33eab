import { useId, useState } from 'preact/hooks'
import { Button } from '../shared/Button'
import { TextField } from '../shared/Field'
import { useFocusMove, useLanding } from '../shared/focus'
import { LongList } from '../shared/LongList'
import { rowsOf } from '../shared/row-places'
import { useWords } from '../shared/words'
import {
  findContacts,
  type KeyEntryState,
  type NewContact,
  type ShownContact,
  type ShownKey,
  searchedFrom,
  strangers,
} from './contacts'
import { KeepForm } from './KeepForm'
import { KeyEntry } from './KeyEntry'
import { Compared, KeyWords } from './KeyWords'
import styles from './Recipients.module.css'

export type ChooseRecipientsProps = {
  contacts: readonly ShownContact[]
  /** The public keys that are chosen. */
  recipients: readonly string[]
  /** Keys safe against quantum computers stand beside others: age refuses to mix them. */
  areMixed: boolean
  entry: KeyEntryState
  wordsOf: (recipient: string) => string
  onChoose: (recipients: string[]) => void
  onText: (text: string) => void
  onFile: (file: File) => void
  onKeep: (contact: NewContact) => void
}

type Row = { id: string; label: string; contact: ShownContact; key: ShownContact['keys'][number] }

function KnownKey(props: { row: Row; isOn: boolean; onToggle: () => void }) {
  const id = useId()
  const { row, isOn, onToggle } = props
  return (
    <div class={styles.row} data-on={isOn ? 'true' : undefined}>
      <input
        id={id}
        type="checkbox"
        checked={isOn}
        autocomplete="off"
        aria-describedby={`${id}-words`}
        onChange={onToggle}
      />
      <label for={id}>
        <strong>
          <bdi>{row.label}</bdi>
        </strong>
        {row.contact.note !== '' && (
          <span class={styles.note}>
            <bdi>{row.contact.note}</bdi>
          </span>
        )}
      </label>
      <p class={styles.about} id={`${id}-words`}>
        <KeyWords words={row.key.words} /> <Compared at={row.key.comparedAt} />
      </p>
    </div>
  )
}

function FromBook({ contacts, recipients, onChoose }: ChooseRecipientsProps) {
  const { t } = useWords()
  const [search, setSearch] = useState('')
  const found = new Set(findContacts(contacts, search))
  // What is chosen stays in sight, whatever is searched for.
  const rows = contacts.flatMap((contact) =>
    contact.keys.flatMap((key, index): Row[] => {
      if (!found.has(contact) && !recipients.includes(key.recipient)) return []
      const { name, keys } = contact
      const label =
        keys.length === 1 ? name : t('book.keyOf', { name, number: index + 1, count: keys.length })
      return [{ id: `${contact.id} ${index}`, label, contact, key }]
    }),
  )
  return (
    <fieldset class={styles.part} aria-label={t('book.choose')}>
      <p class={styles.label}>{t('book.choose')}</p>
      {contacts.length === 0 && <p class={styles.hint}>{t('book.emptyHere')}</p>}
      {contacts.length >= searchedFrom && (
        <TextField label={t('book.search')} value={search} keyboard="search" onChange={setSearch} />
      )}
      {contacts.length > 0 && rows.length === 0 && <p role="status">{t('book.noneFound')}</p>}
      <LongList
        class={styles.list}
        rows={rowsOf(rows.map(({ id }) => id))}
        rowHeight={88}
        renderRow={(index) => {
          const row = rows[index]
          if (!row) return null
          const { recipient } = row.key
          const isOn = recipients.includes(recipient)
          const others = recipients.filter((one) => one !== recipient)
          return (
            <KnownKey
              row={row}
              isOn={isOn}
              onToggle={() => onChoose(isOn ? others : [...others, recipient])}
            />
          )
        }}
      />
    </fieldset>
  )
}

function Stranger(props: { shown: ShownKey; onDrop: () => void; onKeep: (contact: NewContact) => void }) {
  const { t } = useWords()
  const [isKeeping, setKeeping] = useState(false)
  const box = useFocusMove<HTMLLIElement>(isKeeping, 'input, button')
  const { shown, onDrop, onKeep } = props
  if (isKeeping)
    return (
      <li class={styles.card} ref={box}>
        <KeepForm keys={[shown]} onKeep={onKeep} onCancel={() => setKeeping(false)} />
      </li>
    )
  return (
    <li class={styles.card} ref={box}>
      <KeyWords words={shown.words} />
      <Compared at={null} />
      <div class={styles.buttons}>
        <Button size="small" onPress={() => setKeeping(true)} name={`${t('book.keep')}: ${shown.words}`}>
          {t('book.keep')}
        </Button>
        <Button size="small" onPress={onDrop} name={`${t('book.drop')}: ${shown.words}`}>
          {t('book.drop')}
        </Button>
      </div>
    </li>
  )
}

/** To whom something is encrypted: people of the address book, and others whose keys are pasted or in a file. */
export function ChooseRecipients(props: ChooseRecipientsProps) {
  const { t } = useWords()
  const { contacts, recipients, areMixed, entry, wordsOf, onChoose, onKeep } = props
  const others = strangers(recipients, contacts)
  useLanding(others.length, '[data-chosen]')
  return (
    <>
      <FromBook {...props} />
      {others.length > 0 && (
        <section class={styles.part}>
          <p class={styles.label} tabIndex={-1} data-chosen>
            {t('book.others')}
          </p>
          <ul class={styles.rows}>
            {others.map((recipient) => (
              <Stranger
                key={recipient}
                shown={{ recipient, words: wordsOf(recipient) }}
                onDrop={() => onChoose(recipients.filter((one) => one !== recipient))}
                onKeep={onKeep}
              />
            ))}
          </ul>
        </section>
      )}
      <KeyEntry state={entry} onText={props.onText} onFile={props.onFile} />
      <p class={styles.hint} role="status">
        {recipients.length === 0 ? t('book.nobodyChosen') : t('book.chosen', { count: recipients.length })}
      </p>
      {areMixed && (
        <p class={styles.error} role="alert">
          {t('export.mixedRecipients')}
        </p>
      )}
    </>
  )
}
