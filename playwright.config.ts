import { defineConfig } from '@playwright/test'

// The browsers are driven by scripts/browser/, the same code as `npm start`; Playwright runs and judges.
export default defineConfig({
  testDir: 'tests',
  testMatch: ['e2e/**/*.spec.ts', 'security/**/*.spec.ts'],
  outputDir: 'test-results',
  // Browsers spend most of a test waiting; two of them share two cores well.
  workers: 2,
  timeout: 180_000,
  forbidOnly: true,
  retries: 0,
})
