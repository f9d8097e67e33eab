/** Name of the error and where it was thrown; never its message, which may quote what a page said. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  // The stack begins with the message, whose lines may look like places.
  const frames = error.stack?.replace(error.message, '')
  const frame = frames?.split('\n').find((line) => /:\d+:\d+\)?$/.test(line)) ?? ''
  const place = /([\w.-]+:\d+:\d+)\)?$/.exec(frame)?.[1] ?? 'unknown place'
  return `${error.name} at ${place}`
}

/** Logs that something happened that must not happen: kind and place, no content. */
export function reportBug(error: unknown): void {
  console.error(`Witnessmark: ${placeOf(error)}`)
}

/** Sends whatever nobody caught to `reportBug`, then tells `onBug`, so that the page can say so. */
export function reportUncaught(target: Window, onBug: () => void): void {
  target.addEventListener('error', (event) => {
    event.preventDefault()
    reportBug(event.error)
    onBug()
  })
  target.addEventListener('unhandledrejection', (event) => {
    event.preventDefault()
    reportBug(event.reason)
    onBug()
  })
}
