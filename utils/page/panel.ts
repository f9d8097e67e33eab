import { plain } from './plain'

export type PanelOptions = {
  sentence: string
  button: string
  /** Whether a press counts. */
  isMeant: (press: MouseEvent) => boolean
  onPress: () => void
}

/** A line in the window's corner that tells how long work goes on, with one button. */
export type Panel = { say: (sentence: string) => void; close: () => void }

/** Opens a panel in the layer of our marks; it stays until it is closed. */
export function openPanel(layer: HTMLElement, { sentence, button, isMeant, onPress }: PanelOptions): Panel {
  const element = plain(document).createElement('div')
  element.className = 'panel'
  const line = plain(document).createElement('span')
  line.setAttribute('role', 'status')
  line.textContent = sentence
  const control = plain(document).createElement('button')
  control.type = 'button'
  control.textContent = button
  control.addEventListener('click', (event) => {
    if (event.isTrusted && (event.detail === 0 || isMeant(event))) onPress()
  })
  element.append(line, control)
  layer.append(element)
  return {
    say: (next) => {
      line.textContent = next
    },
    close: () => element.remove(),
  }
}
