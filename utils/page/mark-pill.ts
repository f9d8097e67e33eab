import { plain } from './plain'

export type PillOptions = {
  /** A plain press: pointer, touch or keyboard. */
  onPress: (event: MouseEvent) => void
  /** The second button, or a press that lasts. */
  onOffer: () => void
  onKey: (event: KeyboardEvent) => void
}

/** A touch that lasts opens the menu; a mouse has a second button, and a slow computer makes every press last. */
const holdMs = 600

/** The round button of a mark. Presses that a script of the page made are not heard. */
export function createPill({ onPress, onOffer, onKey }: PillOptions): HTMLButtonElement {
  const pill = plain(document).createElement('button')
  pill.type = 'button'
  pill.className = 'pill'
  pill.setAttribute('aria-haspopup', 'menu')
  let holding: ReturnType<typeof setTimeout> | undefined
  /** The click that ends a lasting press is no press of its own. */
  let wasHeld = false
  pill.addEventListener('click', (event) => {
    if (event.isTrusted && !wasHeld) onPress(event)
    wasHeld = false
  })
  pill.addEventListener('contextmenu', (event) => {
    event.preventDefault()
    if (event.isTrusted) onOffer()
  })
  pill.addEventListener('pointerdown', (event) => {
    wasHeld = false
    if (!event.isTrusted || event.pointerType === 'mouse') return
    holding = setTimeout(() => {
      wasHeld = true
      onOffer()
    }, holdMs)
  })
  for (const name of ['pointerup', 'pointerleave', 'pointercancel'])
    pill.addEventListener(name, () => clearTimeout(holding))
  pill.addEventListener('keydown', (event) => {
    if (event.isTrusted) onKey(event)
  })
  return pill
}
