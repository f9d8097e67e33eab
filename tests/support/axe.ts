import axe from 'axe-core'
import type { Page } from 'puppeteer-core'

type Violation = { id: string; nodes: { html: string; failureSummary?: string }[] }

/** What a person looks at is what stands after every change of colour has ended. */
const animationsEnded = `Promise.allSettled(document.getAnimations().map((animation) => animation.finished))`

async function look(page: Page): Promise<Violation[]> {
  await page.evaluate(animationsEnded)
  const found = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations)`,
  )
  return found as Violation[]
}

/** What axe finds wrong on a page, one line for each element; what is gone at the second look was a change of colour. */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const first = await look(page)
  const found = first.length === 0 ? first : await look(page)
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  )
}
