import type { ComponentChildren } from 'preact'
import styles from './Button.module.css'
import { classes } from './classes'

type ButtonProps = {
  children: ComponentChildren
  kind?: 'primary' | 'quiet' | 'plain' | 'back' | 'danger'
  size?: 'normal' | 'small' | 'wide'
  /** Submits the form it stands in; `onPress` is then not needed. */
  isSubmit?: boolean
  /** Busy or not possible now; stays focusable, so that nobody loses their place. */
  isOff?: boolean
  /** Accessible name where the visible word needs more to be understood alone; begins with that word. */
  name?: string
  isExpanded?: boolean
  isPressed?: boolean
  onPress?: () => void
}

/** A button. Off means that a press does nothing, not that it vanishes from the keyboard's path. */
export function Button({ kind = 'quiet', size = 'normal', ...props }: ButtonProps) {
  return (
    <button
      type={props.isSubmit ? 'submit' : 'button'}
      class={classes(styles.button, styles[kind], styles[size])}
      aria-disabled={props.isOff ? 'true' : undefined}
      aria-label={props.name}
      aria-expanded={props.isExpanded}
      aria-pressed={props.isPressed}
      onClick={(event) => {
        if (props.isOff) event.preventDefault()
        else props.onPress?.()
      }}
    >
      {props.children}
    </button>
  )
}
