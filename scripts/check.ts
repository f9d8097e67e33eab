import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder, runPackage } from './shell'

/** `npm run check`: format, lint and types of the whole project. Promises 0 when all are clean. */
export async function main(): Promise<number> {
  const output = { output: 'stdout' } as const
  if (!existsSync(join(projectFolder, '.wxt', 'wxt.d.ts'))) {
    const prepared = await runPackage('wxt/bin/wxt.mjs', ['prepare'])
    if (prepared !== 0) return prepared
  }
  const lint = await runPackage('@biomejs/biome/bin/biome', ['check', '.'], output)
  const types = await runPackage('typescript/bin/tsc', ['--noEmit', '-p', '.'], output)
  return lint === 0 && types === 0 ? 0 : 1
}
