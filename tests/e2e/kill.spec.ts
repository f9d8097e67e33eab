import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { chromiumRig } from '../../scripts/test-kill/chromium-rig'
import { runRounds } from '../../scripts/test-kill/rounds'

test('a browser killed at random moments loses nothing it promised, shows nothing by half, brings nothing back', async () => {
  test.slow()
  const profile = mkdtempSync(join(tmpdir(), 'witnessmark-kill-'))
  const seed = 1 + Math.floor(Math.random() * 999_999)
  const lines: string[] = []
  try {
    const tell = (line: string) => void lines.push(line)
    const totals = await runRounds({ start: await chromiumRig(), profile, rounds: 5, seed, tell })
    const story = [`seed ${seed}`, ...lines].join('\n')
    const { rounds, lost, half, returned, passphrases } = totals
    expect({ rounds, lost, half, returned, passphrases }, story).toEqual({
      ...{ rounds: 5, lost: 0, half: 0, returned: 0, passphrases: 0 },
    })
    expect(totals.acknowledged, story).toBeGreaterThan(0)
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
})
