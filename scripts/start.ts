import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuild } from './build'
import { findChromium } from './find-browser'
import { readSavedPage } from './recognise'
import { pathFromPerson, say } from './shell'
import { showPractice } from './start/headed'
import { doPracticeJob } from './start/practice-job'
import { documentSavedPage } from './start/saved-page-job'
import { isFailedStep, stepsTo } from './start/steps'

const usage = `Use it so:
  npm start                                             opens a browser with a practice feed, where there is a display
  npm start -- --headless [--out DIR]                   does the whole job by itself
  npm start -- --page FILE.html --url ADDRESS [--out DIR]   documents every post of a page you saved
  npm start -- --profile DIR                            keeps the browser's profile in DIR`

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
}

function readOptions(argv: string[]) {
  return parseArgs({
    args: argv,
    options: {
      headless: { type: 'boolean', default: false },
      out: { type: 'string', default: 'witnessmark-demo' },
      page: { type: 'string' },
      url: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  }).values
}

/** Takes away what an earlier run left, so that nothing of it passes for a result of this one. */
function removeEarlier(out: string): void {
  if (!existsSync(out)) return
  const ours =
    /^(bag|bundle\.zip|bundle\.zip\.age|passphrase\.txt|(locker|page-with-marks|popup|report|trouble)-\w+\.png)$/
  for (const name of readdirSync(out).filter((one) => ours.test(one))) {
    rmSync(join(out, name), { recursive: true, force: true })
  }
}

async function start(options: ReturnType<typeof readOptions>): Promise<number> {
  const isSavedPage = options.page !== undefined || options.url !== undefined
  const site = isSavedPage ? readSavedPage(options.page, options.url) : null
  if (typeof site === 'string') {
    say(site)
    return 2
  }
  const program = await findChromium()
  const build = await ensureBuild('chrome')
  const out = pathFromPerson(options.out)
  const step = stepsTo((line) => process.stdout.write(`${line}\n`))
  removeEarlier(out)
  if (site !== null) await documentSavedPage({ program, build, out, step, site })
  else if (options.headless || !hasDisplay()) await doPracticeJob({ program, build, out, step })
  else {
    await showPractice({
      program,
      build,
      ...(options.profile ? { profile: pathFromPerson(options.profile) } : {}),
    })
    return 0
  }
  process.stdout.write(`Everything worked. The results are in ${out}\n`)
  return 0
}

/** `npm start`: sets everything up and shows, or does, the main job. 0 only if all of it worked. */
export async function main(argv: string[]): Promise<number> {
  let options: ReturnType<typeof readOptions>
  try {
    options = readOptions(argv)
  } catch {
    say(usage)
    return 2
  }
  if (options.help) {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  try {
    return await start(options)
  } catch (error) {
    if (!isFailedStep(error)) throw error
    process.stdout.write('Something did not work. The step that failed is marked with ✗.\n')
    return 1
  }
}
