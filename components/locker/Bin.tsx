import type { ItemSummary } from '../../utils/model/item'
import { Button } from '../shared/Button'
import { ItemRow } from '../shared/ItemRow'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import styles from './ItemList.module.css'

type BinProps = {
  items: ItemSummary[]
  shown: readonly string[]
  now: Date
  nameOf: (platformId: string) => string
  onShow: (id: string) => void
  onRestore: (id: string) => void
  onBack: () => void
}

/** What was put away, and the way back. */
export function Bin(props: BinProps) {
  const { t } = useWords()
  return (
    <section class={styles.page}>
      <div>
        <Button kind="back" onPress={props.onBack}>
          {t('bin.back')}
        </Button>
      </div>
      <PageHeading of="bin">{t('bin.title')}</PageHeading>
      <p class={styles.count}>{props.items.length === 0 ? t('bin.empty') : t('bin.about')}</p>
      <ul class={styles.rows}>
        {props.items.map((summary) => (
          <li key={summary.id}>
            <ItemRow
              summary={summary}
              platformName={props.nameOf(summary.platform)}
              now={props.now}
              hasPosted
              isShown={props.shown.includes(summary.id)}
              onShow={() => props.onShow(summary.id)}
            />
            <Button size="small" onPress={() => props.onRestore(summary.id)}>
              {t('bin.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
