import type { CDPSession, Page, Protocol } from 'puppeteer-core'

/*
 * What a person with a screen reader finds on a page: roles and names out of the browser's accessibility tree,
 * which reaches into closed shadow roots. Presses go through the mouse or keyboard, so they are trusted.
 */

/** One thing in the accessibility tree. */
export type Seen = {
  role: string
  name: string
  isDisabled: boolean
  /** Key of the node in the browser, stable while it is in the page. */
  node: number
}

/** Looks at one page; keeps one CDP session open for it. */
export type Eyes = {
  /** Everything with a name, in reading order. */
  look: () => Promise<Seen[]>
  /** The same for one role only; much faster on a large page. */
  lookFor: (role: string) => Promise<Seen[]>
  /** Presses this with the mouse, scrolled into view first. */
  press: (seen: Seen) => Promise<void>
  /** Its middle in the window, in CSS pixels; null when it is not drawn. */
  placeOf: (seen: Seen) => Promise<{ x: number; y: number } | null>
  /** Gives it the keyboard. */
  focus: (seen: Seen) => Promise<void>
  /** Chooses an option of this list by its words. Throws when there is none. */
  choose: (seen: Seen, option: string) => Promise<void>
  /** What stands in this field; null when it left the page. */
  valueOf: (seen: Seen) => Promise<string | null>
  /** What has the keyboard; null when nothing with a name has it. */
  focused: () => Promise<Seen | null>
  /** Its own text, shadow roots left out. Null when it left the page. */
  textOf: (seen: Seen) => Promise<string | null>
}

const chooseOption = `function (label) {
  const option = [...this.options].find((one) => one.label.trim() === label)
  if (!option) return false
  this.value = option.value
  for (const name of ['input', 'change']) this.dispatchEvent(new Event(name, { bubbles: true }))
  return true
}`

const bringToMiddle = `function () {
  const element = this instanceof Element ? this : this.parentElement
  element.scrollIntoView({ block: 'center', behavior: 'instant' })
}`

type Value = { value?: unknown }

function textValue(value: Value | undefined): string {
  return typeof value?.value === 'string' ? value.value : ''
}

function seenIn(nodes: readonly Protocol.Accessibility.AXNode[]): Seen[] {
  return nodes.flatMap((node) => {
    const name = textValue(node.name)
    if (node.ignored || name === '' || node.backendDOMNodeId === undefined) return []
    const isDisabled = node.properties?.some((p) => p.name === 'disabled' && p.value.value === true) ?? false
    return [{ role: textValue(node.role), name, isDisabled, node: node.backendDOMNodeId }]
  })
}

async function middleOf(session: CDPSession, node: number): Promise<{ x: number; y: number } | null> {
  const { quads } = await session.send('DOM.getContentQuads', { backendNodeId: node })
  const quad = quads[0]
  if (quad === undefined) return null
  const [x1 = 0, y1 = 0, , , x3 = 0, y3 = 0] = quad
  return { x: (x1 + x3) / 2, y: (y1 + y3) / 2 }
}

/** A press that may close its own window, before the browser has answered that it happened. */
export async function mayClose(press: Promise<void>): Promise<void> {
  await press.catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'TargetCloseError') throw error
  })
}

/** Opens eyes on a page; `frame` is a selector of the frame in it at whose page one looks with `lookFor`. */
export async function openEyes(page: Page, frame: string | null = null): Promise<Eyes> {
  const session = await page.createCDPSession()

  async function shownDocument(): Promise<{ nodeId: number } | { backendNodeId: number }> {
    const { root } = await session.send('DOM.getDocument', { depth: 0 })
    if (frame === null) return { nodeId: root.nodeId }
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: frame })
    const { node } = await session.send('DOM.describeNode', { nodeId, depth: 1, pierce: true })
    if (node.contentDocument === undefined) throw new Error('the frame has no page yet')
    return { backendNodeId: node.contentDocument.backendNodeId }
  }

  async function call(node: number, source: string, argument: string): Promise<unknown> {
    const { object } = await session.send('DOM.resolveNode', { backendNodeId: node })
    if (object.objectId === undefined) return undefined
    const { result } = await session.send('Runtime.callFunctionOn', {
      objectId: object.objectId,
      functionDeclaration: source,
      arguments: [{ value: argument }],
      returnByValue: true,
    })
    return result.value
  }

  return {
    look: async () => seenIn((await session.send('Accessibility.getFullAXTree')).nodes),
    lookFor: async (role) => {
      const { nodes } = await session.send('Accessibility.queryAXTree', { ...(await shownDocument()), role })
      return seenIn(nodes)
    },
    press: async ({ node, name }) => {
      // To the middle: at the edge a sticky header or footer may lie over it and take the click.
      await call(node, bringToMiddle, '')
      const middle = await middleOf(session, node)
      if (middle === null) throw new Error(`"${name}" cannot be seen, so it cannot be pressed`)
      await page.mouse.move(middle.x, middle.y)
      await mayClose(page.mouse.click(middle.x, middle.y))
    },
    placeOf: ({ node }) => middleOf(session, node).catch(() => null),
    focus: async ({ node }) => {
      await session.send('DOM.focus', { backendNodeId: node })
    },
    choose: async ({ node, name }, option) => {
      const isChosen = await call(node, chooseOption, option)
      if (isChosen !== true) throw new Error(`"${name}" has no option "${option}"`)
    },
    valueOf: async ({ node }) => {
      const value = await call(node, 'function () { return this.value }', '').catch(() => null)
      return typeof value === 'string' ? value : null
    },
    focused: async () => {
      const { nodes } = await session.send('Accessibility.getFullAXTree')
      const has = nodes.filter((node) =>
        node.properties?.some((p) => p.name === 'focused' && p.value.value === true),
      )
      return seenIn(has).findLast((seen) => seen.role !== 'RootWebArea') ?? null
    },
    textOf: async ({ node }) => {
      const text = await call(node, 'function () { return this.textContent }', '').catch(() => null)
      return typeof text === 'string' ? text : null
    },
  }
}

/** Asks again until `find` gives something. Throws `what` was waited for after `seconds`. */
export async function waitUntil<T>(
  what: string,
  find: () => Promise<T | null | undefined | false>,
  seconds = 20,
): Promise<T> {
  const end = Date.now() + seconds * 1_000
  for (;;) {
    const found = await find().catch((error: unknown) => {
      if (Date.now() > end) throw error
      return null
    })
    if (found !== null && found !== undefined && found !== false) return found
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
