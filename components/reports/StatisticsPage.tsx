import { useRef } from 'preact/hooks'
import type { Published, Statistics, StatisticsRow } from '../../utils/model/ledger'
import type { WordKey } from '../../utils/words/translate'
import { Button } from '../shared/Button'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import { BarChart } from './BarChart'
import styles from './Statistics.module.css'

type StatisticsPageProps = {
  statistics: Statistics
  smallest: number
  /** How many lockers are counted, this one among them. */
  lockers: number
  savedAs: string | null
  nameOf: (row: StatisticsRow) => { platform: string; channel: string }
  /** Both in one line, for a chart. */
  lineOf: (row: StatisticsRow) => string
  onPrint: () => void
  onCsv: () => void
  onJson: () => void
  onGive: () => void
  onTake: (file: File) => void
  /** Null while no other locker is counted. */
  onForget: (() => void) | null
  onBack: () => void
}

const columns = [
  ['stats.filed', 'filed'],
  ['stats.answered', 'answered'],
  ['stats.actedOn', 'actedOn'],
  ['stats.median', 'medianDays'],
  ['stats.slowest', 'slowestDays'],
  ['stats.appeals', 'appealsDecided'],
  ['stats.won', 'appealsWon'],
] as const satisfies readonly (readonly [WordKey, keyof StatisticsRow])[]

function Table({ statistics, nameOf }: Pick<StatisticsPageProps, 'statistics' | 'nameOf'>) {
  const { t, language } = useWords()
  const number = new Intl.NumberFormat(language)
  const cell = (value: Published) => (value === null ? '–' : number.format(value))
  const total: Record<string, Published> = statistics.total
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and the keyboard must reach it
    <section class={styles.scroll} aria-label={t('stats.title')} tabIndex={0}>
      <table class={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('stats.platform')}</th>
            <th scope="col">{t('stats.channel')}</th>
            {columns.map(([key]) => (
              <th key={key} scope="col">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {statistics.rows.map((row) => {
            const { platform, channel } = nameOf(row)
            return (
              <tr key={`${row.platform} ${row.channelId}`}>
                <th scope="row">
                  <bdi>{platform}</bdi>
                </th>
                <td>{channel}</td>
                {columns.map(([key, name]) => (
                  <td key={key}>{cell(row[name])}</td>
                ))}
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('stats.total')}
            </th>
            {columns.map(([key, name]) => (
              <td key={key}>{name in total ? cell(total[name] ?? null) : ''}</td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  )
}

function Charts({ statistics, lineOf }: Pick<StatisticsPageProps, 'statistics' | 'lineOf'>) {
  const { t } = useWords()
  const timed = statistics.rows.filter((row) => row.medianDays !== null)
  return (
    <>
      <BarChart
        title={t('stats.chart.filed')}
        series={[t('stats.filed'), t('stats.answered'), t('stats.actedOn')]}
        lines={statistics.rows.map((row) => ({
          name: lineOf(row),
          values: [row.filed, row.answered, row.actedOn],
        }))}
      />
      {timed.length > 0 && (
        <BarChart
          title={t('stats.chart.times')}
          series={[t('stats.median'), t('stats.slowest')]}
          lines={timed.map((row) => ({ name: lineOf(row), values: [row.medianDays, row.slowestDays] }))}
        />
      )}
    </>
  )
}

function Together({
  lockers,
  onGive,
  onTake,
  onForget,
}: Pick<StatisticsPageProps, 'lockers' | 'onGive' | 'onTake' | 'onForget'>) {
  const { t } = useWords()
  const input = useRef<HTMLInputElement>(null)
  return (
    <div class={styles.together}>
      <h2>{t('stats.together')}</h2>
      <p class={styles.quiet}>{t('stats.togetherHint')}</p>
      <p>{t('stats.lockers', { count: lockers })}</p>
      <div class={styles.buttons}>
        <Button onPress={onGive}>{t('stats.give')}</Button>
        <Button onPress={() => input.current?.click()}>{t('stats.take')}</Button>
        {onForget && <Button onPress={onForget}>{t('stats.forget')}</Button>}
      </div>
      <input
        ref={input}
        type="file"
        accept=".json"
        hidden
        autocomplete="off"
        aria-label={t('stats.take')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          if (file) onTake(file)
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}

/** What the ledger counts, as it may be published: a table, charts that carry their numbers, and files. */
export function StatisticsPage(props: StatisticsPageProps) {
  const { t } = useWords()
  const { statistics, smallest } = props
  return (
    <section class={styles.page}>
      <div class={styles.unprinted}>
        <Button kind="back" onPress={props.onBack}>
          {t('locker.reports')}
        </Button>
      </div>
      <PageHeading of="statistics">{t('stats.title')}</PageHeading>
      <p class={styles.quiet}>{t('stats.what', { smallest, largest: smallest - 1 })}</p>
      {statistics.rows.length === 0 ? (
        <p>{t('stats.none', { smallest })}</p>
      ) : (
        <>
          <Table {...props} />
          <Charts {...props} />
        </>
      )}
      {statistics.heldBackRows > 0 && (
        <p class={styles.quiet}>{t('stats.heldBack', { count: statistics.heldBackRows })}</p>
      )}
      {statistics.rows.length > 0 && (
        <div class={styles.buttons}>
          <Button onPress={props.onPrint}>{t('stats.print')}</Button>
          <Button onPress={props.onCsv}>{t('stats.csv')}</Button>
          <Button onPress={props.onJson}>{t('stats.json')}</Button>
        </div>
      )}
      {props.savedAs !== null && (
        <Notice tone="good" isSpoken>
          <p>{t('ledger.savedAs', { name: props.savedAs })}</p>
        </Notice>
      )}
      <Together {...props} />
    </section>
  )
}
