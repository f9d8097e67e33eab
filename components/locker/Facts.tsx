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

/** Several sentences or names as a list, under a title where one is given. Nothing when there are none. */
export function Lines({
  title,
  lines,
  isOwnWords,
}: {
  title?: string
  lines: readonly string[]
  isOwnWords?: boolean
}) {
  const { direction } = useWords()
  if (lines.length === 0) return null
  return (
    <>
      {title && <h2 class={styles.title}>{title}</h2>}
      <ul class={styles.lines}>
        {lines.map((line, index) => (
          <li key={`${index} ${line}`}>
            <bdi dir={isOwnWords ? direction : undefined}>{line}</bdi>
          </li>
        ))}
      </ul>
    </>
  )
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
