import { useState } from 'preact/hooks'
import { Button } from '../shared/Button'
import { RadioField } from '../shared/Field'
import { useFocusMove } from '../shared/focus'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './Export.module.css'

/** A channel as this step shows it: its own name, why it comes here, and what reporting tells the author. */
export type ChannelChoice = {
  id: string
  name: string
  does: string
  reason: string
  warnings: string[]
  /** What the account reported learns of it, and how long it takes, as far as known. */
  more: string[]
  isVerified: boolean
  asOf: string
}

type ForWhomStepProps = {
  /** What has to be said of the whole list; null when there is nothing. */
  note: string | null
  choices: ChannelChoice[]
  channelId: string | null
  onChoose: (channelId: string) => void
}

const shownAtFirst = 3

/** The first of those shown on demand; the note, when there is one, is a child before them. */
const firstFurther = (before: number) => `:scope > :nth-child(${before + shownAtFirst + 1}) input`

/** The channels, best first; three until more are asked for. Risks are told where one is chosen. */
export function ForWhomStep({ note, choices, channelId, onChoose }: ForWhomStepProps) {
  const { t } = useWords()
  const isFarDown = choices.findIndex((choice) => choice.id === channelId) >= shownAtFirst
  const [isAll, setAll] = useState(isFarDown)
  const list = useFocusMove<HTMLFieldSetElement>(isAll, firstFurther(note === null ? 0 : 1))
  const shown = isAll ? choices : choices.slice(0, shownAtFirst)
  return (
    <fieldset class={styles.list} ref={list} aria-label={t('export.heading.for-whom')}>
      {note !== null && (
        <Notice tone="warning">
          <p>{note}</p>
        </Notice>
      )}
      {shown.map((choice) => (
        <RadioField
          key={choice.id}
          group="channel"
          label={choice.name}
          hint={
            <>
              <p class={styles.does}>{choice.does}</p>
              <p>{choice.reason}</p>
            </>
          }
          isOn={channelId === choice.id}
          onChoose={() => onChoose(choice.id)}
        >
          <div class={styles.further}>
            {choice.warnings.length === 0 && <p>{t('export.noWarnings')}</p>}
            {choice.warnings.length > 0 && (
              <ul class={styles.warnings}>
                {choice.warnings.map((warning) => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            )}
            {choice.more.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
            <p>
              {choice.isVerified
                ? t('export.channelRead', { day: choice.asOf })
                : t('export.channelUnverified', { day: choice.asOf })}
            </p>
          </div>
        </RadioField>
      ))}
      {!isAll && choices.length > shownAtFirst && (
        <Button kind="plain" onPress={() => setAll(true)}>
          {t('export.allChannels', { count: choices.length })}
        </Button>
      )}
    </fieldset>
  )
}
