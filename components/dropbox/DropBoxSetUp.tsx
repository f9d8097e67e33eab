import { useState } from 'preact/hooks'
import type { Problem } from '../../utils/model/problem'
import styles from '../locker/Security.module.css'
import { Button } from '../shared/Button'
import { CheckField, TextArea } from '../shared/Field'
import { FileField } from '../shared/FileField'
import { Fingerprint } from '../shared/Fingerprint'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'

/** What is known of the key while a drop-box is set up. */
export type DropBoxSetUpState = {
  text: string
  /** Of the key in the text; null while there is none. */
  words: string | null
  canReadQr: boolean
  hasNoCode: boolean
  isBusy: boolean
  problem: Problem | null
}

type DropBoxSetUpProps = {
  state: DropBoxSetUpState
  onText: (text: string) => void
  onFile: (file: File) => void
  onPicture: (file: File) => void
  onMake: () => void
  onBack: () => void
}

const longestKey = 8_000

function Compare({ words, state, onMake }: { words: string } & Pick<DropBoxSetUpProps, 'state' | 'onMake'>) {
  const { t } = useWords()
  const [comparedWords, setCompared] = useState<string | null>(null)
  const isCompared = comparedWords === words
  return (
    <div class={styles.part}>
      <h2>{t('dropBox.words.title')}</h2>
      <Fingerprint words={words} />
      <p>{t('dropBox.words.compare')}</p>
      <CheckField
        label={t('dropBox.words.same')}
        isOn={isCompared}
        onChange={(isOn) => setCompared(isOn ? words : null)}
      />
      <div>
        <Button kind="primary" isOff={!isCompared || state.isBusy} onPress={onMake}>
          {t('dropBox.setup.make')}
        </Button>
      </div>
    </div>
  )
}

/** Makes this device a drop-box: what that means, the organisation's key, and its fingerprint to be compared. */
export function DropBoxSetUp({ state, ...props }: DropBoxSetUpProps) {
  const { t } = useWords()
  const isWrong = state.text.trim() !== '' && state.words === null
  return (
    <div class={styles.page}>
      <div>
        <Button kind="back" onPress={props.onBack}>
          {t('common.back')}
        </Button>
      </div>
      <PageHeading of="drop-box">{t('dropBox.setup.title')}</PageHeading>
      <p>{t('dropBox.setup.what')}</p>
      <p>{t('dropBox.setup.cannot')}</p>
      <p>{t('dropBox.setup.stays')}</p>
      <TextArea
        label={t('dropBox.key.label')}
        hint={t('dropBox.key.hint')}
        value={state.text}
        maxLength={longestKey}
        error={isWrong ? t('problem.not-a-receiving-key') : null}
        onChange={props.onText}
      />
      <FileField
        label={t('dropBox.key.file')}
        accept=".txt,text/plain"
        onFiles={([file]) => file && props.onFile(file)}
      />
      {state.canReadQr ? (
        <FileField
          label={t('dropBox.key.picture')}
          accept="image/*"
          onFiles={([file]) => file && props.onPicture(file)}
        />
      ) : (
        <p class={styles.hint}>{t('dropBox.key.noQr')}</p>
      )}
      {state.hasNoCode && (
        <Notice tone="problem" isSpoken>
          <p>{t('dropBox.key.noCode')}</p>
        </Notice>
      )}
      {state.problem && (
        <Notice tone="problem" isSpoken>
          <p>{t(`problem.${state.problem.code}`)}</p>
        </Notice>
      )}
      {state.words !== null && <Compare words={state.words} state={state} onMake={props.onMake} />}
    </div>
  )
}
