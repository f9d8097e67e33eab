import axe from 'axe-core'
import type { Page } from 'puppeteer-core'

type Violation = { id: string; nodes: { html: string; failureSummary?: string }[] }

/** What a person looks at is what stands after every change of colour has ended. */
const animationsEnded = `Promise.allSettled(document.getAnimations().map((animation) => animation.finished))`

/** What axe finds wrong on a page now, one line for each element. */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(animationsEnded)
  await page.evaluate(axe.source)
  const found = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations)`,
  )
  return (found as Violation[]).flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  )
}
