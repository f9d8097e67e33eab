import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder of the project. Every script is run through `run.mjs`, which sits one folder below it. */
export const projectFolder = resolve(import.meta.dirname, '..')

/** Absolute path of a file that the person named, seen from where they typed the command. */
export function pathFromPerson(path: string): string {
  const here = resolve(path)
  const there = resolve(process.env.INIT_CWD ?? '.', path)
  return existsSync(here) || !existsSync(there) ? here : there
}

export type CommandOptions = {
  /** Seconds after which the command is ended; none when left out. */
  timeoutSeconds?: number
  /** Where its output goes. `stderr` keeps our own stdout clean. */
  output?: 'stderr' | 'stdout'
  environment?: Record<string, string>
}

/** Runs a program in the project's folder. Promises its exit status; 1 when it was ended or could not start. */
export function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<number> {
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: projectFolder,
      stdio: ['ignore', options.output === 'stdout' ? 1 : 2, 2],
      env: { ...process.env, ...options.environment },
      ...(options.timeoutSeconds === undefined ? {} : { timeout: options.timeoutSeconds * 1_000 }),
    })
    child.on('error', () => done(1))
    child.on('exit', (code) => done(code ?? 1))
  })
}

/** Runs a program of a dependency with this same Node, for example `('wxt/bin/wxt.mjs', ['build'])`. */
export function runPackage(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<number> {
  return runCommand(process.execPath, [join(projectFolder, 'node_modules', file), ...args], options)
}

/** First line that a program prints on stdout, or null when it cannot be run. */
export function firstLineOf(program: string, args: readonly string[]): string | null {
  const run = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000 })
  return run.status === 0 ? (run.stdout.split('\n')[0]?.trim() ?? null) : null
}

/** The first of these programs on the PATH, or null. */
export function findProgram(names: readonly string[]): string | null {
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':')
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
    if (found !== undefined) return found
  }
  return null
}

/** Writes one plain line on stderr, where every progress message goes. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** An error whose message is a sentence for the person; `run.mjs` prints it alone, without a stack. */
export function stopWith(sentence: string): Error {
  return Object.assign(new Error(sentence), { name: 'Stop' })
}
