import { classes } from '../shared/classes'
import { dayText, isolate } from '../shared/format'
import { useWords } from '../shared/words'
import styles from './Recipients.module.css'

/** The words of a key, small, to be read out. */
export function KeyWords({ words }: { words: string }) {
  return (
    <span class={styles.words}>
      <bdi lang="en" dir="ltr" translate={false}>
        {words}
      </bdi>
    </span>
  )
}

/** Whether somebody compared the words of a key with its owner, and when. */
export function Compared({ at }: { at: string | null }) {
  const { t, language } = useWords()
  return (
    <span class={classes(styles.compared, at === null && styles.notCompared)}>
      {at === null ? t('book.notCompared') : t('book.comparedOn', { day: isolate(dayText(at, language)) })}
    </span>
  )
}
