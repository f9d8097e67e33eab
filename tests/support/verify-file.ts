import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { projectFolder } from '../../scripts/shell'

/** Runs the verifier's command on a file. Gives its exit status and what it printed. */
export function verifyFile(path: string, ...options: string[]): { status: number | null; output: string } {
  const run = join(projectFolder, 'scripts', 'run.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [run, 'verify', path, ...options], {
    encoding: 'utf8',
  })
  return { status, output: `${stdout}${stderr}` }
}
