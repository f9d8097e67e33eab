import type { ComponentChildren } from 'preact'
import { useWords } from '../shared/words'
import styles from './Facts.module.css'

/** Facts as pairs of name and value. */
export function Facts({ children }: { children: ComponentChildren }) {
  return <dl class={styles.facts}>{children}</dl>
}

type FactProps = {
  name: string
  value: string | null
  isAddress?: boolean
  /** In our own words: it runs as they do, whatever name it begins with. */
  isOwnWords?: boolean
  children?: ComponentChildren
}

/** One fact; what the page does not show is said to be so, never left blank. */
export function Fact({ name, value, isAddress, isOwnWords, children }: FactProps) {
  const { t, direction } = useWords()
  const dir = isAddress ? 'ltr' : isOwnWords ? direction : undefined
  return (
    <div class={styles.fact}>
      <dt>{name}</dt>
      <dd>
        {value === null ? (
          <span class={styles.absent}>{t('item.notShown')}</span>
        ) : (
          <bdi dir={dir} class={isAddress ? styles.address : undefined}>
            {value}
          </bdi>
        )}{' '}
        {children}
      </dd>
    </div>
  )
}
