/** Does one step, tells about it in one plain line with its time, and gives what it gave. */
export type Step = <T>(title: string, act: () => Promise<T>) => Promise<T>

/** Thrown after a failed step was told about; nothing more needs to be said. */
const failedStep = 'failed-step'

/** Whether this is the error of a step whose line was printed already. */
export function isFailedStep(error: unknown): boolean {
  return error instanceof Error && error.name === failedStep
}

/** Steps that print to this stream: ✓ or ✗, what was done, how long it took. */
export function stepsTo(write: (line: string) => void): Step {
  return async (title, act) => {
    const start = performance.now()
    const time = () => `${((performance.now() - start) / 1_000).toFixed(1)} s`
    try {
      const given = await act()
      write(`✓ ${title} (${time()})`)
      return given
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      write(`✗ ${title} (${time()}): ${reason}`)
      throw Object.assign(new Error(reason, { cause: error }), { name: failedStep })
    }
  }
}
