import { CheckStep } from '../../components/export/CheckStep'
import { CoverNames } from '../../components/export/CoverNames'
import { ExportFlow } from '../../components/export/ExportFlow'
import { ForWhomStep } from '../../components/export/ForWhomStep'
import { ProtectStep } from '../../components/export/ProtectStep'
import { SaveStep } from '../../components/export/SaveStep'
import { canGoOn, type ExportDraft } from '../../components/export/steps'
import { WhatStep } from '../../components/export/WhatStep'
import { Notice } from '../../components/shared/Notice'
import { linkOf } from '../../utils/channels/index'
import type { Case } from '../../utils/model/case'
import type { Channel } from '../../utils/model/channel'
import type { Report } from '../../utils/model/report'
import { takesPictures } from '../../utils/reports/attachments'
import { channelWords } from '../../utils/reports/channel-words'
import { missingWord } from '../../utils/reports/write-report'
import { listLanguages } from '../../utils/words/translate'
import { canEncryptTo } from './address-book-view'
import { choices } from './choices'
import { copyText } from './copy'
import { filesFor, noteOn, questionOf, rankedChoices, repeatedText } from './export-choices'
import type { ExportView } from './export-view'
import type { LedgerView } from './ledger-view'
import type { Session } from './session'

type ExportScreenProps = {
  view: ExportView
  ledger: LedgerView
  session: Session
  draft: ExportDraft
  onPause: () => void
  onFinish: () => void
  onEnlarge: (() => void) | null
}

type StepProps = Pick<ExportScreenProps, 'view' | 'ledger' | 'session' | 'draft'>

function What({ view, session, draft }: StepProps) {
  return (
    <WhatStep
      cases={session.contents.value.cases}
      caseId={draft.caseId}
      itemCount={draft.itemIds.length}
      onChooseCase={(caseId) => view.dispatch({ kind: 'choose-case', caseId })}
      onChooseItems={() => view.dispatch({ kind: 'choose-items' })}
    />
  )
}

function ForWhom({ view, session, draft }: StepProps) {
  const words = session.words.value
  const { items, filings } = session.contents.value
  const value = view.chosenCase.value
  const question = value ? questionOf(value, { items, filings }) : null
  return (
    <ForWhomStep
      note={question && noteOn(question, words)}
      choices={question ? rankedChoices(question, words) : []}
      channelId={draft.channelId}
      onChoose={view.chooseChannel}
    />
  )
}

function Protect({ view, draft }: StepProps) {
  return (
    <ProtectStep
      protection={draft.protection}
      passphrase={view.passphrase.value}
      recipients={view.book.props(view.recipients)}
      fileName={draft.fileName}
      others={{ logs: view.others.logs.value, isCovered: draft.isCovered }}
      onProtection={(protection) => view.dispatch({ kind: 'choose-protection', protection })}
      {...(!draft.isCovered && {
        archive: {
          isOn: draft.hasArchive,
          onChange: (hasArchive: boolean) => view.dispatch({ kind: 'choose-archive', hasArchive }),
        },
      })}
      onFileName={(fileName) => view.dispatch({ kind: 'name-file', fileName })}
      onCopy={copyText}
    />
  )
}

/** The steps that are about a report are shown once it is written. */
type Written = StepProps & { value: Case; report: Report; channel: Channel }

function Check({ view, ledger, session, draft, value, report, channel }: Written) {
  const words = session.words.value
  return (
    <>
      <CoverNames
        isOn={draft.isCovered}
        words={view.cover.words.value}
        items={draft.isCovered ? view.wholeItems().map(view.cover.describe) : []}
        canUndo={view.cover.canUndo.value}
        onToggle={(isOn) => void view.setCovered(isOn)}
        onUndo={view.cover.undo}
        onAddWord={view.cover.addWord}
        onRemoveWord={view.cover.removeWord}
        onAreas={view.cover.setAreas}
        onSpan={view.cover.coverSpan}
        onUncoverSpans={view.cover.uncoverSpans}
        onTogglePicture={(itemId, name) => void view.cover.togglePicture(itemId, name)}
        onToggleWords={view.cover.toggleWords}
      />
      <CheckStep
        value={value}
        report={report}
        choices={choices}
        missingText={(field) => words.t(missingWord(field))}
        asked={view.asked.value}
        repeated={repeatedText(ledger, report, words)}
        languages={listLanguages()}
        files={filesFor(channel, report, words)}
        attachmentLimits={draft.attachmentLimits}
        onAttachmentLimits={(limits) => view.dispatch({ kind: 'limit-attachments', limits })}
        onLanguage={(language) => view.dispatch({ kind: 'choose-language', language })}
        onChange={view.changeCase}
      />
    </>
  )
}

function Save({ view, ledger, session, draft, value, report, channel }: Written) {
  const words = session.words.value
  const saving = view.saving.value ?? { kind: 'saving', done: 0, of: value.itemIds.length }
  const bundleSha256 = saving.kind === 'saved' ? saving.sha256 : null
  const filed = ledger
    .filings()
    .find((filing) => bundleSha256 !== null && filing.bundleSha256 === bundleSha256)
  return (
    <SaveStep
      state={saving}
      now={ledger.today()}
      filedOn={filed ? filed.filed.day : null}
      repeated={filed ? [] : repeatedText(ledger, report, words)}
      onFiled={(told) =>
        void ledger.file({
          ...told,
          channelId: channel.id,
          caseId: value.id,
          itemIds: report.itemIds,
          bundleSha256,
        })
      }
      report={report}
      passphrase={draft.protection === 'passphrase' ? view.passphrase.value : null}
      verifiedAddress={linkOf(channel)}
      mail={
        channel.mail && { address: channel.mail.address, isConfirmed: channel.mail.evidence === 'verified' }
      }
      takesFiles={takesPictures(channel)}
      channelName={channelWords({ channel, words }).name}
      onCancel={view.cancel}
      onTryAgain={() => void view.retry()}
      onCopy={copyText}
    />
  )
}

function Step(props: StepProps) {
  const { view, session, draft } = props
  if (draft.step === 'what') return <What {...props} />
  if (draft.step === 'for-whom') return <ForWhom {...props} />
  if (draft.step === 'protect') return <Protect {...props} />
  const [value, report, channel] = [view.chosenCase.value, view.report.value, view.channel.value]
  if (!value || !report || !channel) return <p role="status">{session.words.value.t('export.opening')}</p>
  const written = { ...props, value, report, channel }
  return draft.step === 'check' ? <Check {...written} /> : <Save {...written} />
}

function nextOf({ view, session, draft }: Omit<StepProps, 'ledger'>) {
  const { t } = session.words.value
  if (draft.step === 'save') return null
  const isUnready = draft.step === 'check' && view.report.value?.isReady === false
  const isWaiting = draft.step === 'check' && !view.report.value
  const isForKeys = draft.step === 'protect' && draft.protection === 'recipients'
  const hasWrongKey = isForKeys && !canEncryptTo(view.recipients)
  const labels = { what: 'common.continue', 'for-whom': 'common.continue', protect: 'export.save' } as const
  const label =
    draft.step === 'check' ? (isUnready ? 'export.goOnAnyway' : 'common.continue') : labels[draft.step]
  return {
    label: t(label),
    isOff: !canGoOn(draft) || isWaiting || hasWrongKey,
    onPress: () => void view.next(),
  }
}

/** The five steps of an export, in the popup and in the locker page. */
export function ExportScreen(props: ExportScreenProps) {
  const { view, session, draft, onPause, onFinish, onEnlarge } = props
  const { t } = session.words.value
  const saving = view.saving.value
  const isSaving = draft.step === 'save' && saving?.kind === 'saving'
  const problem = view.problem.value
  return (
    <ExportFlow
      step={draft.step}
      next={nextOf(props)}
      onBack={draft.step === 'what' || isSaving ? null : view.back}
      onPause={onPause}
      onFinish={onFinish}
      onEnlarge={draft.step === 'save' ? null : onEnlarge}
      isDone={saving?.kind === 'saved' && draft.step === 'save'}
    >
      {problem && (
        <Notice tone="problem" isSpoken>
          <p>{t(`problem.${problem.code}`)}</p>
        </Notice>
      )}
      <Step {...props} />
    </ExportFlow>
  )
}
