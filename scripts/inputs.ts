import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from './shell'

const inputs = [
  'components',
  'entrypoints',
  'locales',
  'public',
  'scripts/verifier.ts',
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
