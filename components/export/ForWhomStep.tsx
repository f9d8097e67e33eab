import { useState } from 'preact/hooks'
import { Button } from '../shared/Button'
import { RadioField, TextField } from '../shared/Field'
import { useFocusMove } from '../shared/focus'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './Export.module.css'
import { findChoices } from './find-choices'

/** A channel as this step shows it: its own name, why it comes here, and what reporting tells the author. */
export type ChannelChoice = {
  id: string
  name: string
  does: string
  reason: string
  warnings: string[]
  /** What the account reported learns of it; null where nobody found out, which is told where one is chosen. */
  tells: string | null
  /** How long it takes, as far as known, and what else is not known. */
  more: string[]
  /** How well all this is known, and of when. */
  known: string
  /** What a search looks at: names in every language, platforms, kind. */
  searched: string
}

type ForWhomStepProps = {
  /** What has to be said of the whole list; null when there is nothing. */
  note: string | null
  choices: ChannelChoice[]
  channelId: string | null
  onChoose: (channelId: string) => void
}

const shownAtFirst = 3

type SearchProps = { typed: string; count: number; onType: (typed: string) => void }

/** The search among all channels: what it found is told while one types, and what to do when it is nothing. */
function Search({ typed, count, onType }: SearchProps) {
  const { t } = useWords()
  return (
    <search class={styles.list}>
      <TextField
        label={t('export.findChannel')}
        hint={t('export.findChannelHint')}
        keyboard="search"
        value={typed}
        maxLength={100}
        onChange={onType}
      />
      <p class={styles.quiet} aria-live="polite">
        {typed.trim() !== '' && (count === 0 ? t('export.noChannel') : t('export.foundChannels', { count }))}
      </p>
      {typed.trim() !== '' && count === 0 && (
        <div>
          <Button onPress={() => onType('')}>{t('export.showAllAgain')}</Button>
        </div>
      )}
    </search>
  )
}

/**
 * The channels, best first; three until all are asked for, which opens the search. Risks are told where one is
 * chosen. One that is chosen stays in sight whatever is searched.
 */
export function ForWhomStep({ note, choices, channelId, onChoose }: ForWhomStepProps) {
  const { t } = useWords()
  const isFarDown = choices.findIndex((choice) => choice.id === channelId) >= shownAtFirst
  const [isAll, setAll] = useState(isFarDown)
  const [typed, setTyped] = useState('')
  const list = useFocusMove<HTMLFieldSetElement>(isAll, 'search input')
  const found = findChoices(choices, typed)
  const shown = isAll
    ? choices.filter((choice) => found.includes(choice) || choice.id === channelId)
    : choices.slice(0, shownAtFirst)
  return (
    <fieldset class={styles.list} ref={list} aria-label={t('export.heading.for-whom')}>
      {note !== null && (
        <Notice tone="warning">
          <p>{note}</p>
        </Notice>
      )}
      {isAll && <Search typed={typed} count={found.length} onType={setTyped} />}
      {shown.map((choice) => (
        <RadioField
          key={choice.id}
          group="channel"
          label={choice.name}
          hint={
            <>
              <p class={styles.does}>{choice.does}</p>
              <p>{choice.reason}</p>
              {choice.tells !== null && <p>{choice.tells}</p>}
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
            <p>{choice.known}</p>
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
