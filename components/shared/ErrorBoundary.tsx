import type { ComponentChildren } from 'preact'
import { useErrorBoundary } from 'preact/hooks'
import { Notice } from './Notice'
import { reportBug } from './report-bug'

/** Catches what must not happen while drawing, reports it, and says so in place of the page. */
export function ErrorBoundary({ sentence, children }: { sentence: string; children: ComponentChildren }) {
  const [error] = useErrorBoundary(reportBug)
  if (error === undefined) return children
  return (
    <Notice tone="problem" isSpoken>
      <p>{sentence}</p>
    </Notice>
  )
}
