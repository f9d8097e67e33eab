import { describe, expect, it } from 'vitest'
import { scriptTimeIn } from '../../bench/script-time'

const frame = (url: string) => ({ functionName: '', scriptId: '1', url, lineNumber: 0, columnNumber: 0 })

/** Root, our script with a function of the browser below it, and the page's own script. */
const nodes = [
  { id: 1, callFrame: frame(''), children: [2, 4] },
  { id: 2, callFrame: frame('chrome-extension://abc/content-scripts/posts.js'), children: [3] },
  { id: 3, callFrame: frame('') },
  { id: 4, callFrame: frame('https://x.com/app.js') },
]

/** A profile from samples and their microseconds from the one before. */
function profile(samples: number[], timeDeltas: number[], lastsFor: number) {
  const end = timeDeltas.reduce((sum, delta) => sum + delta, 0) + lastsFor
  return { nodes, samples, timeDeltas, startTime: 0, endTime: end }
}

describe('the time of a script in a profile', () => {
  it('counts the script and what it calls, and nothing else', () => {
    const recorded = profile([4, 2, 3, 4, 1], [0, 1_000, 500, 500, 1_000], 9_000)
    expect(scriptTimeIn(recorded, '/content-scripts/posts.js')).toEqual({ totalMs: 1, longestMs: 1 })
  })

  it('tells stretches apart by what lies between them', () => {
    const recorded = profile([2, 4, 2, 1, 3, 1], [0, 1_000, 500, 1_000, 5_000, 4_000], 0)
    // 1 ms, half a millisecond of the page, 1 ms; then 5 ms of nothing, then 4 ms.
    expect(scriptTimeIn(recorded, '/content-scripts/posts.js')).toEqual({ totalMs: 6, longestMs: 4 })
  })

  it('is nothing where the script never ran', () => {
    expect(scriptTimeIn(profile([4, 1], [0, 500], 500), '/content-scripts/posts.js')).toEqual({
      totalMs: 0,
      longestMs: 0,
    })
  })
})
