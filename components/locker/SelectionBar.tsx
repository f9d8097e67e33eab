import { useMemo, useState } from 'preact/hooks'
import type { Case } from '../../utils/model/case'
import type { IncidentType } from '../../utils/model/item'
import { AddToCase } from '../shared/AddToCase'
import { Button } from '../shared/Button'
import { Chips } from '../shared/Chips'
import { useFocusMove } from '../shared/focus'
import type { SelectionAction } from '../shared/selection'
import { useWords } from '../shared/words'
import { type FoundItems, foundIds } from './filter'
import styles from './ItemList.module.css'

type SelectionBarProps = {
  chosen: readonly string[]
  found: FoundItems
  cases: Case[]
  types: readonly IncidentType[]
  onSelect: (action: SelectionAction) => void
  onAddToCase: (choice: { caseId: string | null; title: string }) => void
  onSetTypes: (types: IncidentType[]) => void
  onExport: () => void
  onBin: () => void
}

function SetTypes({
  types,
  onSetTypes,
  onClose,
}: Pick<SelectionBarProps, 'types' | 'onSetTypes'> & { onClose: () => void }) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<IncidentType[]>([])
  return (
    <div class={styles.panel}>
      <Chips
        legend={t('items.typesFor')}
        options={types.map((type) => ({ value: type, label: t(`type.${type}`) }))}
        chosen={chosen}
        onToggle={(type) =>
          setChosen(chosen.includes(type) ? chosen.filter((one) => one !== type) : [...chosen, type])
        }
      />
      <div class={styles.buttons}>
        <Button
          kind="primary"
          isOff={chosen.length === 0}
          onPress={() => {
            onSetTypes(chosen)
            onClose()
          }}
        >
          {t('items.setTypes')}
        </Button>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
      </div>
    </div>
  )
}

function isEachIn(found: FoundItems, chosen: readonly string[]): boolean {
  if (found.count > chosen.length) return false
  const there = new Set(chosen)
  return foundIds(found).every((id) => there.has(id))
}

/** What can be done with the ticked items. */
export function SelectionBar(props: SelectionBarProps) {
  const { t } = useWords()
  const [isTyping, setTyping] = useState(false)
  const bar = useFocusMove<HTMLElement>(isTyping)
  const { found, chosen } = props
  const hasAll = useMemo(() => isEachIn(found, chosen), [found, chosen])
  return (
    <section class={styles.bar} ref={bar} aria-label={t('items.selection')}>
      <p role="status">{t('items.ticked', { count: props.chosen.length })}</p>
      {isTyping ? (
        <SetTypes types={props.types} onSetTypes={props.onSetTypes} onClose={() => setTyping(false)} />
      ) : (
        <div class={styles.buttons}>
          <Button kind="primary" onPress={props.onExport}>
            {t('export.button')}
          </Button>
          <AddToCase cases={props.cases} onAdd={props.onAddToCase} />
          <Button onPress={() => setTyping(true)}>{t('items.setTypes')}</Button>
          <Button onPress={props.onBin}>{t('bin.put')}</Button>
          {!hasAll && (
            <Button kind="plain" onPress={() => props.onSelect({ kind: 'all', ids: foundIds(found) })}>
              {t('items.tickAll')}
            </Button>
          )}
          <Button kind="plain" onPress={() => props.onSelect({ kind: 'none' })}>
            {t('items.tickNone')}
          </Button>
        </div>
      )}
    </section>
  )
}
