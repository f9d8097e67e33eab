import { useState } from 'preact/hooks'
import type { Problem } from '../../utils/model/problem'
import { Button } from '../shared/Button'
import { CheckField } from '../shared/Field'
import { useLanding } from '../shared/focus'
import { HoldButton } from '../shared/HoldButton'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { PassphraseField } from '../shared/PassphraseField'
import { useWords } from '../shared/words'
import { ChoosePassphrase, type PassphraseChoice } from './ChoosePassphrase'
import { type Proof, ProofBox, ProofForm, type ProvedWork } from './ProofForm'
import { RecoverySheet } from './RecoverySheet'
import styles from './Security.module.css'
import { type KeyInWords, SigningKeys } from './SigningKeys'

/** What can be changed about the ways into the locker. */
export type KeyAct =
  | 'passphrase'
  | 'make-code'
  | 'remove-code'
  | 'add-key'
  | 'remove-keys'
  | 'new-signing-key'

/** What came of the last change. */
export type KeyChange = { act: KeyAct; code: string | null; droppedKeys: number; isErased: boolean }

type SecuritySettingsProps = ProvedWork & {
  hasCode: boolean
  /** How many security keys unlock the locker, together with the passphrase. */
  keys: number
  /** Whether this browser can ask a security key here. */
  canUseKeys: boolean
  /** The keys that sign bundles, oldest first; empty where they cannot be read, null while they are being read. */
  signingKeys: readonly KeyInWords[] | null
  /** The person came in with the recovery code: she may not know the passphrase. */
  cameByCode: boolean
  /** What is being changed; null while nothing is. */
  act: KeyAct | null
  changed: KeyChange | null
  problem: Problem | null
  generated: string
  allowsErasing: boolean
  strengthOf: PassphraseChoice['strengthOf']
  onAct: (act: KeyAct | null) => void
  onChangePassphrase: (proof: Proof, passphrase: string) => void
  onProve: (proof: Proof) => void
  onGenerate: () => void
  onCopy: (text: string) => Promise<boolean>
  /** The recovery code that was shown is on paper now. */
  onNoted: () => void
  onAllowErasing: (isAllowed: boolean) => void
  onErase: () => void
  onBack: () => void
}

function ChangePassphrase(props: SecuritySettingsProps) {
  const { t } = useWords()
  const [own, setOwn] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const wanted = own ?? props.generated
  const isSame = typed.trim() !== '' && typed.trim() === wanted.trim()
  const isReady = isSame && props.strengthOf(wanted).isEnough
  return (
    <ProofBox label={t('security.passphrase')}>
      <p>{t('security.passphraseWhat')}</p>
      {props.hasCode && <p>{t('security.codeGoes')}</p>}
      <ProofForm
        problem={props.problem}
        isBusy={props.isBusy}
        progress={props.progress}
        onStop={props.onStop}
        byCode={!props.hasCode ? 'never' : props.cameByCode ? 'first' : 'offered'}
        isReady={isReady}
        busyLabel={t('security.busy')}
        submitLabel={t('security.passphrase')}
        onSubmit={(proof) => props.onChangePassphrase(proof, wanted)}
        onCancel={() => props.onAct(null)}
      >
        <h3>{t('passphrase.new')}</h3>
        <ChoosePassphrase
          label={t('passphrase.new')}
          own={own}
          generated={props.generated}
          strengthOf={props.strengthOf}
          onOwn={setOwn}
          onGenerate={props.onGenerate}
          onCopy={props.onCopy}
        />
        <PassphraseField
          label={t('setup.confirm.label')}
          value={typed}
          hint={t('setup.confirm.why')}
          error={typed !== '' && !isSame && typed.length >= wanted.length ? t('setup.different') : null}
          onChange={setTyped}
        />
      </ProofForm>
    </ProofBox>
  )
}

const proved = {
  'make-code': { what: 'recovery.why', submit: 'recovery.make' },
  'remove-code': { what: 'security.removeCodeWhat', submit: 'security.removeCode' },
  'add-key': { what: 'security.addKeyWhat', submit: 'security.addKey' },
  'remove-keys': { what: 'security.removeKeysWhat', submit: 'security.removeKeys' },
  'new-signing-key': { what: 'security.newSigningKeyWhat', submit: 'security.newSigningKey' },
} as const

function Prove({ act, ...props }: SecuritySettingsProps & { act: Exclude<KeyAct, 'passphrase'> }) {
  const { t } = useWords()
  const { what, submit } = proved[act]
  const isSigning = act === 'new-signing-key'
  const isReplacing = props.hasCode && act !== 'remove-code' && !isSigning
  return (
    <ProofBox label={t(submit)}>
      <p>{t(what)}</p>
      {isSigning && <p>{t('security.newSigningKeyOld')}</p>}
      {isReplacing && <p>{t('security.codeGoes')}</p>}
      <ProofForm
        problem={props.problem}
        isBusy={props.isBusy}
        progress={props.progress}
        onStop={props.onStop}
        byCode="never"
        busyLabel={act === 'add-key' ? t('security.busyKey') : t('security.busy')}
        submitLabel={t(submit)}
        onSubmit={props.onProve}
        onCancel={() => props.onAct(null)}
      />
    </ProofBox>
  )
}

function Changed({ changed, ...props }: SecuritySettingsProps & { changed: KeyChange }) {
  const { t } = useWords()
  return (
    <>
      <Notice tone="good" isSpoken>
        <p>{t(`security.done.${changed.act}`)}</p>
        {changed.droppedKeys > 0 && <p>{t('security.dropped', { count: changed.droppedKeys })}</p>}
        {!changed.isErased && <p>{t('security.notErased')}</p>}
      </Notice>
      {changed.code && (
        <div class={styles.part}>
          <p>{t('recovery.onlyOnce')}</p>
          <RecoverySheet code={changed.code} onCopy={props.onCopy} />
          <div>
            <Button kind="primary" onPress={props.onNoted}>
              {t('recovery.haveIt')}
            </Button>
          </div>
        </div>
      )}
    </>
  )
}

function Ways(props: SecuritySettingsProps) {
  const { t } = useWords()
  const { act, hasCode, keys, canUseKeys, onAct } = props
  return (
    <>
      <section class={styles.part}>
        <h2>{t('passphrase.label')}</h2>
        {props.cameByCode && (
          <Notice tone="warning">
            <p>{t('security.cameByCode')}</p>
          </Notice>
        )}
        {act === 'passphrase' ? (
          <ChangePassphrase {...props} />
        ) : (
          <div>
            <Button onPress={() => onAct('passphrase')}>{t('security.passphrase')}</Button>
          </div>
        )}
      </section>
      <section class={styles.part}>
        <h2>{t('recovery.code')}</h2>
        <p class={styles.hint}>{hasCode ? t('security.hasCode') : t('security.noCode')}</p>
        {act === 'make-code' || act === 'remove-code' ? (
          <Prove {...props} act={act} />
        ) : (
          <div class={styles.buttons}>
            <Button onPress={() => onAct('make-code')}>
              {hasCode ? t('security.replaceCode') : t('recovery.make')}
            </Button>
            {hasCode && <Button onPress={() => onAct('remove-code')}>{t('security.removeCode')}</Button>}
          </div>
        )}
      </section>
      {(canUseKeys || keys > 0) && (
        <section class={styles.part}>
          <h2>{t('security.key')}</h2>
          <p class={styles.hint}>
            {keys > 0 ? t('security.hasKeys', { count: keys }) : t('security.noKeys')}
          </p>
          {act === 'add-key' || act === 'remove-keys' ? (
            <Prove {...props} act={act} />
          ) : (
            <div class={styles.buttons}>
              {canUseKeys && <Button onPress={() => onAct('add-key')}>{t('security.addKey')}</Button>}
              {keys > 0 && <Button onPress={() => onAct('remove-keys')}>{t('security.removeKeys')}</Button>}
            </div>
          )}
        </section>
      )}
    </>
  )
}

/** The ways into the locker, and the way to make all of it unreadable at once. */
export function SecuritySettings(props: SecuritySettingsProps) {
  const { t } = useWords()
  const { changed } = props
  useLanding(`${props.act} ${changed?.act} ${changed?.code}`)
  return (
    <section class={styles.page}>
      <div>
        <Button kind="back" onPress={props.onBack}>
          {t('locker.settings')}
        </Button>
      </div>
      <PageHeading of="security">{t('security.title')}</PageHeading>
      {changed && <Changed {...props} changed={changed} />}
      {!changed?.code && <Ways {...props} />}
      {!changed?.code && (
        <section class={styles.part}>
          <h2>{t('wipe.title')}</h2>
          <CheckField
            label={t('wipe.allow')}
            hint={t('wipe.allowHint')}
            isOn={props.allowsErasing}
            onChange={props.onAllowErasing}
          />
          {props.allowsErasing && (
            <>
              <p>{t('wipe.about')}</p>
              <HoldButton label={t('wipe.hold')} seconds={3} onHeld={props.onErase} />
            </>
          )}
        </section>
      )}
      {/* Last: it is read from the locker, and what comes late must not move the button for emergencies. */}
      {!changed?.code && (
        <SigningKeys
          keys={props.signingKeys}
          isAsking={props.act === 'new-signing-key'}
          onAsk={() => props.onAct('new-signing-key')}
        >
          <Prove {...props} act="new-signing-key" />
        </SigningKeys>
      )}
    </section>
  )
}
