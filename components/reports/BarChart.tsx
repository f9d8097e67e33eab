import { useId } from 'preact/hooks'
import { useWords } from '../shared/words'
import styles from './Statistics.module.css'

/** One line of a chart: a name, and a number for each series; null where it was held back. */
export type BarLine = { name: string; values: (number | null)[] }

type BarChartProps = { title: string; series: string[]; lines: BarLine[] }

const barHeight = 14
const nameHeight = 20
const gap = 12
const width = 560
const numberRoom = 84

/** Bars with their numbers in words beside them, so that the picture alone says everything, also in print. */
export function BarChart({ title, series, lines }: BarChartProps) {
  const { t, language, direction } = useWords()
  const id = useId()
  const number = new Intl.NumberFormat(language)
  const most = Math.max(1, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)))
  const lineHeight = nameHeight + series.length * (barHeight + 2) + gap
  const isRightToLeft = direction === 'rtl'
  const start = isRightToLeft ? width : 0
  const at = (offset: number, size: number) => (isRightToLeft ? width - offset - size : offset)
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
      <svg viewBox={`0 0 ${width} ${lines.length * lineHeight}`} role="img">
        <title>{title}</title>
        {lines.map(({ name, values }, line) => (
          <g key={name} transform={`translate(0 ${line * lineHeight})`}>
            <text x={start} y={nameHeight - 6} class={styles.name}>
              {name}
            </text>
            {values.map((value, index) => {
              const size = ((value ?? 0) / most) * (width - numberRoom)
              const y = nameHeight + index * (barHeight + 2)
              return (
                <g key={series[index]}>
                  <rect
                    class={styles.bar}
                    data-series={index}
                    x={at(0, Math.max(1, size))}
                    y={y}
                    width={Math.max(1, size)}
                    height={barHeight}
                  />
                  <text x={at(size + 6, 0)} y={y + barHeight - 3} class={styles.number}>
                    {text(value)}
                  </text>
                </g>
              )
            })}
          </g>
        ))}
      </svg>
    </figure>
  )
}
