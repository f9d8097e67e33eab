import type { Protocol } from 'puppeteer-core'

/** Milliseconds that a script was on the stack, in all and in its longest stretch. */
export type ScriptTime = { totalMs: number; longestMs: number }

/** Shorter breaks between two samples of the script do not end a stretch: the profiler looks twice a millisecond. */
const breakMs = 2

/** The nodes of a profile in which this script runs, or what it called: the browser's own functions too. */
function nodesOf(nodes: readonly Protocol.Profiler.ProfileNode[], script: string): Set<number> {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const own = new Set<number>()
  const add = (id: number): void => {
    own.add(id)
    for (const child of byId.get(id)?.children ?? []) add(child)
  }
  for (const { id, callFrame } of nodes) if (callFrame.url.endsWith(script)) add(id)
  return own
}

/** How long the script whose address ends so was at work in a recorded profile. Pure. */
export function scriptTimeIn(profile: Protocol.Profiler.Profile, script: string): ScriptTime {
  const { nodes, samples = [], timeDeltas = [], startTime, endTime } = profile
  const own = nodesOf(nodes, script)
  let now = startTime
  const moments = timeDeltas.map((delta) => {
    now += delta
    return now
  })
  let totalMs = 0
  let longestMs = 0
  let stretchMs = 0
  let lastEnd = Number.NEGATIVE_INFINITY
  for (const [index, node] of samples.entries()) {
    const start = moments[index]
    if (start === undefined || !own.has(node)) continue
    const end = moments[index + 1] ?? endTime
    const ms = Math.max(0, end - start) / 1_000
    stretchMs = (start - lastEnd) / 1_000 > breakMs ? ms : stretchMs + ms
    totalMs += ms
    longestMs = Math.max(longestMs, stretchMs)
    lastEnd = end
  }
  return { totalMs, longestMs }
}
