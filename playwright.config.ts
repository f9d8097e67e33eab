import { defineConfig } from '@playwright/test'

const files = ['e2e/**/*.spec.ts', 'security/**/*.spec.ts']
/** Tests of moments: what happens between two frames, or at a call of the background, needs the machine to itself. */
const ofMoments = ['kill', 'pictures', 'sweep', 'worker'].map((name) => `e2e/${name}.spec.ts`)

// The browsers are driven by scripts/browser/, the same code as `npm start`; Playwright runs and judges.
export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  workers: 2,
  timeout: 180_000,
  forbidOnly: true,
  // What fails once and then holds is counted for itself in the last line of `npm test`.
  retries: 1,
  projects: [
    { name: 'together', testMatch: files, testIgnore: ofMoments },
    { name: 'alone', testMatch: ofMoments, workers: 1 },
  ],
})
