import type { Case } from '../../utils/model/case'
import type { ItemSummary } from '../../utils/model/item'
import type { WordKey } from '../../utils/words/translate'
import { Button } from '../shared/Button'
import { CaseField } from '../shared/CaseField'
import { ConfirmButton } from '../shared/ConfirmButton'
import { type CaseFieldName, type Choices, groups, isFilled } from '../shared/case-fields'
import { ItemRow } from '../shared/ItemRow'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import styles from './Cases.module.css'
import { moveItem } from './order'

type CasePageProps = {
  value: Case
  items: ItemSummary[]
  choices: Choices
  shown: readonly string[]
  now: Date
  nameOf: (platformId: string) => string
  onChange: (patch: Partial<Case>) => void
  onShow: (id: string) => void
  onOpenItem: (id: string) => void
  onExport: () => void
  onDelete: () => void
  onBack: () => void
}

/** What only some receivers ask for, closed until wanted. */
const parts = [
  ['case.people', groups.people],
  ['case.field.authorisation', groups.authorisation],
  ['case.consent', groups.consent],
  ['case.danger', groups.danger],
  ['case.ground', groups.ground],
  ['case.context', groups.context],
  ['case.lengths', groups.lengths],
  ['case.legal', groups.legal],
  ['case.more', groups.more],
  ['case.appeal', groups.appeal],
  ['case.rabat', groups.rabat],
] as const satisfies readonly (readonly [WordKey, readonly CaseFieldName[]])[]

function CaseItems({
  value,
  items,
  ...props
}: Omit<CasePageProps, 'choices' | 'onExport' | 'onDelete' | 'onBack'>) {
  const { t } = useWords()
  const byId = new Map(items.map((item) => [item.id, item]))
  const ordered = value.itemIds.flatMap((id) => byId.get(id) ?? [])
  if (ordered.length === 0) return <p class={styles.quiet}>{t('case.noItems')}</p>
  const move = (id: string, by: 1 | -1) => props.onChange({ itemIds: moveItem(value.itemIds, { id, by }) })
  return (
    <ol class={styles.items}>
      {ordered.map((summary, index) => (
        <li key={summary.id}>
          <ItemRow
            summary={summary}
            platformName={props.nameOf(summary.platform)}
            now={props.now}
            hasPosted
            isShown={props.shown.includes(summary.id)}
            onShow={() => props.onShow(summary.id)}
            onOpen={() => props.onOpenItem(summary.id)}
          />
          <div class={styles.order}>
            <Button
              kind="plain"
              size="small"
              isOff={index === 0}
              name={t('case.up', { position: index + 1 })}
              onPress={() => move(summary.id, -1)}
            >
              ↑
            </Button>
            <Button
              kind="plain"
              size="small"
              isOff={index === ordered.length - 1}
              name={t('case.down', { position: index + 1 })}
              onPress={() => move(summary.id, 1)}
            >
              ↓
            </Button>
            <Button
              kind="plain"
              size="small"
              name={`${t('case.takeOut')}: ${index + 1}`}
              onPress={() => props.onChange({ itemIds: value.itemIds.filter((id) => id !== summary.id) })}
            >
              {t('case.takeOut')}
            </Button>
          </div>
        </li>
      ))}
    </ol>
  )
}

type PartProps = Pick<CasePageProps, 'value' | 'choices' | 'onChange'> & {
  title: WordKey
  names: readonly CaseFieldName[]
}

/** A group of fields, with how many of them are filled in. */
function Part({ title, names, value, ...props }: PartProps) {
  const { t } = useWords()
  const hasOldWords = title === 'case.field.authorisation' && value.authorisation !== ''
  const shown: readonly CaseFieldName[] = hasOldWords ? [...names, 'authorisation'] : names
  const filled = shown.filter((name) => isFilled(value, name)).length
  return (
    <details class={styles.part}>
      <summary>
        {t(title)} <span class={styles.quiet}>{t('case.filled', { count: filled, of: shown.length })}</span>
      </summary>
      <div class={styles.fields}>
        {shown.map((name) => (
          <CaseField key={name} name={name} value={value} {...props} />
        ))}
      </div>
    </details>
  )
}

/** One case: what happened, its items in order, and what some receivers ask for besides. */
export function CasePage(props: CasePageProps) {
  const { t } = useWords()
  const { value, choices, onChange } = props
  const field = (name: CaseFieldName) => (
    <CaseField key={name} name={name} value={value} choices={choices} onChange={onChange} />
  )
  const needsAuthorisation = value.reporterRole !== null && value.reporterRole !== 'self'
  const isShown = (title: WordKey) =>
    title !== 'case.field.authorisation' || needsAuthorisation || value.authorisation !== ''
  return (
    <section class={styles.page}>
      <div class={styles.top}>
        <Button kind="back" onPress={props.onBack}>
          {t('case.allCases')}
        </Button>
        <Button kind="primary" onPress={props.onExport}>
          {t('export.button')}
        </Button>
      </div>
      <PageHeading of={value.id} isForeign>
        {value.title}
      </PageHeading>
      <p class={styles.quiet}>{t('case.savedAsYouType')}</p>
      {field('title')}
      {field('narrative')}
      {field('types')}
      <h2>{t('case.items')}</h2>
      <CaseItems {...props} />
      <h2>{t('case.asked')}</h2>
      <p class={styles.quiet}>{t('case.onlyWhenAsked')}</p>
      <div>
        {parts
          .filter(([title]) => isShown(title))
          .map(([title, names]) => (
            <Part
              key={title}
              title={title}
              names={names}
              value={value}
              choices={choices}
              onChange={onChange}
            />
          ))}
      </div>
      <div>
        <ConfirmButton
          label={t('case.delete')}
          question={t('case.deleteQuestion')}
          confirm={t('case.deleteYes')}
          onConfirm={props.onDelete}
        />
      </div>
    </section>
  )
}
