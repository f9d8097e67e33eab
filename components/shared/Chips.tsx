import styles from './Chips.module.css'

type ChipsProps<T extends string> = {
  /** What the group is about. */
  legend: string
  isLegendHidden?: boolean
  hint?: string
  options: { value: T; label: string }[]
  chosen: readonly T[]
  onToggle: (value: T) => void
}

/** Several of many, as chips that are on or off. */
export function Chips<T extends string>({
  legend,
  isLegendHidden,
  hint,
  options,
  chosen,
  onToggle,
}: ChipsProps<T>) {
  return (
    <fieldset class={styles.chips}>
      <legend class={isLegendHidden ? styles.unseen : styles.legend}>{legend}</legend>
      {hint && <p class={styles.hint}>{hint}</p>}
      {options.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          class={styles.chip}
          aria-pressed={chosen.includes(value)}
          onClick={() => onToggle(value)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  )
}

/** Words that only tell, in the shape of a chip. */
export function Tag({ children }: { children: string }) {
  return <span class={styles.tag}>{children}</span>
}
