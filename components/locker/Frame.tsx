import type { ComponentChildren } from 'preact'
import { Button } from '../shared/Button'
import { useWords } from '../shared/words'
import styles from './Frame.module.css'

/** The areas of the locker page. */
const areas = ['items', 'cases', 'reports', 'help', 'settings'] as const
export type Area = (typeof areas)[number]

type FrameProps = {
  area: Area
  /** The area in which something is due; null when nothing is. */
  due: Area | null
  onGo: (area: Area) => void
  onHide: () => void
  onLock: () => void
  children: ComponentChildren
}

/** The locker page round its content: areas at the side, or at the bottom where it is narrow, and Lock. */
export function Frame({ area, due, onGo, onHide, onLock, children }: FrameProps) {
  const { t } = useWords()
  return (
    <div class={styles.frame}>
      <header class={styles.top}>
        <p class={styles.name}>{t('app.name')}</p>
        <div class={styles.leave}>
          <Button size="small" name={`${t('hide.button')} (${t('hide.keys')})`} onPress={onHide}>
            {t('hide.button')}
          </Button>
          <Button size="small" onPress={onLock}>
            {t('lock.button')}
          </Button>
        </div>
      </header>
      <nav class={styles.rail} aria-label={t('locker.areas')}>
        {areas.map((one) => (
          <button
            key={one}
            type="button"
            class={styles.area}
            aria-current={one === area ? 'page' : undefined}
            aria-label={one === due ? t('locker.isDue', { area: t(`locker.${one}`) }) : undefined}
            data-due={one === due ? 'true' : undefined}
            onClick={() => onGo(one)}
          >
            {t(`locker.${one}`)}
          </button>
        ))}
      </nav>
      <main class={styles.main}>{children}</main>
    </div>
  )
}

/** The page with nothing round it but the name: setting up and unlocking. */
export function PlainFrame({ children }: { children: ComponentChildren }) {
  const { t } = useWords()
  return (
    <div class={styles.plain}>
      <header class={styles.name}>{t('app.name')}</header>
      <main class={styles.card}>{children}</main>
    </div>
  )
}
