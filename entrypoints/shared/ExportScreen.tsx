import { CheckStep } from '../../components/export/CheckStep'
import { CoverNames } from '../../components/export/CoverNames'
import { ExportFlow } from '../../components/export/ExportFlow'
import type { FormFiles } from '../../components/export/FilesForForm'
import { type ChannelChoice, ForWhomStep } from '../../components/export/ForWhomStep'
import { ProtectStep } from '../../components/export/ProtectStep'
import { SaveStep } from '../../components/export/SaveStep'
import { canGoOn, type ExportDraft } from '../../components/export/steps'
import { WhatStep } from '../../components/export/WhatStep'
import { calendarDayText, isolate } from '../../components/shared/format'
import { Notice } from '../../components/shared/Notice'
import { countryCode } from '../../utils/channels/countries'
import { linkOf } from '../../utils/channels/index'
import { listChannels, type Question, typesWithoutRule } from '../../utils/channels/rank'
import type { Case } from '../../utils/model/case'
import type { Channel } from '../../utils/model/channel'
import type { ItemSummary } from '../../utils/model/item'
import type { Filing } from '../../utils/model/ledger'
import type { Report } from '../../utils/model/report'
import { describeLimits } from '../../utils/reports/attachment-sheet'
import { statedLimits, takesPictures } from '../../utils/reports/attachments'
import { channelWords } from '../../utils/reports/channel-words'
import { missingWord } from '../../utils/reports/write-report'
import { listLanguages, type Words } from '../../utils/words/translate'
import { canEncryptTo } from './address-book-view'
import { knownText } from './channel-facts'
import { choices } from './choices'
import { copyText } from './copy'
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

/** What the choice of a channel depends on: the case, its items, and where it was filed before. */
function questionOf(
  value: Case,
  { items, filings }: { items: ItemSummary[]; filings: readonly Filing[] },
): Question {
  const inCase = items.filter((item) => value.itemIds.includes(item.id))
  const places = [value.country, value.attackedCountry ?? ''].flatMap((text) => countryCode(text) ?? [])
  return {
    platforms: [...new Set(inCase.map((item) => item.platform))],
    types: value.types.length > 0 ? value.types : [...new Set(inCase.flatMap((item) => item.types))],
    reporterRole: value.reporterRole,
    isImminent: value.isImminent ?? null,
    isDefender: value.isDefender ?? null,
    countries: [...new Set(places)],
    tried: filings.filter((filing) => filing.caseId === value.id).map((filing) => filing.channelId),
  }
}

/** Said above the list: that no rule of the platform covers a smear, with the routes that exist. */
function noteOn(question: Question, words: Words): string | null {
  return typesWithoutRule(question).includes('smear-campaign') ? words.t('report.no-smear-rule') : null
}

/** What a search for a channel looks at: its names in every language, whose it is, its platforms and its kind. */
function searchedText({ name, receiver, words: own, platforms, hosts, kind }: Channel, words: Words): string {
  const kindWord = words.t(`channel.kind.${kind}`)
  return [...Object.values(own.title), name, receiver, ...platforms, ...hosts, kindWord].join('\n')
}

/** All channels in words, best first for this case. */
function rankedChoices(question: Question, words: Words): ChannelChoice[] {
  return listChannels(question).map(({ channel, reason }) => {
    const { name, does, warnings, tells, takes } = channelWords({ channel, words })
    return {
      id: channel.id,
      name,
      does,
      reason: words.t(reason),
      warnings,
      tells: channel.tells === 'unknown' ? null : tells,
      more: channel.tells === 'unknown' ? [tells, takes] : [takes],
      known: knownText(channel, words),
      searched: searchedText(channel, words),
    }
  })
}

/** What of this report was filed before, in sentences; empty when nothing was. */
function repeatedText(ledger: LedgerView, report: Report, words: Words): string[] {
  const { same, sameReceiver, itemCount } = ledger.repeated(report.channelId, report.itemIds)
  const last = (filings: readonly Filing[]) => calendarDayText(filings[0]?.filed.day ?? '', words.language)
  if (same.length > 0)
    return [
      words.t('export.filedBefore', { count: itemCount, day: last(same) }),
      words.t('export.filedBeforeHint'),
    ]
  const [other] = sameReceiver
  if (!other) return []
  const values = { receiver: isolate(other.receiver), day: last(sameReceiver) }
  return [words.t('export.filedBeforeReceiver', values), words.t('export.filedBeforeHint')]
}

/** What a receiver takes of files; null where no picture goes there. */
function filesFor(channel: Channel, { attachments }: Report, words: Words): FormFiles | null {
  if (!takesPictures(channel)) return null
  const stated = statedLimits(channel)
  return {
    stated: stated === null ? [] : describeLimits(stated, words),
    planned: attachments && { ready: attachments.pictures.length, left: attachments.left },
  }
}

function Step({ view, ledger, session, draft }: StepProps) {
  const words = session.words.value
  const { items, cases } = session.contents.value
  const value = view.chosenCase.value
  const report = view.report.value
  const channel = view.channel.value
  if (draft.step === 'what') {
    return (
      <WhatStep
        cases={cases}
        caseId={draft.caseId}
        itemCount={draft.itemIds.length}
        onChooseCase={(caseId) => view.dispatch({ kind: 'choose-case', caseId })}
        onChooseItems={() => view.dispatch({ kind: 'choose-items' })}
      />
    )
  }
  if (draft.step === 'for-whom') {
    const { filings } = session.contents.value
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
  if (draft.step === 'protect') {
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
  if (!value || !report || !channel) return <p role="status">{words.t('export.opening')}</p>
  if (draft.step === 'check') {
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
