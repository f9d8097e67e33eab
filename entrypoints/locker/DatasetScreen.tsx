import { CheckStep } from '../../components/dataset/CheckStep'
import { DatasetFlow } from '../../components/dataset/DatasetFlow'
import { Numbers } from '../../components/dataset/Numbers'
import { type LeftOut, PeopleStep } from '../../components/dataset/PeopleStep'
import { PurposeStep } from '../../components/dataset/PurposeStep'
import { ReviewStep } from '../../components/dataset/ReviewStep'
import { SavedDataset } from '../../components/dataset/SavedDataset'
import { ScopeStep } from '../../components/dataset/ScopeStep'
import { stepsFor } from '../../components/dataset/steps'
import { ProtectStep } from '../../components/export/ProtectStep'
import { Working } from '../../components/locker/Backup'
import { Button } from '../../components/shared/Button'
import { dayText } from '../../components/shared/format'
import { Notice } from '../../components/shared/Notice'
import { useWords } from '../../components/shared/words'
import type { ReleaseHit } from '../../utils/dataset/check'
import { isLowered, usualThresholds } from '../../utils/dataset/choices'
import type { ItemSummary } from '../../utils/model/item'
import { canEncryptTo } from '../shared/address-book-view'
import { copyText } from '../shared/copy'
import { platformName } from '../shared/platform-names'
import type { DatasetDraft } from './dataset-draft'
import type { LockerPageView } from './view'

type ScreenProps = { view: LockerPageView }
type StepProps = ScreenProps & { draft: DatasetDraft }

function leftOutAccounts({ view }: ScreenProps): LeftOut[] {
  const { session, dataset } = view
  const { t } = session.words.value
  const shown = new Map(session.contents.value.items.map((item) => [item.id, item]))
  const counts = new Map<string, { item: ItemSummary | undefined; count: number }>()
  for (const { account, id } of dataset.book.value?.entries ?? []) {
    if (account === null) continue
    const key = dataset.book.value?.canonical(account) ?? account
    const known = counts.get(key)
    counts.set(key, { item: known?.item ?? shown.get(id), count: (known?.count ?? 0) + 1 })
  }
  return [...counts]
    .sort(([, one], [, other]) => other.count - one.count)
    .map(([id, { item, count }]) => ({
      id,
      label: item?.authorHandle ?? item?.authorName ?? t('mark.someone'),
      hint: `${platformName(item?.platform ?? '', session.words.value)} · ${t('dataset.items', { count })}`,
    }))
}

function People({ view, draft }: StepProps) {
  const { session, dataset } = view
  const words = session.words.value
  return (
    <PeopleStep
      choices={draft.choices}
      names={draft.names}
      accounts={leftOutAccounts({ view })}
      items={session.contents.value.items.map((item) => ({
        id: item.id,
        label: item.authorHandle ?? item.authorName ?? words.t('mark.someone'),
        // No words of the post: nobody has to read them for this.
        hint: `${platformName(item.platform, words)} · ${dayText(item.postedAt ?? item.capturedAt, words.language)}`,
      }))}
      onNames={dataset.list}
      onChoose={dataset.choose}
    />
  )
}

function Saving({ view }: ScreenProps) {
  const { t } = useWords()
  const { dataset } = view
  const isProtected = dataset.protection.value !== 'recipients' || canEncryptTo(dataset.recipients)
  return (
    <>
      {dataset.problems.value.includes('protection') && (
        <Notice tone="warning">
          <p>{t('dataset.onlyRecipients')}</p>
        </Notice>
      )}
      <ProtectStep
        protection={dataset.protection.value}
        passphrase={dataset.passphrase.value}
        recipients={view.book.props(dataset.recipients)}
        fileName={dataset.fileName.value}
        onProtection={dataset.protectBy}
        onFileName={dataset.nameFile}
        onCopy={copyText}
      />
      <div>
        <Button
          kind="primary"
          isOff={!isProtected || dataset.problems.value.length > 0}
          onPress={() => void dataset.save()}
        >
          {t('dataset.save')}
        </Button>
      </div>
    </>
  )
}

function Check({ view }: ScreenProps) {
  const { t } = useWords()
  const { dataset } = view
  const work = dataset.work.value
  const mend = async (hit: ReleaseHit) => {
    if (hit.itemId === null) return dataset.go(hit.column === 'reason' ? 'scope' : 'purpose')
    const at = dataset.plan.value?.released.findIndex(({ entry }) => entry.id === hit.itemId) ?? -1
    await dataset.go(hit.column === 'text' ? 'review' : 'people')
    if (hit.column === 'text' && at >= 0) await dataset.showRow(at)
  }
  if (work.kind === 'saved') {
    const finish = () => {
      dataset.finish()
      void view.go({ kind: 'cases' })
    }
    return <SavedDataset {...work} onFinish={finish} />
  }
  if (work.kind !== 'checked') {
    return (
      <div>
        <Button onPress={() => void dataset.check()}>{t('dataset.checkAgain')}</Button>
      </div>
    )
  }
  return (
    <>
      <CheckStep result={work.result} onCheck={() => void dataset.check()} onMend={(hit) => void mend(hit)} />
      {work.result.hits.length === 0 && work.result.rows > 0 && <Saving view={view} />}
    </>
  )
}

function Step({ view, draft }: StepProps) {
  const { dataset, session } = view
  const { choices } = draft
  const problems = dataset.problems.value
  switch (draft.step) {
    case 'purpose':
      return <PurposeStep choices={choices} problems={problems} onChoose={dataset.choose} />
    case 'scope':
      return (
        <ScopeStep
          choices={choices}
          usual={usualThresholds}
          isLow={isLowered(choices.thresholds)}
          problems={problems}
          cases={session.contents.value.cases}
          onChoose={dataset.choose}
        />
      )
    case 'people':
      return <People view={view} draft={draft} />
    case 'review':
      return (
        <ReviewStep
          review={dataset.review.value}
          onDecide={(text) => void dataset.decide(text)}
          onShow={(at) => void dataset.showRow(at)}
        />
      )
    case 'check':
      return <Check view={view} />
  }
}

/** The guided export of a dataset. */
export function DatasetScreen({ view }: ScreenProps) {
  const { t } = useWords()
  const { dataset } = view
  const draft = dataset.draft.value
  if (!draft) return null
  const work = dataset.work.value
  const steps = stepsFor(draft.choices)
  const isBusy = work.kind === 'reading' || work.kind === 'checking' || work.kind === 'writing'
  const asked = { purpose: ['purpose', 'recipient'], scope: ['period', 'reason'] } as const
  const needed: readonly string[] = draft.step in asked ? asked[draft.step as keyof typeof asked] : []
  const isMissing = dataset.problems.value.some((problem) => needed.includes(problem))
  const plan = dataset.plan.value
  return (
    <DatasetFlow
      step={draft.step}
      steps={steps}
      next={
        draft.step === 'check' ? null : { isOff: isMissing || isBusy, onPress: () => void dataset.move(1) }
      }
      onBack={draft.step === 'purpose' || work.kind === 'saved' ? null : () => void dataset.move(-1)}
      onLeave={() => void view.go({ kind: 'cases' })}
    >
      {isBusy ? (
        <Working
          sentence={t(`dataset.work.${work.kind}`, { count: work.done, of: work.of })}
          done={work.done}
          total={work.of}
          onCancel={dataset.cancel}
        />
      ) : (
        <>
          {work.kind === 'failed' && (
            <Notice tone="problem" isSpoken>
              <p>{t(`problem.${work.problem.code}`)}</p>
            </Notice>
          )}
          <Step view={view} draft={draft} />
          {plan && work.kind !== 'saved' && draft.step !== 'purpose' && <Numbers plan={plan} />}
        </>
      )}
    </DatasetFlow>
  )
}
