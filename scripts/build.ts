import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOfInputs } from './inputs'
import { projectFolder, runPackage, say, stopWith } from './shell'
import { ensureVerifier } from './verifier'

export type Target = 'chrome' | 'firefox'

/** Folder of the unpacked extension for this browser. */
export function buildFolder(target: Target): string {
  return join(projectFolder, '.output', `${target}-mv3`)
}

/**
 * Builds the extension for this browser unless its sources are those of the last build. Promises the folder
 * of the unpacked extension; throws when the build fails.
 */
export async function ensureBuild(target: Target): Promise<string> {
  const folder = buildFolder(target)
  const stamp = join(projectFolder, '.output', `${target}.inputs`)
  const wanted = hashOfInputs()
  const isCurrent =
    existsSync(join(folder, 'manifest.json')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isCurrent) return folder
  say(`Building the extension for ${target} …`)
  const status = await runPackage('wxt/bin/wxt.mjs', ['build', '-b', target])
  if (status !== 0) throw stopWith(`The extension for ${target} could not be built. The reason stands above.`)
  mkdirSync(join(projectFolder, '.output'), { recursive: true })
  writeFileSync(stamp, wanted)
  return folder
}

/** The build to test: the one that `npm test` made at its beginning, else a fresh one. */
export function builtFolder(target: Target): Promise<string> {
  return process.env.WITNESSMARK_BUILT === 'yes' ? Promise.resolve(buildFolder(target)) : ensureBuild(target)
}

/** `npm run build`: both browsers and the verifier; prints where they are. */
export async function main(): Promise<number> {
  for (const target of ['chrome', 'firefox'] as const) {
    process.stdout.write(`${await ensureBuild(target)}\n`)
  }
  process.stdout.write(`${await ensureVerifier()}\n`)
  return 0
}
