import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describeOverdue, overdueReviews } from './channel-reviews'
import { projectFolder, runPackage } from './shell'

/** Says which channels nobody has reviewed for a year; true when there is none. */
function areChannelsReviewed(): boolean {
  const folder = join(projectFolder, 'utils', 'channels', 'data')
  const lines = describeOverdue(overdueReviews({ folder, today: new Date().toISOString().slice(0, 10) }))
  for (const line of lines) console.error(line)
  return lines.length === 0
}

/**
 * `npm run check`: format, lint and types of the whole project, and the review dates of the channels. Promises 0
 * when all are clean.
 */
export async function main(): Promise<number> {
  const output = { output: 'stdout' } as const
  if (!existsSync(join(projectFolder, '.wxt', 'wxt.d.ts'))) {
    const prepared = await runPackage('wxt/bin/wxt.mjs', ['prepare'])
    if (prepared !== 0) return prepared
  }
  const lint = await runPackage('@biomejs/biome/bin/biome', ['check', '.'], output)
  const types = await runPackage('typescript/bin/tsc', ['--noEmit', '-p', '.'], output)
  const isReviewed = areChannelsReviewed()
  return lint === 0 && types === 0 && isReviewed ? 0 : 1
}
