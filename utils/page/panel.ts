import { plain } from './plain'

export type PanelOptions = {
  sentence: string
  button: string
  /** Whether a press counts. */
  isMeant: (press: MouseEvent) => boolean
  onPress: () => void
  /** The pointer moves over it: now is no time to hide it. */
  onPoint?: () => void
  /** A number that changes all the time is not read out at each change. */
  pace?: 'steady' | 'busy'
}

/** A line in the window's corner that tells how long work goes on, with one button. */
export type Panel = { say: (sentence: string) => void; close: () => void }

/** Opens a panel in the layer of our marks; it stays until it is closed. */
export function openPanel(
  layer: HTMLElement,
  { sentence, button, isMeant, onPress, onPoint, pace }: PanelOptions,
): Panel {
  const element = plain(document).createElement('div')
  element.className = 'panel'
  const line = plain(document).createElement('span')
  line.setAttribute('role', 'status')
  if (pace === 'busy') line.setAttribute('aria-live', 'off')
  line.textContent = sentence
  const control = plain(document).createElement('button')
  control.type = 'button'
  control.textContent = button
  control.addEventListener('click', (event) => {
    if (event.isTrusted && (event.detail === 0 || isMeant(event))) onPress()
  })
  if (onPoint) element.addEventListener('pointermove', onPoint)
  element.append(line, control)
  layer.append(element)
  return {
    say: (next) => {
      line.textContent = next
    },
    close: () => element.remove(),
  }
}
