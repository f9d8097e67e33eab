import { plain } from './plain'

/** One choice on the strip: an incident type with its words. */
export type Chip = { id: string; label: string }

export type StripOptions = {
  /** What happened, in one sentence. */
  sentence: string
  /** What one could do about it; null when there is nothing to say. */
  detail: string | null
  chips: Chip[]
  laterLabel: string
  /** Null where there is nothing to take back. */
  undoLabel: string | null
  /** Whether a press counts. */
  isMeant: (press: MouseEvent) => boolean
  /** Called at each change with everything chosen so far. */
  onTypes: (types: string[]) => void
  onUndo: () => void
  onClose: () => void
}

export type Strip = { element: HTMLElement; pressDigit: (digit: number) => void; close: () => void }

const staysMs = 8_000
/** The second half of a double click on a mark must not take back what the first saved. */
const undoAfterMs = 400

type Press = { isMeant: StripOptions['isMeant']; act: () => void }

function button(label: string, className: string, { isMeant, act }: Press): HTMLButtonElement {
  const element = plain(document).createElement('button')
  element.type = 'button'
  element.className = className
  element.textContent = label
  element.addEventListener('click', (event) => {
    if (event.isTrusted && isMeant(event)) act()
  })
  return element
}

function chipButton(chip: Chip, digit: number, press: Press): HTMLButtonElement {
  const element = button(chip.label, 'chip', press)
  element.setAttribute('aria-pressed', 'false')
  if (digit <= 9) {
    const key = plain(document).createElement('kbd')
    key.textContent = String(digit)
    element.prepend(key)
  }
  return element
}

/**
 * The strip that stays a while after a capture, so that its type can be named without reading the post again.
 * It closes by itself after eight seconds, unless the pointer or the focus is on it.
 */
export function createStrip(options: StripOptions): Strip {
  const element = plain(document).createElement('div')
  element.className = 'strip'
  element.setAttribute('role', 'group')
  element.setAttribute('aria-label', options.sentence)
  const openedAt = performance.now()
  const press = (act: () => void): Press => ({ isMeant: options.isMeant, act })
  const chosen = new Set<string>()
  let timer = setTimeout(close, staysMs)
  let isOpen = true

  function close(): void {
    if (!isOpen) return
    isOpen = false
    clearTimeout(timer)
    element.remove()
    options.onClose()
  }
  function toggle(chip: Chip, chipElement: HTMLElement): void {
    if (!chosen.delete(chip.id)) chosen.add(chip.id)
    chipElement.setAttribute('aria-pressed', String(chosen.has(chip.id)))
    options.onTypes([...chosen])
  }
  const chips = options.chips.map((chip, index) => {
    const chipElement: HTMLButtonElement = chipButton(
      chip,
      index + 1,
      press(() => toggle(chip, chipElement)),
    )
    return chipElement
  })

  const sentence = plain(document).createElement('strong')
  sentence.textContent = options.sentence
  if (options.detail !== null) {
    const detail = plain(document).createElement('p')
    detail.className = 'detail'
    detail.textContent = options.detail
    element.append(detail)
  }
  const row = plain(document).createElement('div')
  row.className = 'chips'
  row.append(sentence, ...chips, button(options.laterLabel, 'plain', press(close)))
  const undo = (): void => {
    if (performance.now() - openedAt < undoAfterMs) return
    options.onUndo()
    close()
  }
  if (options.undoLabel !== null) row.append(button(options.undoLabel, 'plain', press(undo)))
  element.append(row)

  const hold = (): void => clearTimeout(timer)
  const release = (): void => {
    clearTimeout(timer)
    if (isOpen) timer = setTimeout(close, staysMs)
  }
  element.addEventListener('pointerenter', hold)
  element.addEventListener('pointerleave', release)
  element.addEventListener('focusin', hold)
  element.addEventListener('focusout', release)

  return {
    element,
    pressDigit: (digit) => {
      const chip = options.chips[digit - 1]
      const chipElement = chips[digit - 1]
      if (chip && chipElement) toggle(chip, chipElement)
    },
    close,
  }
}
