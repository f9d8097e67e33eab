import type { ReaderHealth as Health } from '../../utils/model/reader-health'
import { Button } from '../shared/Button'
import { CopyButton } from '../shared/CopyButton'
import { dayText } from '../shared/format'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import { Fact, Facts } from './Facts'
import styles from './ReaderHealth.module.css'

type ReaderHealthProps = {
  health: readonly Health[]
  /** What is copied, whole. */
  report: string
  onCopy: (text: string) => Promise<boolean>
  onBack: () => void
}

function isUsed({ read, generic }: Health): boolean {
  return read + generic > 0
}

function OneReader({ health }: { health: Health }) {
  const { t, language } = useWords()
  const { name, version, isConfirmed, lastReadAt, lastTrouble } = health
  const day = (iso: string): string => dayText(`${iso}T12:00:00.000Z`, language)
  return (
    <li class={styles.reader}>
      <div class={styles.head}>
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <p class={styles.quiet}>{t('readers.version', { version })}</p>
      </div>
      <p class={styles.quiet}>{t(isConfirmed ? 'readers.confirmed' : 'readers.notConfirmed')}</p>
      {!isUsed(health) && <p class={styles.quiet}>{t('readers.never')}</p>}
      {isUsed(health) && (
        <Facts>
          <Fact name={t('readers.read')} value={new Intl.NumberFormat(language).format(health.read)} />
          <Fact
            name={t('readers.lastRead')}
            value={lastReadAt ? day(lastReadAt) : t('readers.none')}
            isOwnWords
          />
          <Fact name={t('readers.generic')} value={new Intl.NumberFormat(language).format(health.generic)} />
          <Fact
            name={t('readers.lastTrouble')}
            value={
              lastTrouble
                ? t('readers.troubleOn', {
                    day: day(lastTrouble.at),
                    reason: t(`readers.reason.${lastTrouble.code}`),
                  })
                : t('readers.none')
            }
            isOwnWords
          />
        </Facts>
      )}
    </li>
  )
}

/** How the reader of each platform has done, and a report of it that names nobody. */
export function ReaderHealth({ health, report, onCopy, onBack }: ReaderHealthProps) {
  const { t } = useWords()
  const [used, unused] = [health.filter(isUsed), health.filter((one) => !isUsed(one))]
  return (
    <section class={styles.page}>
      <div>
        <Button kind="back" onPress={onBack}>
          {t('locker.settings')}
        </Button>
      </div>
      <PageHeading of="readers">{t('readers.title')}</PageHeading>
      <p>{t('readers.what')}</p>
      <ul>
        {[...used, ...unused].map((one) => (
          <OneReader key={one.id} health={one} />
        ))}
      </ul>
      <section class={styles.report}>
        <h2>{t('readers.report')}</h2>
        <p class={styles.quiet}>{t('readers.reportHint')}</p>
        <pre class={styles.text} dir="ltr" lang="en">
          {report}
        </pre>
        <CopyButton what={t('readers.report')} onCopy={() => onCopy(report)} />
      </section>
    </section>
  )
}
