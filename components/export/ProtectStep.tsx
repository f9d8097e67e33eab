import { ChooseRecipients, type ChooseRecipientsProps } from '../recipients/ChooseRecipients'
import { CopyButton } from '../shared/CopyButton'
import { CheckField, RadioField, TextField } from '../shared/Field'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './Export.module.css'
import { OtherLogs } from './OtherLogs'
import type { Protection } from './steps'

type ProtectStepProps = {
  protection: Protection
  passphrase: string
  recipients: ChooseRecipientsProps
  fileName: string
  /** What the file tells of other logs; left out where it tells of none. */
  others?: Parameters<typeof OtherLogs>[0]
  /** Whether web archives go along; left out where there are none to go. */
  archive?: { isOn: boolean; onChange: (isOn: boolean) => void }
  onProtection: (protection: Protection) => void
  onFileName: (fileName: string) => void
  onCopy: (text: string) => Promise<boolean>
}

/** A passphrase to hand over, large enough to read aloud, with a button to copy it. */
export function GivenPassphrase(props: { passphrase: string; onCopy: (text: string) => Promise<boolean> }) {
  const { t } = useWords()
  return (
    <div class={styles.passphrase}>
      <p class={styles.words} lang="en" dir="ltr">
        {props.passphrase}
      </p>
      <CopyButton what={t('passphrase.label')} onCopy={() => props.onCopy(props.passphrase)} />
    </div>
  )
}

/** Who will be able to open the file. */
export function ProtectStep(props: ProtectStepProps) {
  const { t } = useWords()
  return (
    <>
      {props.others && <OtherLogs {...props.others} />}
      <fieldset class={styles.list} aria-label={t('export.heading.protect')}>
        <RadioField
          group="protection"
          label={t('export.withPassphrase')}
          hint={t('export.withPassphraseHint')}
          isOn={props.protection === 'passphrase'}
          onChoose={() => props.onProtection('passphrase')}
        >
          <GivenPassphrase passphrase={props.passphrase} onCopy={props.onCopy} />
        </RadioField>
        <RadioField
          group="protection"
          label={t('export.toRecipients')}
          hint={t('export.toRecipientsHint')}
          isOn={props.protection === 'recipients'}
          onChoose={() => props.onProtection('recipients')}
        >
          <ChooseRecipients {...props.recipients} />
        </RadioField>
        <RadioField
          group="protection"
          label={t('export.notEncrypted')}
          hint={t('export.notEncryptedHint')}
          isOn={props.protection === 'none'}
          onChoose={() => props.onProtection('none')}
        >
          <Notice tone="warning">
            <p>{t('export.notEncryptedWarning')}</p>
          </Notice>
        </RadioField>
      </fieldset>
      <TextField
        label={t('export.fileName')}
        hint={t('export.fileNameHint')}
        value={props.fileName}
        maxLength={80}
        onChange={props.onFileName}
      />
      {props.archive && (
        <CheckField label={t('export.archive')} hint={t('export.archiveHint')} {...props.archive} />
      )}
    </>
  )
}
