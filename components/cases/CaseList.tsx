import { useState } from 'preact/hooks'
import type { Case } from '../../utils/model/case'
import { Button } from '../shared/Button'
import { TextField } from '../shared/Field'
import { dayText } from '../shared/format'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import styles from './Cases.module.css'

type CaseListProps = {
  cases: Case[]
  onOpen: (id: string) => void
  onCreate: (title: string) => void
  onDataset: () => void
}

/** Every case, and the way to begin one. */
export function CaseList({ cases, onOpen, onCreate, onDataset }: CaseListProps) {
  const { t, language } = useWords()
  const [title, setTitle] = useState('')
  return (
    <section class={styles.page}>
      <PageHeading of="cases">{t('locker.cases')}</PageHeading>
      {cases.length === 0 && <p class={styles.quiet}>{t('case.empty')}</p>}
      <ul class={styles.list}>
        {cases.map((one) => (
          <li key={one.id}>
            <button type="button" class={styles.card} onClick={() => onOpen(one.id)}>
              <strong dir="auto">{one.title}</strong>
              <span class={styles.quiet}>
                {t('case.about', { count: one.itemIds.length, day: dayText(one.changedAt, language) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <form
        class={styles.create}
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          if (title.trim() !== '') onCreate(title.trim())
        }}
      >
        <TextField label={t('case.newTitle')} value={title} maxLength={200} onChange={setTitle} />
        <Button kind={cases.length === 0 ? 'primary' : 'quiet'} isSubmit isOff={title.trim() === ''}>
          {t('case.create')}
        </Button>
      </form>
      <section class={styles.list}>
        <h2>{t('dataset.title')}</h2>
        <p class={styles.quiet}>{t('dataset.hint')}</p>
        <div>
          <Button onPress={onDataset}>{t('dataset.start')}</Button>
        </div>
      </section>
    </section>
  )
}
