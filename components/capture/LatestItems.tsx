import type { Case } from '../../utils/model/case'
import type { ItemSummary } from '../../utils/model/item'
import { AddToCase } from '../shared/AddToCase'
import { Button } from '../shared/Button'
import { isolate } from '../shared/format'
import { ItemRow } from '../shared/ItemRow'
import { useWords } from '../shared/words'
import styles from './LatestItems.module.css'

type LatestItemsProps = {
  items: ItemSummary[]
  cases: Case[]
  chosen: readonly string[]
  shown: readonly string[]
  /** Title of the case that items were added to just now; null for none. */
  addedTo: string | null
  now: Date
  nameOf: (platformId: string) => string
  onChoose: (id: string) => void
  onShow: (id: string) => void
  onAddToCase: (choice: { caseId: string | null; title: string }) => void
  onExport: () => void
}

/** The newest items, words hidden, and what can be done with those that are ticked. */
export function LatestItems(props: LatestItemsProps) {
  const { t } = useWords()
  if (props.items.length === 0) {
    return (
      <p class={styles.empty} tabIndex={-1} data-landing>
        {t('popup.noItems')}
      </p>
    )
  }
  return (
    <section class={styles.latest}>
      <h2 tabIndex={-1} data-landing>
        {t('popup.latest')}
      </h2>
      <ul>
        {props.items.map((summary) => (
          <li key={summary.id} class={styles.item}>
            <ItemRow
              summary={summary}
              platformName={props.nameOf(summary.platform)}
              now={props.now}
              isShown={props.shown.includes(summary.id)}
              isChosen={props.chosen.includes(summary.id)}
              onShow={() => props.onShow(summary.id)}
              onChoose={() => props.onChoose(summary.id)}
            />
          </li>
        ))}
      </ul>
      <div class={styles.actions}>
        <p class={styles.added} role="status">
          {props.addedTo !== null && t('case.added', { title: isolate(props.addedTo) })}
        </p>
        {props.chosen.length > 0 && <AddToCase cases={props.cases} onAdd={props.onAddToCase} />}
        <Button onPress={props.onExport}>
          {props.chosen.length > 0 ? t('export.chosen', { count: props.chosen.length }) : t('export.button')}
        </Button>
      </div>
    </section>
  )
}
