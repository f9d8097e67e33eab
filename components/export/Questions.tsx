import { useState } from 'preact/hooks'
import type { Case } from '../../utils/model/case'
import type { MissingFact } from '../../utils/model/report'
import { Button } from '../shared/Button'
import { CaseField } from '../shared/CaseField'
import type { Choices } from '../shared/case-fields'
import { useFocusMove } from '../shared/focus'
import { useWords } from '../shared/words'
import styles from './Export.module.css'
import type { AskedField } from './missing-fields'

type QuestionsProps = {
  /** What to ask, in order; each with at least one field. */
  asked: readonly AskedField[]
  missing: ReadonlyMap<string, MissingFact>
  missingText: (field: string) => string
  value: Case
  choices: Choices
  onChange: (patch: Partial<Case>) => void
}

/** One question at a time, so that nobody faces a wall of fields. Every answer is saved as it is typed. */
export function Questions({ asked, missing, missingText, value, choices, onChange }: QuestionsProps) {
  const { t } = useWords()
  const [wanted, setWanted] = useState(0)
  const at = Math.min(wanted, asked.length - 1)
  const box = useFocusMove<HTMLDivElement>(wanted, 'p[data-question]')
  const current = asked[at]
  if (!current) return null
  const isReady = (name: string) => !missing.has(name)
  const sentence = (name: string) => {
    const further = missing.get(name)?.isBlocking === false ? ` ${t('export.optional')}` : ''
    return (isReady(name) ? t('export.answered') : missingText(name)) + further
  }
  return (
    <div ref={box} class={styles.missing}>
      <p class={styles.quiet}>{t('export.question', { at: at + 1, count: asked.length })}</p>
      <p class={styles.check} data-question tabIndex={-1}>
        <span class={styles.sign} data-ready={isReady(current.name) ? 'true' : undefined} aria-hidden="true">
          {isReady(current.name) ? '✓' : '○'}
        </span>
        <span>{sentence(current.name)}</span>
      </p>
      {current.fields.map((field) => (
        <CaseField key={field} name={field} value={value} choices={choices} onChange={onChange} />
      ))}
      {asked.length > 1 && (
        <div class={styles.pair}>
          <Button isOff={at === asked.length - 1} onPress={() => setWanted(at + 1)}>
            {t('export.nextQuestion')}
          </Button>
          <Button kind="plain" isOff={at === 0} onPress={() => setWanted(at - 1)}>
            {t('export.previousQuestion')}
          </Button>
        </div>
      )}
      {asked.length > 1 && (
        <details>
          <summary class={styles.summary}>{t('export.questions')}</summary>
          <ul class={styles.fields}>
            {asked.map(({ name }, index) => (
              <li key={name}>
                <Button kind="plain" size="small" isPressed={index === at} onPress={() => setWanted(index)}>
                  {isReady(name) ? '✓ ' : '○ '}
                  {missingText(name)}
                </Button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
