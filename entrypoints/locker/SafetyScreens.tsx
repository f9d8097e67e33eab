import { DropBox } from '../../components/dropbox/DropBox'
import { DropBoxSetUp } from '../../components/dropbox/DropBoxSetUp'
import { Anchors } from '../../components/locker/Anchors'
import { Backup, BackupReminder } from '../../components/locker/Backup'
import { Bin } from '../../components/locker/Bin'
import { isClockBack } from '../../components/locker/clock-back'
import { FirstRun } from '../../components/locker/FirstRun'
import { PlainFrame } from '../../components/locker/Frame'
import { Receiving } from '../../components/locker/Receiving'
import { Restore } from '../../components/locker/Restore'
import { SecuritySettings } from '../../components/locker/SecuritySettings'
import { UnlockScreen } from '../../components/locker/UnlockScreen'
import { Button } from '../../components/shared/Button'
import { Notice } from '../../components/shared/Notice'
import { useWords } from '../../components/shared/words'
import { strengthOf } from '../../utils/crypto/passphrase'
import { canEncryptTo } from '../shared/address-book-view'
import { copyText } from '../shared/copy'
import { platformName } from '../shared/platform-names'
import { describeFound } from './damage-view'
import type { LockerPageView } from './view'

type ViewProps = { view: LockerPageView }

/** Setting up, from what to expect to the first capture. */
export function SettingUp({
  view,
  first,
}: ViewProps & { first: NonNullable<LockerPageView['firstRun']['state']['value']> }) {
  const { firstRun, session, dropBox } = view
  const setUp = dropBox.setUp.value
  if (setUp) {
    return (
      <PlainFrame>
        <DropBoxSetUp
          state={setUp}
          onText={(text) => void dropBox.write(text)}
          onFile={(file) => void dropBox.readFile(file)}
          onPicture={(file) => void dropBox.readPicture(file)}
          onMake={() => void dropBox.make()}
          onBack={dropBox.leave}
        />
      </PlainFrame>
    )
  }
  return (
    <PlainFrame>
      <FirstRun
        {...first}
        erased={session.erased.value}
        strengthOf={strengthOf}
        onStep={firstRun.goTo}
        onGenerate={firstRun.generate}
        onCreate={(passphrase) => void firstRun.create(passphrase)}
        onMakeCode={() => void firstRun.makeCode()}
        onRestoring={firstRun.setRestoring}
        onCopy={copyText}
        onFinish={firstRun.finish}
        onDropBox={() => void dropBox.begin()}
      />
    </PlainFrame>
  )
}

/** The locked locker. */
export function Unlocking({ view }: ViewProps) {
  const { session } = view
  return (
    <PlainFrame>
      <UnlockScreen
        {...session.unlock.value}
        allowsErasing={session.settings.value.allowsErasing}
        onUnlock={(passphrase) => void view.tryUnlock(passphrase)}
        onRecoveryCode={(code) => void view.tryRecoveryCode(code)}
        onErase={() => void session.eraseEverything()}
        onStartAnew={() => void session.eraseEverything()}
      />
    </PlainFrame>
  )
}

/** The bin, with the way out for good. */
export function BinScreen({ view }: ViewProps) {
  const { session, list, bin } = view
  return (
    <Bin
      items={bin.items.value}
      times={bin.times.value}
      shown={list.shown.value}
      now={session.now.value}
      nameOf={(id) => platformName(id, session.words.value)}
      deleting={bin.deleting.value}
      problem={bin.problem.value}
      isBusy={bin.isBusy.value}
      progress={bin.progress.value}
      onStop={bin.stop}
      deleted={bin.deleted.value}
      onShow={list.show}
      onRestore={(id) => void bin.restore([id])}
      onAskDelete={bin.ask}
      onDelete={(proof) => void bin.remove(proof)}
      onBack={() => void view.go({ kind: 'items' })}
    />
  )
}

/** The ways into the locker. */
export function SecurityScreen({ view }: ViewProps) {
  const { security, session } = view
  return (
    <SecuritySettings
      hasCode={security.hasCode.value}
      keys={security.keys.value}
      canUseKeys={security.canUseKeys}
      signingKeys={security.signingKeys.value}
      cameByCode={session.cameByCode.value}
      act={security.act.value}
      changed={security.changed.value}
      problem={security.problem.value}
      isBusy={security.isBusy.value}
      progress={security.progress.value}
      onStop={security.stop}
      generated={security.generated.value}
      allowsErasing={session.settings.value.allowsErasing}
      strengthOf={strengthOf}
      onAct={security.choose}
      onChangePassphrase={(proof, passphrase) => void security.changePassphrase(proof, passphrase)}
      onProve={(proof) => void security.prove(proof)}
      onGenerate={security.generate}
      onCopy={copyText}
      onNoted={security.noted}
      onAllowErasing={(allowsErasing) => void view.changeSetting({ allowsErasing })}
      onErase={() => void session.eraseEverything()}
      onBack={() => void view.go({ kind: 'settings' })}
    />
  )
}

/** Making a backup. */
export function BackupScreen({ view }: ViewProps) {
  const { backup } = view
  return (
    <Backup
      state={backup.state.value}
      last={backup.last.value}
      isDue={backup.isDue()}
      passphrase={backup.passphrase.value}
      fileName={backup.fileName.value}
      recipients={view.book.props(backup.recipients)}
      canStart={canEncryptTo(backup.recipients)}
      onFileName={backup.nameFile}
      onStart={(to) => void backup.make(to)}
      onCancel={backup.cancel}
      onAgain={backup.startAnew}
      onRestore={() => void view.go({ kind: 'restore' })}
      onCopy={copyText}
      onBack={() => void view.go({ kind: 'settings' })}
    />
  )
}

/** Restoring a backup. */
export function RestoreScreen({ view }: ViewProps) {
  const { backup } = view
  return (
    <Restore
      state={backup.restoring.value}
      onStart={(file, key) => void backup.restore(file, key)}
      onCancel={backup.cancel}
      onItems={() => void view.go({ kind: 'items' })}
      onBack={() => void view.go({ kind: 'backup' })}
    />
  )
}

/** A device that is a drop-box. */
export function DropBoxScreen({ view }: ViewProps) {
  const { dropBox, session } = view
  const facts = dropBox.facts.value
  if (facts === null) return null
  return (
    <PlainFrame>
      <DropBox
        facts={facts}
        state={dropBox.handOver.value}
        allowsErasing={session.settings.value.allowsErasing}
        onMake={() => void dropBox.makeHandOver()}
        onCancel={dropBox.cancel}
        onRemove={() => void dropBox.remove()}
        onFinish={dropBox.finish}
        onErase={() => void session.eraseEverything()}
      />
    </PlainFrame>
  )
}

/** The bundles of others, keys for drop-boxes, and what is handed over by them. */
export function ReceivingScreen({ view }: ViewProps) {
  const { receiving } = view
  const { bundles } = receiving
  return (
    <Receiving
      bundles={{
        files: bundles.files.value,
        onBringIn: (files) => void bundles.bringIn(files),
        onOpenWith: (index, key) => void bundles.openWith(index, key),
        onAnyway: (index) => void bundles.bringInAnyway(index),
        onCancel: bundles.cancel,
        onClear: bundles.clear,
      }}
      keys={receiving.keys.value}
      state={receiving.state.value}
      problem={receiving.problem.value}
      savedIn={receiving.savedIn.value}
      onMakeKey={() => void receiving.makeKey()}
      onSaveKey={(recipient) => void receiving.saveKey(recipient)}
      onRetireKey={(recipient) => void receiving.retireKey(recipient)}
      onCopy={copyText}
      onTakeIn={(file) => void receiving.takeIn(file)}
      onCancel={receiving.cancel}
      onItems={() => void view.go({ kind: 'items' })}
      onBackup={() => void view.go({ kind: 'backup' })}
      onBack={() => void view.go({ kind: 'settings' })}
    />
  )
}

/** Having the log stamped by others. */
export function AnchorsScreen({ view }: ViewProps) {
  const { anchors } = view
  return (
    <Anchors
      anchors={anchors.anchors.value}
      news={anchors.news.value}
      isBusy={anchors.isBusy.value}
      onAsk={() => void anchors.ask()}
      onAnswer={(file) => void anchors.keepAnswer(file)}
      onBack={() => void view.go({ kind: 'settings' })}
    />
  )
}

/** What has to be told above whatever is open. */
export function News({ view }: ViewProps) {
  const { t } = useWords()
  const { session, backup } = view
  const screen = view.screen.value.kind
  const sentences = describeFound(view.damage.found.value, t)
  const newestItemAt = session.contents.value.items[0]?.capturedAt ?? null
  return (
    <>
      {view.wasTakenAway.value && (
        <Notice tone="calm" isSpoken>
          <p>{t('elsewhere.gone')}</p>
        </Notice>
      )}
      {view.wasRenewed.value && (
        <Notice tone="calm" isSpoken>
          <p>{t('elsewhere.renewed')}</p>
        </Notice>
      )}
      {screen === 'items' && isClockBack({ newestItemAt, now: session.now.value }) && (
        <Notice tone="warning">
          <p>{t('clock.back')}</p>
        </Notice>
      )}
      {session.cameByCode.value && screen !== 'security' && (
        <Notice tone="warning">
          <p>{t('security.cameByCode')}</p>
          <div>
            <Button size="small" onPress={() => void view.go({ kind: 'security' })}>
              {t('security.title')}
            </Button>
          </div>
        </Notice>
      )}
      {screen === 'items' && sentences.length > 0 && (
        <Notice tone="warning" isSpoken>
          {sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <p>{t('damage.whatHelps')}</p>
          <div>
            <Button size="small" onPress={() => void view.go({ kind: 'backup' })}>
              {t('backup.title')}
            </Button>
          </div>
        </Notice>
      )}
      {screen === 'items' && !backup.isPutOff.value && backup.isDue() && (
        <BackupReminder
          hasLast={backup.last.value !== null}
          onOpen={() => void view.go({ kind: 'backup' })}
          onLater={backup.putOff}
        />
      )}
    </>
  )
}
