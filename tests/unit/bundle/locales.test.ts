import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Exported } from '../../support/exported-digests'

const script = `
  const { runnerImport } = await import('vite')
  const options = { root: process.cwd(), configFile: false, logLevel: 'error' }
  const { module } = await runnerImport(process.cwd() + '/tests/support/exported-digests.ts', options)
  process.stdout.write(JSON.stringify(module.exported))
`

/** Exports in a process of its own, on a machine of that language and place. */
async function exportIn(language: string, zone: string): Promise<Exported> {
  const env = { ...process.env, TZ: zone, LC_ALL: language, LANG: language, LANGUAGE: '' }
  const args = ['--input-type=module', '-e', script]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env })
  return JSON.parse(stdout) as Exported
}

test('machines of other languages and time zones export the same bytes', async () => {
  const all = [
    await exportIn('ar_EG.UTF-8', 'Asia/Yangon'),
    await exportIn('de_DE.UTF-8', 'America/St_Johns'),
    await exportIn('th_TH.UTF-8', 'Pacific/Apia'),
  ]
  expect(all.map(({ locale, zone }) => [locale, zone])).toEqual([
    ['ar-EG', expect.stringMatching(/Yangon|Rangoon/)],
    ['de-DE', 'America/St_Johns'],
    ['th-TH', 'Pacific/Apia'],
  ])
  expect(new Set(all.map(({ shown }) => shown)).size, 'times are not shown in three ways').toBe(3)
  const [first] = all
  expect(new Set(first?.digests).size).toBe(3)
  for (const { digests } of all) expect(digests).toEqual(first?.digests)
})
