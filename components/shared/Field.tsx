import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { classes } from './classes'
import styles from './Field.module.css'
import { lengthIn } from './format'
import { useWords } from './words'

type Frame = { label: string; hint?: string | undefined; error?: string | null }
type FrameProps = Frame & { id: string; children: ComponentChildren; after?: ComponentChildren }

function describedBy(id: string, frame: Frame): string | undefined {
  const ids = [frame.hint && `${id}-hint`, frame.error && `${id}-error`].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

function FieldFrame({ id, label, hint, error, children, after }: FrameProps) {
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {label}
      </label>
      {hint && (
        <p class={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {after}
      {error && (
        <p class={styles.error} id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

type TextFieldProps = Frame & {
  value: string
  /** Which keyboard a telephone offers. */
  keyboard?: 'text' | 'email' | 'search' | 'decimal'
  maxLength?: number
  onChange: (value: string) => void
}

/** One line of text. The browser keeps nothing of it. */
export function TextField({ value, keyboard = 'text', maxLength, onChange, ...frame }: TextFieldProps) {
  const id = useId()
  return (
    <FieldFrame id={id} {...frame}>
      <input
        class={styles.input}
        id={id}
        type="text"
        inputmode={keyboard}
        dir="auto"
        value={value}
        maxLength={maxLength}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={describedBy(id, frame)}
        aria-invalid={frame.error ? 'true' : undefined}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </FieldFrame>
  )
}

type DayFieldProps = Frame & {
  /** As `YYYY-MM-DD`; empty while none is chosen. */
  value: string
  onChange: (day: string) => void
}

/** A day of the calendar. */
export function DayField({ value, onChange, ...frame }: DayFieldProps) {
  const id = useId()
  return (
    <FieldFrame id={id} {...frame}>
      <input
        class={classes(styles.input, styles.short)}
        id={id}
        type="date"
        value={value}
        min="1990-01-01"
        max="2199-12-31"
        autocomplete="off"
        aria-describedby={describedBy(id, frame)}
        aria-invalid={frame.error ? 'true' : undefined}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </FieldFrame>
  )
}

/** A time of the day as `HH:MM`; empty while none is chosen. */
export function TimeField({
  value,
  onChange,
  ...frame
}: Frame & { value: string; onChange: (time: string) => void }) {
  const id = useId()
  return (
    <FieldFrame id={id} {...frame}>
      <input
        class={classes(styles.input, styles.short)}
        id={id}
        type="time"
        value={value}
        autocomplete="off"
        aria-describedby={describedBy(id, frame)}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </FieldFrame>
  )
}

/** A whole number from `least` to `most`; what is typed outside of that is brought inside. */
export function NumberField({
  value,
  least,
  most,
  onChange,
  ...frame
}: Frame & { value: number; least: number; most: number; onChange: (value: number) => void }) {
  const id = useId()
  return (
    <FieldFrame id={id} {...frame}>
      <input
        class={classes(styles.input, styles.short)}
        id={id}
        type="number"
        dir="ltr"
        value={value}
        min={least}
        max={most}
        step={1}
        autocomplete="off"
        aria-describedby={describedBy(id, frame)}
        onChange={(event) => {
          const typed = Math.round(event.currentTarget.valueAsNumber)
          const next = Number.isFinite(typed) ? Math.min(most, Math.max(least, typed)) : value
          event.currentTarget.value = String(next)
          onChange(next)
        }}
      />
    </FieldFrame>
  )
}

type TextAreaProps = Frame & {
  value: string
  rows?: number
  maxLength: number
  isCounted?: boolean
  onChange: (value: string) => void
}

/** Several lines of text, with a count of characters when asked for. */
export function TextArea({ value, rows = 4, maxLength, isCounted, onChange, ...frame }: TextAreaProps) {
  const id = useId()
  const { t } = useWords()
  const length = lengthIn('characters', value)
  return (
    <FieldFrame
      id={id}
      {...frame}
      after={isCounted && <p class={styles.count}>{t('field.count', { count: length })}</p>}
    >
      <textarea
        class={styles.input}
        id={id}
        rows={rows}
        dir="auto"
        value={value}
        maxLength={maxLength}
        autocomplete="off"
        aria-describedby={describedBy(id, frame)}
        aria-invalid={frame.error ? 'true' : undefined}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </FieldFrame>
  )
}

type SelectFieldProps = Frame & {
  value: string
  options: { value: string; label: string; language?: string }[]
  onChange: (value: string) => void
}

/** One of a few. */
export function SelectField({ value, options, onChange, ...frame }: SelectFieldProps) {
  const id = useId()
  return (
    <FieldFrame id={id} {...frame}>
      <select
        class={styles.input}
        id={id}
        value={value}
        autocomplete="off"
        aria-describedby={describedBy(id, frame)}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option
            key={option.value}
            value={option.value}
            lang={option.language}
            selected={option.value === value}
          >
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}

type CheckFieldProps = { label: string; hint?: string; isOn: boolean; onChange: (isOn: boolean) => void }

/** Yes or no. */
export function CheckField({ label, hint, isOn, onChange }: CheckFieldProps) {
  const id = useId()
  return (
    <div class={styles.field}>
      <label class={styles.check}>
        <input
          type="checkbox"
          checked={isOn}
          autocomplete="off"
          aria-describedby={hint && `${id}-hint`}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p class={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

type RadioFieldProps = {
  group: string
  label: string
  /** The label is somebody's own words, which may run the other way. */
  isForeign?: boolean
  hint?: ComponentChildren
  isOn: boolean
  onChoose: () => void
  children?: ComponentChildren
}

/** One choice of a group, as a card with room for what it means; `children` show while it is chosen. */
export function RadioField({ group, label, isForeign, hint, isOn, onChoose, children }: RadioFieldProps) {
  const id = useId()
  return (
    <div class={styles.radio} data-on={isOn ? 'true' : undefined}>
      <label class={styles.check} for={id}>
        <input
          id={id}
          type="radio"
          name={group}
          checked={isOn}
          autocomplete="off"
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={onChoose}
        />
        <strong>{isForeign ? <bdi>{label}</bdi> : label}</strong>
      </label>
      {hint && (
        <div class={styles.radioHint} id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {isOn && children && <div class={styles.radioMore}>{children}</div>}
    </div>
  )
}
