import { useMemo } from 'preact/hooks'
import type { ItemSummary } from '../../utils/model/item'
import type { Problem } from '../../utils/model/problem'
import { Button } from '../shared/Button'
import { useLanding } from '../shared/focus'
import { dayText, isolate } from '../shared/format'
import { ItemRow } from '../shared/ItemRow'
import { LongList } from '../shared/LongList'
import { PageHeading } from '../shared/PageHeading'
import { rowsOf } from '../shared/row-places'
import { useWords } from '../shared/words'
import { Deleted, DeletePermanently } from './DeletePermanently'
import styles from './ItemList.module.css'
import type { Proof, ProvedWork } from './ProofForm'

const rowHeight = 140

/** How long an item of the bin is still left alone, by its id. */
export type BinTimes = ReadonlyMap<string, { until: string; isOver: boolean }>

type BinProps = ProvedWork & {
  items: ItemSummary[]
  times: BinTimes
  shown: readonly string[]
  now: Date
  nameOf: (platformId: string) => string
  /** Items that are about to be deleted for good; none while nothing was asked. */
  deleting: readonly string[]
  problem: Problem | null
  deleted: { count: number; isErased: boolean } | null
  onShow: (id: string) => void
  onRestore: (id: string) => void
  onAskDelete: (ids: readonly string[]) => void
  onDelete: (proof: Proof) => void
  onBack: () => void
}

function Row({ summary, ...props }: BinProps & { summary: ItemSummary }) {
  const { t, language } = useWords()
  const time = props.times.get(summary.id)
  const name = `${props.nameOf(summary.platform)}, ${dayText(summary.capturedAt, language)}`
  return (
    <>
      <ItemRow
        summary={summary}
        platformName={props.nameOf(summary.platform)}
        now={props.now}
        hasPosted
        isShown={props.shown.includes(summary.id)}
        onShow={() => props.onShow(summary.id)}
      />
      <p class={styles.count}>
        {time &&
          (time.isOver ? t('bin.over') : t('bin.until', { day: isolate(dayText(time.until, language)) }))}
      </p>
      <div class={styles.buttons}>
        <Button
          size="small"
          name={`${t('bin.restore')}: ${name}`}
          onPress={() => props.onRestore(summary.id)}
        >
          {t('bin.restore')}
        </Button>
        <Button
          size="small"
          kind="danger"
          name={`${t('delete.button')}: ${name}`}
          onPress={() => props.onAskDelete([summary.id])}
        >
          {t('delete.button')}
        </Button>
      </div>
    </>
  )
}

/** What was put away, until when it is left alone, the way back, and the way out for good. */
export function Bin(props: BinProps) {
  const { t } = useWords()
  const { items, times, deleting } = props
  const over = items.filter(({ id }) => times.get(id)?.isOver).map(({ id }) => id)
  const rows = useMemo(() => rowsOf(items.map(({ id }) => id)), [items])
  useLanding(`${items.length} ${deleting.length}`)
  return (
    <section class={styles.page}>
      <div>
        <Button kind="back" onPress={props.onBack}>
          {t('bin.back')}
        </Button>
      </div>
      <PageHeading of="bin">{t('bin.title')}</PageHeading>
      {props.deleted && <Deleted {...props.deleted} />}
      <p class={styles.count}>{items.length === 0 ? t('bin.empty') : t('bin.about')}</p>
      {deleting.length > 0 ? (
        <DeletePermanently
          count={deleting.length}
          problem={props.problem}
          isBusy={props.isBusy}
          progress={props.progress}
          onStop={props.onStop}
          onDelete={props.onDelete}
          onCancel={() => props.onAskDelete([])}
        />
      ) : (
        <>
          <div class={styles.buttons}>
            {over.length > 0 && over.length < items.length && (
              <Button kind="danger" onPress={() => props.onAskDelete(over)}>
                {t('bin.deleteOver', { count: over.length })}
              </Button>
            )}
            {items.length > 1 && (
              <Button kind="danger" onPress={() => props.onAskDelete(items.map(({ id }) => id))}>
                {t('bin.deleteAll', { count: items.length })}
              </Button>
            )}
          </div>
          <LongList
            rows={rows}
            class={styles.rows}
            rowClass={styles.binned}
            rowHeight={rowHeight}
            renderRow={(index) => items[index] && <Row {...props} summary={items[index]} />}
          />
        </>
      )}
    </section>
  )
}
