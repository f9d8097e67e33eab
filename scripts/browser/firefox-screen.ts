import { waitUntil } from './seen'

/** A page of the extension in Firefox. Things are found by name; presses are the mouse's, so they are trusted. */
export type FirefoxScreen = {
  has: (name: Name) => Promise<boolean>
  press: (name: Name, button?: MouseButton) => Promise<void>
  /** Types into a field, in place of what is in it. */
  fill: (label: string, text: string) => Promise<void>
  read: (shape: RegExp) => Promise<string>
  /** Evaluates this in the page and promises what it gives, awaited, as JSON takes it. Throws what it throws. */
  evaluate: (expression: string) => Promise<unknown>
}

type Name = string | RegExp
type MouseButton = 'left' | 'right'
/** What the browser answers when it has evaluated something. */
export type Answer = { result?: { type?: string; value?: unknown }; exceptionDetails?: { text?: string } }
type NodeAnswer = { result?: { value?: { shadowRoot?: { sharedId?: string } | null } } }
/** Asks the browser, over WebDriver BiDi. */
export type Send = (method: string, params: object) => Promise<{ result: unknown }>

/** Where a screen's things are: a page, or a shadow root in it by the automation's own id. */
export type Place = { context: string; shadowRoot: string | null }

/** Runs in the page: the middle of the first thing of this name, or null. */
const findInPage = `(root, text, pattern) => {
  const nameOf = (element) => {
    const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? ''
    return label.trim()
  }
  const candidates = root.querySelectorAll('button, input, textarea, select, summary, a[href]')
  const found = [...candidates].find((element) => (pattern ? new RegExp(pattern, 's').test(nameOf(element)) : nameOf(element) === text) && element.getAttribute('aria-disabled') !== 'true' && !element.disabled && element.checkVisibility())
  if (!found) return null
  if (root === document) found.scrollIntoView({ block: 'center', behavior: 'instant' })
  const box = found.getBoundingClientRect()
  return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]
}`

/** Runs in the page: whether some field holds exactly this. */
const isTyped = `(root, text) => [...root.querySelectorAll('input, textarea')].some(({ value }) => value === text)`

const pressedKey = (value: string) => [
  { type: 'keyDown', value },
  { type: 'keyUp', value },
]
/** The Control key, as WebDriver spells it. */
const control = '\uE009'
const selectAll = [{ type: 'keyDown', value: control }, ...pressedKey('a'), { type: 'keyUp', value: control }]

const buttons: Record<MouseButton, number> = { left: 0, right: 2 }

/** Runs in the page: the words of its paragraphs, headings and notices. */
const readInPage = `(root) =>
  [...root.querySelectorAll('p, li, h1, h2, strong, [role="status"]')].map((one) => one.textContent.trim())`

/** Sits down at a page, or at a shadow root in it. */
export function screenAt(send: Send, { context, shadowRoot }: Place): FirefoxScreen {
  async function evaluate(source: string, ...given: unknown[]): Promise<unknown> {
    const values = given.map((value) => JSON.stringify(value))
    const { result } = await send('script.callFunction', {
      target: { context },
      awaitPromise: true,
      functionDeclaration: `(root) => JSON.stringify((${source})(${['root ?? document', ...values].join(', ')}) ?? null)`,
      arguments: shadowRoot === null ? [] : [{ sharedId: shadowRoot }],
    })
    const { value } = (result as Answer).result ?? {}
    return typeof value === 'string' ? JSON.parse(value) : null
  }
  const placeOf = (name: Name): Promise<unknown> => {
    const [text, pattern] = typeof name === 'string' ? [name, null] : ['', name.source]
    return evaluate(findInPage, text, pattern)
  }

  async function press(name: Name, button: MouseButton = 'left'): Promise<void> {
    const [x, y] = await waitUntil(`"${name}" in Firefox`, async () => {
      const place = await placeOf(name)
      return Array.isArray(place) ? (place as [number, number]) : null
    })
    const actions = [
      { type: 'pointerMove', x, y },
      { type: 'pointerDown', button: buttons[button] },
      { type: 'pointerUp', button: buttons[button] },
    ]
    await send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions }] })
  }

  /** On a busy machine a key may get lost on its way into a field; then everything is typed once more. */
  async function fill(label: string, text: string): Promise<void> {
    await waitUntil(`"${label}" in Firefox to take the text`, async () => {
      await press(label)
      const actions = [...selectAll, ...[...text].flatMap(pressedKey)]
      await send('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions }] })
      return evaluate(isTyped, text)
    })
  }

  async function evaluateAwaited(expression: string): Promise<unknown> {
    const { result } = await send('script.evaluate', {
      target: { context },
      awaitPromise: true,
      expression: `(async () => JSON.stringify((await (${expression})) ?? null))()`,
    })
    const { result: value, exceptionDetails } = result as Answer
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text ?? 'an error in the page')
    return typeof value?.value === 'string' ? JSON.parse(value.value) : null
  }

  return {
    evaluate: evaluateAwaited,
    has: async (name) => (await placeOf(name)) !== null,
    press,
    fill,
    read: (shape) =>
      waitUntil(`words like ${shape} in Firefox`, async () => {
        const texts = await evaluate(readInPage)
        return Array.isArray(texts) ? (texts as string[]).find((text) => shape.test(text)) : null
      }),
  }
}

type Context = { url: string; context: string; children?: Context[] | null }

/** A page at this address, also one in a frame of another. */
function findContext(contexts: readonly Context[], address: string): string | undefined {
  for (const { url, context, children } of contexts) {
    const found = url === address ? context : findContext(children ?? [], address)
    if (found !== undefined) return found
  }
  return undefined
}

/** The closed shadow root of the last thing in the page: WebDriver BiDi shows those too, where a page asks in vain. */
export async function findOverlay(send: Send, address: string): Promise<Place | null> {
  const { result } = await send('browsingContext.getTree', {})
  const context = findContext((result as { contexts: Context[] }).contexts, address)
  if (context === undefined) return null
  const { result: answer } = await send('script.evaluate', {
    target: { context },
    awaitPromise: false,
    expression: 'document.documentElement.lastElementChild',
    serializationOptions: { maxDomDepth: 1, includeShadowTree: 'all' },
  })
  const shadowRoot = (answer as NodeAnswer).result?.value?.shadowRoot?.sharedId
  return shadowRoot === undefined ? null : { context, shadowRoot }
}
