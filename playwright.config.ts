import { defineConfig } from '@playwright/test'

// The browsers are driven by scripts/browser/, the same code as `npm start`; Playwright runs and judges.
export default defineConfig({
  testDir: 'tests',
  testMatch: ['e2e/**/*.spec.ts', 'security/**/*.spec.ts'],
  outputDir: 'test-results',
  // With two at a time on two cores, the tests that stop a background at every moment meet moments that are none.
  workers: 1,
  timeout: 180_000,
  forbidOnly: true,
  retries: 0,
})
