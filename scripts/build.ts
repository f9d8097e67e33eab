import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder, runPackage, say, stopWith } from './shell'

export type Target = 'chrome' | 'firefox'

const inputs = [
  'components',
  'entrypoints',
  'locales',
  'public',
  'utils',
  'package-lock.json',
  'tsconfig.json',
  'wxt.config.ts',
]

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

/** SHA-256 over every file that the build reads, names included. */
export function hashOfInputs(): string {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap((input) => filesBelow(join(projectFolder, input)))) {
    hash
      .update(`${file.slice(projectFolder.length)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

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

/** `npm run build`: both browsers; prints the folders. */
export async function main(): Promise<number> {
  for (const target of ['chrome', 'firefox'] as const) {
    process.stdout.write(`${await ensureBuild(target)}\n`)
  }
  return 0
}
