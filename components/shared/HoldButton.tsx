import { useEffect, useRef, useState } from 'preact/hooks'
import buttons from './Button.module.css'
import { classes } from './classes'
import styles from './HoldButton.module.css'
import { useWords } from './words'

type HoldButtonProps = { label: string; seconds: number; isOff?: boolean; onHeld: () => void }

const tickMs = 100
const holdingKeys = ['Enter', ' ']

/** A button for what cannot be taken back: it acts after having been held, and letting go in time undoes nothing. */
export function HoldButton({ label, seconds, isOff, onHeld }: HoldButtonProps) {
  const { t } = useWords()
  const whole = seconds * 1_000
  /** For how many milliseconds it is held; null while it is not. */
  const [held, setHeld] = useState<number | null>(null)
  const [wasShort, setShort] = useState(false)
  const timer = useRef<ReturnType<typeof setInterval> | null>(null)

  function stop(): void {
    if (timer.current !== null) clearInterval(timer.current)
    timer.current = null
    setHeld(null)
  }

  function release(): void {
    if (timer.current === null) return
    stop()
    setShort(true)
  }

  function start(): void {
    if (isOff || timer.current !== null) return
    // By the clock and not by counted ticks: a busy device ticks late, and must not ask for longer.
    const from = performance.now()
    setShort(false)
    setHeld(0)
    timer.current = setInterval(() => {
      const now = performance.now() - from
      setHeld(now)
      if (now < whole) return
      stop()
      onHeld()
    }, tickMs)
  }

  useEffect(() => stop, [])
  const left = held === null ? null : Math.max(0, Math.ceil((whole - held) / 1_000))
  return (
    <div class={styles.hold}>
      <button
        type="button"
        class={classes(buttons.button, buttons.danger, buttons.normal, styles.button)}
        aria-disabled={isOff ? 'true' : undefined}
        onPointerDown={(event) => event.button === 0 && start()}
        onPointerUp={release}
        onPointerLeave={release}
        onPointerCancel={release}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (!holdingKeys.includes(event.key)) return
          event.preventDefault()
          if (!event.repeat) start()
        }}
        onKeyUp={release}
        onBlur={release}
      >
        {label}
      </button>
      <progress class={styles.bar} max={whole} value={held ?? 0} aria-label={t('hold.progress')} />
      <p class={styles.said} aria-live="polite">
        {left !== null && t('hold.left', { count: left })}
        {wasShort && t('hold.short')}
      </p>
    </div>
  )
}
