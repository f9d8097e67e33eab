import { expect } from '@playwright/test'
import { unzipSync } from 'fflate'

/** What a person reads on a form that refuses large files: less than a picture of a post has. */
export const mostBytes = 12_000

/** Expects a copy within the limit in the bundle, a JPEG that begins as one, and the picture itself whole. */
export function checkCopy(bundle: Uint8Array, channelId: string): void {
  const files = unzipSync(bundle)
  const copy = files[`data/report/${channelId}/attachments/1.jpg`]
  expect([...(copy ?? []).slice(0, 3)]).toEqual([0xff, 0xd8, 0xff])
  expect(copy?.length).toBeLessThanOrEqual(mostBytes)
  const whole = Object.keys(files).filter((name) => name.endsWith('/screenshot.png'))
  expect(whole.map((name) => (files[name]?.length ?? 0) > mostBytes)).toEqual([true])
}
