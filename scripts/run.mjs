// Runs scripts/<name>.ts with everything it needs. Plain JavaScript without dependencies, because it has to
// work with any Node from 20 on, before anything is installed. Nothing but the script writes to stdout.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const oldestNode = [22, 12]

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

/** Whether node_modules holds what package-lock.json asks for, by npm's own record of what it installed. */
function areDependenciesCurrent() {
  const wanted = readJson(join(root, 'package-lock.json'))
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))
  if (wanted === null) return true
  if (installed === null) return false
  return Object.entries(wanted.packages).every(([path, entry]) => {
    const found = installed.packages[path]
    if (path === '' || (found === undefined && (entry.optional || entry.peer))) return true
    return found?.version === entry.version && existsSync(join(root, path, 'package.json'))
  })
}

/** Runs npm with its output on stderr. False when npm failed or is missing. */
function npm(args, cwd) {
  const options = { cwd, stdio: ['ignore', 2, 2] }
  const ownPath = process.env.npm_execpath
  const run = ownPath?.endsWith('.js')
    ? spawnSync(process.execPath, [ownPath, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  return run.status === 0
}

function installDependencies() {
  process.stderr.write('Installing dependencies …\n')
  if (npm(['ci', '--no-audit', '--no-fund'], root)) return
  stop('The dependencies could not be installed. Check the network connection, then try again: npm ci')
}

/** The version of a Node binary as [major, minor], or null when it does not run. */
function nodeVersion(binary) {
  const run = spawnSync(binary, ['--version'], { encoding: 'utf8' })
  const match = /^v(\d+)\.(\d+)/.exec(run.stdout ?? '')
  return match === null ? null : [Number(match[1]), Number(match[2])]
}

function isNewEnough(version) {
  if (version === null) return false
  return version[0] > oldestNode[0] || (version[0] === oldestNode[0] && version[1] >= oldestNode[1])
}

function localNode() {
  const folder = join(root, 'node_modules', 'node', 'bin')
  return join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
}

/** The Node that came with the dependencies; npm may have skipped the step that puts it in place. */
function ensureLocalNode() {
  if (isNewEnough(nodeVersion(localNode()))) return localNode()
  const setup = join(root, 'node_modules', 'node', 'installArchSpecificPackage.js')
  if (existsSync(setup)) {
    process.stderr.write('Setting up Node 24 for this project …\n')
    spawnSync(process.execPath, [setup], { cwd: dirname(setup), stdio: ['ignore', 2, 2] })
  }
  if (isNewEnough(nodeVersion(localNode()))) return localNode()
  return stop(
    `This needs Node ${oldestNode.join('.')} or newer; here is ${process.version}, and the newer one that belongs to ` +
      'the dependencies could not be set up. Install Node 24 from nodejs.org, then try again.',
  )
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(2)
}

/** Sentences for the person stand alone; anything else is a bug and shows where it happened. */
function sentenceOf(error) {
  if (!(error instanceof Error)) return String(error)
  return error.name === 'Stop' ? error.message : (error.stack ?? error.message)
}

function rerunWith(binary) {
  const child = spawn(binary, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1))
}

async function runScript(name, args) {
  const script = join(root, 'scripts', `${name}.ts`)
  if (!/^[a-z-]+$/.test(name) || !existsSync(script)) stop(`There is no script called "${name}".`)
  process.env.PATH = `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`
  const { runnerImport } = await import('vite')
  const { module } = await runnerImport(pathToFileURL(script).pathname, {
    root,
    configFile: false,
    logLevel: 'error',
  })
  process.exitCode = await module.main(args)
}

const [name = '', ...args] = process.argv.slice(2)
if (!areDependenciesCurrent()) installDependencies()
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (isNewEnough([major, minor])) {
  try {
    await runScript(name, args)
  } catch (error) {
    stop(sentenceOf(error))
  }
} else {
  rerunWith(ensureLocalNode())
}
