import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const browserModule = 'export const browser = globalThis.browser ?? globalThis.chrome'

/** Name of the script in the build that reads and overwrites the file of the epoch's secret. */
function workerIn(folder: string): string {
  const name = readdirSync(join(folder, 'assets')).find((one) => /^shred-cell-worker.*\.js$/.test(one))
  if (name === undefined) throw new Error(`no shred-cell-worker in ${folder}`)
  return `/assets/${name}`
}

/**
 * The locker's own functions as one script, to be evaluated in a page of the build in this folder; it leaves them
 * in `lockerProbe.locker`, or what another `entry` exports in `lockerProbe`. The worker is the one that ships.
 */
export async function bundleProbe(
  folder: string,
  entry = join(import.meta.dirname, 'entry.ts'),
): Promise<string> {
  const replaced = new Map([
    ['wxt/browser', browserModule],
    ['./shred-cell-worker?worker&url', `export default ${JSON.stringify(workerIn(folder))}`],
  ])
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'probe',
        enforce: 'pre',
        resolveId: (id) => (replaced.has(id) ? `\0probe:${id}` : null),
        load: (id) => (id.startsWith('\0probe:') ? (replaced.get(id.slice(7)) ?? null) : null),
      },
    ],
    build: {
      write: false,
      target: 'esnext',
      lib: { entry, formats: ['iife'], name: 'lockerProbe' },
    },
  })
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []))
  const [chunk] = outputs.filter((one) => one.type === 'chunk')
  if (chunk === undefined) throw new Error('the probe was not built')
  // Evaluated inside a function, a `var` would be gone afterwards.
  return `${chunk.code}\n;globalThis.lockerProbe = lockerProbe`
}
