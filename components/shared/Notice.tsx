import type { ComponentChildren } from 'preact'
import { classes } from './classes'
import styles from './Notice.module.css'

type NoticeProps = {
  tone: 'calm' | 'good' | 'warning' | 'problem'
  /** Spoken as soon as it appears. */
  isSpoken?: boolean
  children: ComponentChildren
}

/** A sentence that stands out a little. */
export function Notice({ tone, isSpoken, children }: NoticeProps) {
  return (
    <div
      class={classes(styles.notice, styles[tone])}
      role={isSpoken ? (tone === 'problem' ? 'alert' : 'status') : undefined}
    >
      {children}
    </div>
  )
}
