import { useState } from 'preact/hooks'
import security from '../locker/Security.module.css'
import { Button } from '../shared/Button'
import { ConfirmButton } from '../shared/ConfirmButton'
import { CopyButton } from '../shared/CopyButton'
import { CheckField, TextField } from '../shared/Field'
import { useFocusMove, useLanding } from '../shared/focus'
import { isolate } from '../shared/format'
import { LongList } from '../shared/LongList'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { rowsOf } from '../shared/row-places'
import { useWords } from '../shared/words'
import {
  findContacts,
  type KeyEntryState,
  type NewContact,
  ownerOf,
  type ShownContact,
  type ShownKey,
  searchedFrom,
} from './contacts'
import { KeepForm } from './KeepForm'
import { KeyEntry } from './KeyEntry'
import { Compared, KeyWords } from './KeyWords'
import styles from './Recipients.module.css'

type AddressBookProps = {
  contacts: readonly ShownContact[]
  /** Records of the book that cannot be read. */
  damaged: number
  entry: KeyEntryState
  /** Keys that were read and belong to nobody yet. */
  found: readonly ShownKey[]
  onText: (text: string) => void
  onFile: (file: File) => void
  onAdd: (contact: NewContact) => void
  onForget: () => void
  onChange: (id: string, change: { name: string; note: string }) => void
  onCompare: (id: string, key: { recipient: string; isCompared: boolean }) => void
  onRemove: (id: string) => void
  onCopy: (text: string) => Promise<boolean>
  onBack: () => void
}

function Add(props: AddressBookProps) {
  const { t } = useWords()
  const { contacts, found } = props
  const isNew = ({ recipient }: ShownKey) => ownerOf(recipient, contacts) === null
  const fresh = found.filter(isNew)
  const known = found.filter((key) => !isNew(key))
  const box = useFocusMove<HTMLElement>(fresh.length, 'input')
  return (
    <section class={security.part} ref={box}>
      <h2>{t('book.addTitle')}</h2>
      {known.map(({ recipient }) => (
        <Notice key={recipient} tone="warning" isSpoken>
          <p>{t('book.known', { name: isolate(ownerOf(recipient, contacts) ?? '') })}</p>
        </Notice>
      ))}
      {fresh.length > 0 ? (
        <div class={security.box}>
          <KeepForm keys={fresh} onKeep={props.onAdd} onCancel={props.onForget} />
        </div>
      ) : (
        <KeyEntry state={props.entry} onText={props.onText} onFile={props.onFile} />
      )}
    </section>
  )
}

function Edit(props: {
  contact: ShownContact
  onSave: (change: { name: string; note: string }) => void
  onCancel: () => void
}) {
  const { t } = useWords()
  const [name, setName] = useState(props.contact.name)
  const [note, setNote] = useState(props.contact.note)
  const isReady = name.trim() !== ''
  return (
    <form
      class={styles.part}
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) props.onSave({ name: name.trim(), note: note.trim() })
      }}
    >
      <TextField label={t('book.name')} value={name} maxLength={100} onChange={setName} />
      <TextField label={t('book.note')} value={note} maxLength={1_000} onChange={setNote} />
      <div class={styles.buttons}>
        <Button kind="primary" isSubmit isOff={!isReady}>
          {t('book.save')}
        </Button>
        <Button onPress={props.onCancel}>{t('common.cancel')}</Button>
      </div>
    </form>
  )
}

type OneProps = Pick<AddressBookProps, 'onChange' | 'onCompare' | 'onRemove' | 'onCopy'>

function Key(props: OneProps & { contact: ShownContact; shown: ShownContact['keys'][number] }) {
  const { t } = useWords()
  const { contact, shown } = props
  const { recipient, words, comparedAt } = shown
  return (
    <div class={styles.key}>
      <KeyWords words={words} />
      <details class={styles.more}>
        <summary>{t('book.key')}</summary>
        <code class={styles.words} dir="ltr" translate={false}>
          {recipient}
        </code>
        <CopyButton what={t('book.keyText', { name: contact.name })} onCopy={() => props.onCopy(recipient)} />
      </details>
      <Compared at={comparedAt} />
      <CheckField
        label={t('book.compared')}
        isOn={comparedAt !== null}
        onChange={(isCompared) => props.onCompare(contact.id, { recipient, isCompared })}
      />
    </div>
  )
}

function One(props: OneProps & { contact: ShownContact }) {
  const { t } = useWords()
  const { contact, onChange, onRemove } = props
  const { id, name, note, keys } = contact
  const [isEditing, setEditing] = useState(false)
  const box = useFocusMove<HTMLElement>(isEditing, isEditing ? 'input' : 'button')
  return (
    <section class={styles.card} ref={box} aria-label={name}>
      {isEditing ? (
        <Edit
          contact={contact}
          onSave={(change) => {
            setEditing(false)
            onChange(id, change)
          }}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <>
          <h3 class={styles.name}>
            <bdi>{name}</bdi>
          </h3>
          {note !== '' && (
            <p class={styles.note}>
              <bdi>{note}</bdi>
            </p>
          )}
        </>
      )}
      {keys.map((key) => (
        <Key key={key.recipient} {...props} shown={key} />
      ))}
      {!isEditing && (
        <div class={styles.buttons}>
          <Button name={`${t('book.change')}: ${name}`} onPress={() => setEditing(true)}>
            {t('book.change')}
          </Button>
          <ConfirmButton
            label={t('book.remove')}
            question={t('book.removeQuestion', { name: isolate(name) })}
            confirm={t('book.removeConfirm')}
            onConfirm={() => onRemove(id)}
          />
        </div>
      )}
    </section>
  )
}

function Everybody(props: AddressBookProps) {
  const { t } = useWords()
  const { contacts } = props
  const [search, setSearch] = useState('')
  const found = findContacts(contacts, search)
  // Who was removed, or added, takes the form that was pressed along.
  useLanding(contacts.length, '[data-everybody]')
  return (
    <section class={security.part}>
      <h2 tabIndex={-1} data-everybody>
        {contacts.length === 0 ? t('book.empty') : t('book.listTitle', { count: contacts.length })}
      </h2>
      {contacts.length >= searchedFrom && (
        <TextField label={t('book.search')} value={search} keyboard="search" onChange={setSearch} />
      )}
      {contacts.length > 0 && found.length === 0 && <p role="status">{t('book.noneFound')}</p>}
      <LongList
        class={styles.list}
        rowClass={styles.spaced}
        rows={rowsOf(found.map(({ id }) => id))}
        rowHeight={240}
        renderRow={(index) => {
          const contact = found[index]
          return contact && <One {...props} contact={contact} />
        }}
      />
    </section>
  )
}

/** The people and helplines whose public keys the person keeps. */
export function AddressBook(props: AddressBookProps) {
  const { t } = useWords()
  const { damaged } = props
  return (
    <section class={security.page}>
      <div>
        <Button kind="back" onPress={props.onBack}>
          {t('locker.settings')}
        </Button>
      </div>
      <PageHeading of="address-book">{t('book.title')}</PageHeading>
      <section class={security.part}>
        <p>{t('book.about')}</p>
        <p>{t('book.howTo')}</p>
        <p class={security.hint}>{t('book.words')}</p>
      </section>
      {damaged > 0 && (
        <Notice tone="warning">
          <p>{t('book.damaged', { count: damaged })}</p>
        </Notice>
      )}
      <Everybody {...props} />
      <Add {...props} />
    </section>
  )
}
