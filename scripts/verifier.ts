import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { hashOfInputs } from './inputs'
import { projectFolder, say, stopWith } from './shell'

const outFolder = join(projectFolder, '.output')

/** Where the one file is. */
export const verifierFile = join(outFolder, 'verifier.html')

type Made = { script: string; style: string }

async function makeParts(): Promise<Made> {
  const made = await build({
    root: projectFolder,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'esnext',
      cssCodeSplit: false,
      modulePreload: false,
      rollupOptions: {
        input: join(projectFolder, 'entrypoints', 'verifier', 'alone.tsx'),
        output: { format: 'iife' },
      },
    },
  })
  const parts: Made = { script: '', style: '' }
  for (const { output } of [made].flat().filter((one) => 'output' in one))
    for (const file of output) {
      if (file.type === 'chunk') parts.script += file.code
      else if (file.fileName.endsWith('.css')) parts.style += file.source
      else throw stopWith(`The verifier would need a second file: ${file.fileName}`)
    }
  return parts
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing is fetched, nothing runs and nothing styles but what these hashes name. */
function policyFor({ script, style }: Made): string {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)} 'wasm-unsafe-eval'`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

/** The page as one text. Only its own script and style are in it, and none of either ends its element early. */
export function assemble(made: Made): string {
  const parts = {
    // In strings and regular expressions of the script the escaped form means the same.
    script: made.script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--').trim(),
    style: made.style.trim(),
  }
  if (/<\/style/i.test(parts.style)) throw stopWith('The style of the verifier would end its own element.')
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policyFor(parts)}">`,
    '<meta name="referrer" content="no-referrer">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>Witnessmark</title>',
    `<style>${parts.style}</style>`,
    '</head>',
    '<body>',
    '<div id="root"></div>',
    `<script>${parts.script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** Makes the one file unless its sources are those of the last time. Promises where it is. */
export async function ensureVerifier(): Promise<string> {
  const stamp = join(outFolder, 'verifier.inputs')
  const wanted = hashOfInputs()
  const isCurrent = existsSync(verifierFile) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isCurrent) return verifierFile
  say('Building the verifier …')
  mkdirSync(outFolder, { recursive: true })
  writeFileSync(verifierFile, assemble(await makeParts()))
  writeFileSync(stamp, wanted)
  return verifierFile
}

/** `npm run verifier`: makes `verifier.html`, one file that works from the disk; prints where it is. */
export async function main(): Promise<number> {
  process.stdout.write(`${await ensureVerifier()}\n`)
  return 0
}
