import type { Random } from './random'

/**
 * What the kill interrupts. What `run` tells to `expected` it tells when the browser has answered, and not before.
 * `untilCore` resolves where Argon2id is over and the locker begins to change.
 */
export type Interrupted = { run: () => Promise<void>; untilCore?: () => Promise<void> }

/** Milliseconds that each act takes, and its core; guesses at first, then what was measured. */
export type Durations<N extends string> = { whole: Record<N, number>; core: Record<N, number> }

/** When the kill comes: `part` is what `ms` counts from the beginning of. */
export type Timed = { isInTheMiddle: boolean; ms: number; part: 'whole' | 'core' }

/** A kill that came before the end says that the act takes longer than it was thought to. */
const patience = 1.2

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/**
 * Runs the act up to a random moment: anywhere in it, or, where it begins with Argon2id, mostly in what comes after.
 * Throws what the act throws before that.
 */
export async function runUpToMoment<N extends string>(
  act: Interrupted,
  name: N,
  durations: Durations<N>,
  random: Random,
): Promise<Timed> {
  const part = act.untilCore && random() < 0.75 ? 'core' : 'whole'
  const share = random() * patience
  let end = Number.POSITIVE_INFINITY
  const running = act.run().then(() => {
    end = performance.now()
  })
  // The browser is killed under it; until then, a failure ends the round.
  running.catch(() => undefined)
  let start = performance.now()
  if (part === 'core') {
    await Promise.race([act.untilCore?.(), running])
    start = performance.now()
  }
  await Promise.race([wait(durations[part][name] * share), running])
  const isInTheMiddle = end === Number.POSITIVE_INFINITY
  if (!isInTheMiddle) durations[part][name] = Math.max(10, end - start)
  else if (share > 0.7) durations[part][name] *= patience
  return { isInTheMiddle, ms: performance.now() - start, part }
}

/** One line about a kill. */
export function tellKill(round: number, name: string, timed: Timed, before: number): string {
  const { isInTheMiddle, ms, part } = timed
  const where = isInTheMiddle ? (part === 'core' ? ' of its core' : '') : ', at its end'
  return `${String(round).padStart(3)}  ${name.padEnd(10)} killed after ${Math.round(ms)} ms${where}; ${before} items before`
}
