import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './Export.module.css'

type OtherLogsProps = {
  /** The key of each other log in words, and how many of the items come from there. */
  logs: readonly { words: string; count: number }[]
  /** Redacted copies leave: of those the file tells less. */
  isCovered: boolean
}

/** Said before a file is saved: whose other logs it tells of, and what. Nothing where it tells of none. */
export function OtherLogs({ logs, isCovered }: OtherLogsProps) {
  const { t } = useWords()
  if (logs.length === 0) return null
  return (
    <Notice tone="warning">
      <p>{t('export.otherLogs')}</p>
      <ul class={styles.otherLogs}>
        {logs.map(({ words, count }) => (
          <li key={words}>
            <bdi lang="en" dir="ltr">
              {words}
            </bdi>{' '}
            ({t('dataset.items', { count })})
          </li>
        ))}
      </ul>
      <p>{t(isCovered ? 'export.otherLogsCovered' : 'export.otherLogsWhole')}</p>
    </Notice>
  )
}
