import { plain } from './plain'

/** One thing that can be done with a post besides capturing it alone. */
type MenuEntry = { id: string; label: string }

export type MenuOptions = {
  label: string
  entries: MenuEntry[]
  /** Whether a press counts. */
  isMeant: (press: MouseEvent) => boolean
  onChoose: (id: string) => void
  /** The menu was left; `back` asks to return the focus to the mark. */
  onClose: (way: 'back' | 'away') => void
}

export type MarkMenu = { element: HTMLElement; open: () => void; close: () => void }

/**
 * The menu of a mark, after the pattern "menu button" of the ARIA Authoring Practices: arrows go round, Home and End
 * jump, Escape and Tab leave.
 */
export function createMarkMenu({ label, entries, isMeant, onChoose, onClose }: MenuOptions): MarkMenu {
  const element = plain(document).createElement('div')
  element.className = 'menu'
  element.setAttribute('role', 'menu')
  element.setAttribute('aria-label', label)
  let isOpen = true

  function close(way: 'back' | 'away'): void {
    if (!isOpen) return
    isOpen = false
    element.remove()
    onClose(way)
  }

  function choose(id: string): void {
    close('back')
    onChoose(id)
  }

  const items = entries.map(({ id, label: name }) => {
    const item = plain(document).createElement('button')
    item.type = 'button'
    item.tabIndex = -1
    item.setAttribute('role', 'menuitem')
    item.textContent = name
    item.addEventListener('click', (event) => {
      // A press of the keyboard has no place on the screen.
      if (event.isTrusted && (event.detail === 0 || isMeant(event))) choose(id)
    })
    return item
  })
  element.append(...items)

  function goTo(index: number): void {
    items[(index + items.length) % items.length]?.focus()
  }

  element.addEventListener('keydown', (event) => {
    const at = items.findIndex((item) => item.matches(':focus'))
    const keys: Record<string, () => void> = {
      ArrowDown: () => goTo(at + 1),
      ArrowUp: () => goTo(at - 1),
      Home: () => goTo(0),
      End: () => goTo(items.length - 1),
      Escape: () => close('back'),
      Tab: () => close('back'),
    }
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined
    if (!act || !event.isTrusted) return
    event.preventDefault()
    act()
  })
  element.addEventListener('focusout', ({ relatedTarget }) => {
    // The person went to another window and will come back.
    if (!plain(document).hasFocus()) return
    if (!(relatedTarget instanceof Node) || !element.contains(relatedTarget)) close('away')
  })

  return { element, open: () => goTo(0), close: () => close('away') }
}
