import { useMemo, useState } from 'preact/hooks'
import type { Case } from '../../utils/model/case'
import type { Corroborating } from '../../utils/model/corroboration'
import type { IncidentType, ItemSummary } from '../../utils/model/item'
import { Button } from '../shared/Button'
import { Chips } from '../shared/Chips'
import { TextField } from '../shared/Field'
import { isolate } from '../shared/format'
import { ItemRow } from '../shared/ItemRow'
import { LongList } from '../shared/LongList'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import type { SelectionAction } from '../shared/selection'
import { useWords } from '../shared/words'
import { FirstCapture } from './FirstCapture'
import { type Filter, type FilterAction, type FoundItems, isNoFilter } from './filter'
import styles from './ItemList.module.css'
import { SelectionBar } from './SelectionBar'

type ItemListProps = {
  items: readonly ItemSummary[]
  /** Those that the filter finds; while `finding` the first of them, or those of the filter before. */
  found: FoundItems
  finding: 'no' | 'first-shown' | 'before-shown'
  damaged: number
  cases: Case[]
  types: readonly IncidentType[]
  filter: Filter
  chosen: readonly string[]
  shown: readonly string[]
  /** How many captures of its post there are, by item; items that stand alone are not in it. */
  versions: ReadonlyMap<string, number>
  /** The captures of the same post from other lockers, by item. */
  corroborated: ReadonlyMap<string, readonly Pick<Corroborating<ItemSummary>, 'words'>[]>
  now: Date
  /** How many were put into the bin just now and can be taken out again; 0 for none. */
  justBinned: number
  /** Title of the case that items were added to just now; null for none. */
  addedTo: string | null
  nameOf: (platformId: string) => string
  onFilter: (action: FilterAction) => void
  onSelect: (action: SelectionAction) => void
  onShow: (id: string) => void
  /** The small picture of an item; null when there is none, or when it is given up. */
  loadPicture: (id: string, signal: AbortSignal) => Promise<ImageBitmap | null>
  onOpen: (id: string) => void
  onOpenBin: () => void
  onAddToCase: (choice: { caseId: string | null; title: string }) => void
  onSetTypes: (types: IncidentType[]) => void
  onExport: () => void
  onBin: () => void
  onUndoBin: () => void
}

const rowHeight = 72

function corroborationOf(found: readonly { words: string }[] | undefined) {
  if (!found) return undefined
  return found.some(({ words }) => words === 'different') ? 'different' : 'same'
}

/** The platforms and types that occur, so that nothing can be chosen that finds nothing. */
function whatThereIs(items: readonly ItemSummary[]) {
  const platforms = new Set<string>()
  const used = new Set<IncidentType>()
  let hasUntyped = false
  for (const { platform, types } of items) {
    platforms.add(platform)
    hasUntyped ||= types.length === 0
    for (const type of types) used.add(type)
  }
  return { platforms: [...platforms], used, hasUntyped }
}

function Filters({
  items,
  filter,
  types,
  nameOf,
  onFilter,
}: Pick<ItemListProps, 'items' | 'filter' | 'types' | 'nameOf' | 'onFilter'>) {
  const { t } = useWords()
  const [isWide] = useState(() => matchMedia('(min-width: 44rem)').matches)
  const { platforms, used, hasUntyped } = useMemo(() => whatThereIs(items), [items])
  const typeOptions = [
    ...types
      .filter((type) => used.has(type))
      .map((type) => ({ value: type as IncidentType | 'none', label: t(`type.${type}`) })),
    ...(hasUntyped ? [{ value: 'none' as const, label: t('type.none') }] : []),
  ]
  return (
    <search class={styles.filters}>
      <TextField
        label={t('items.search')}
        keyboard="search"
        value={filter.search}
        onChange={(words) => onFilter({ kind: 'search', words })}
      />
      <details class={styles.narrow} open={isWide || !isNoFilter(filter)}>
        <summary>{t('items.narrow')}</summary>
        {platforms.length > 1 && (
          <Chips
            legend={t('items.platforms')}
            options={platforms.map((id) => ({ value: id, label: nameOf(id) }))}
            chosen={filter.platforms}
            onToggle={(platform) => onFilter({ kind: 'toggle-platform', platform })}
          />
        )}
        {typeOptions.length > 1 && (
          <Chips
            legend={t('items.types')}
            options={typeOptions}
            chosen={filter.types}
            onToggle={(type) => onFilter({ kind: 'toggle-type', type })}
          />
        )}
      </details>
    </search>
  )
}

function Rows({ found, ...props }: ItemListProps) {
  const rows = useMemo(
    () => ({ count: found.count, idAt: (index: number) => found.at(index)?.id ?? '' }),
    [found],
  )
  const chosen = useMemo(() => new Set(props.chosen), [props.chosen])
  return (
    <LongList
      rows={rows}
      class={styles.rows}
      rowHeight={rowHeight}
      renderRow={(index) => {
        const summary = found.at(index)
        return (
          summary && (
            <ItemRow
              summary={summary}
              platformName={props.nameOf(summary.platform)}
              now={props.now}
              hasPosted
              versions={props.versions.get(summary.id) ?? 1}
              corroborated={corroborationOf(props.corroborated.get(summary.id))}
              isShown={props.shown.includes(summary.id)}
              isChosen={chosen.has(summary.id)}
              loadPicture={(signal) => props.loadPicture(summary.id, signal)}
              onShow={() => props.onShow(summary.id)}
              onChoose={() => props.onSelect({ kind: 'toggle', id: summary.id })}
              onOpen={() => props.onOpen(summary.id)}
            />
          )
        )
      }}
    />
  )
}

/** What was done with the ticked items, told where they were acted on. */
function JustDone({
  justBinned,
  addedTo,
  onUndoBin,
}: Pick<ItemListProps, 'justBinned' | 'addedTo' | 'onUndoBin'>) {
  const { t } = useWords()
  if (justBinned > 0) {
    return (
      <div class={styles.done} role="status">
        <p>{t('bin.moved', { count: justBinned })}</p>
        <Button size="small" onPress={onUndoBin}>
          {t('common.undo')}
        </Button>
      </div>
    )
  }
  if (addedTo === null) return null
  return (
    <div class={styles.done} role="status">
      <p>{t('case.added', { title: isolate(addedTo) })}</p>
    </div>
  )
}

/** Every item, words hidden, to find, tick and open. */
export function ItemList(props: ItemListProps) {
  const { t } = useWords()
  const { items, found, finding, filter, chosen } = props
  return (
    <section class={styles.page}>
      <div class={styles.top}>
        <PageHeading of="items">{t('locker.items')}</PageHeading>
        <Button kind="plain" onPress={props.onOpenBin}>
          {t('bin.title')}
        </Button>
      </div>
      {props.damaged > 0 && (
        <Notice tone="warning">
          <p>{t('items.damaged', { count: props.damaged })}</p>
        </Notice>
      )}
      {items.length === 0 ? (
        <FirstCapture />
      ) : (
        <>
          <Filters {...props} />
          <p class={styles.count} aria-live="polite" aria-busy={finding !== 'no'}>
            {finding === 'first-shown' ? t('items.searching') : t('items.count', { count: found.count })}
            {!isNoFilter(filter) && (
              <Button kind="plain" size="small" onPress={() => props.onFilter({ kind: 'clear' })}>
                {t('items.clear')}
              </Button>
            )}
          </p>
          {found.count === 0 && finding === 'no' && <p>{t('items.noneFound')}</p>}
          <Rows {...props} />
          {chosen.length > 0 && <SelectionBar {...props} />}
        </>
      )}
      {chosen.length === 0 && <JustDone {...props} />}
    </section>
  )
}
