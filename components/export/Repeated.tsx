import { MassReporting } from '../reports/MassReporting'
import { Notice } from '../shared/Notice'

/** A warning before the same thing is filed twice; nothing where it was never filed. */
export function Repeated({ sentences }: { sentences: string[] }) {
  if (sentences.length === 0) return null
  return (
    <Notice tone="warning">
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <MassReporting />
    </Notice>
  )
}
