import { useId } from 'preact/hooks'
import { useWords } from '../shared/words'
import styles from './Statistics.module.css'

/** One line of a chart: a name, and a number for each series; null where it was held back. */
type BarLine = { name: string; values: (number | null)[] }

type BarChartProps = { title: string; series: string[]; lines: BarLine[] }

const barHeight = 14
const barStep = 18
/** The longest bar leaves room for its number, in percent of the width. */
const longest = 75

/** Bars with their numbers beside them, so that the picture alone says everything, also on paper. */
export function BarChart({ title, series, lines }: BarChartProps) {
  const { t, language, direction } = useWords()
  const id = useId()
  const number = new Intl.NumberFormat(language)
  const most = Math.max(1, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)))
  const isRightToLeft = direction === 'rtl'
  const text = (value: number | null) => (value === null ? t('stats.heldBackCell') : number.format(value))
  return (
    <figure class={styles.chart} aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <ul class={styles.legend}>
        {series.map((name, index) => (
          <li key={name}>
            <span class={styles.swatch} data-series={index} aria-hidden="true" />
            {name}
          </li>
        ))}
      </ul>
      {lines.map(({ name, values }) => (
        <div key={name} class={styles.bars}>
          <p>{name}</p>
          <svg height={series.length * barStep} role="img">
            <title>{series.map((one, index) => `${one}: ${text(values[index] ?? null)}`).join(' · ')}</title>
            {values.map((value, index) => {
              const size = ((value ?? 0) / most) * longest
              return (
                <g key={series[index]}>
                  <rect
                    class={styles.bar}
                    data-series={index}
                    x={isRightToLeft ? `${100 - size}%` : 0}
                    y={index * barStep}
                    width={`${size}%`}
                    height={barHeight}
                  />
                  <text
                    class={styles.number}
                    x={`${isRightToLeft ? 100 - size : size}%`}
                    dx={isRightToLeft ? -6 : 6}
                    y={index * barStep + barHeight - 2}
                  >
                    {text(value)}
                  </text>
                </g>
              )
            })}
          </svg>
        </div>
      ))}
    </figure>
  )
}
