import type { Group as GroupRecord, ItemSummary } from '../../utils/model/item'
import { Button } from '../shared/Button'
import { useWords } from '../shared/words'
import styles from './ItemDetail.module.css'

/** How many are shown whole; of more, these many before and after the item. */
const [wholeAtMost, reach] = [24, 4]

type GroupProps = {
  itemId: string
  group: GroupRecord | null
  siblings: readonly ItemSummary[]
  onOpenItem: (id: string) => void
}

/** The place of an item among those captured with it, and the way to its neighbours. Nothing for one alone. */
export function Group({ itemId, group, siblings, onOpenItem }: GroupProps) {
  const { t, language } = useWords()
  if (!group) return null
  const at = siblings.findIndex(({ id }) => id === itemId)
  const number = (value: number) => new Intl.NumberFormat(language).format(value)
  const count = number(siblings.length)
  const isWhole = siblings.length <= wholeAtMost
  const first = isWhole ? 0 : Math.max(0, at - reach)
  const near = isWhole ? siblings : siblings.slice(first, at + reach + 1)
  return (
    <section class={styles.group}>
      <h2 class={styles.small}>{t(`group.${group.kind}`, { place: number(at + 1), count })}</h2>
      {siblings.length < 2 ? (
        <p class={styles.soft}>{t('group.alone')}</p>
      ) : (
        <>
          <p class={styles.soft}>{t('group.others')}</p>
          <ol class={styles.places}>
            {near.map(({ id }, index) => {
              const place = number(first + index + 1)
              const name = t('group.open', { place, count })
              return (
                <li key={id}>
                  {id === itemId ? (
                    <span class={styles.here} aria-current="true">
                      {place}
                    </span>
                  ) : (
                    <Button size="small" name={name} onPress={() => onOpenItem(id)}>
                      {place}
                    </Button>
                  )}
                </li>
              )
            })}
          </ol>
        </>
      )}
    </section>
  )
}
