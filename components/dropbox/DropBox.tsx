import type { Problem } from '../../utils/model/problem'
import { Working } from '../locker/Backup'
import styles from '../locker/Security.module.css'
import { Button } from '../shared/Button'
import { ConfirmButton } from '../shared/ConfirmButton'
import { Fingerprint } from '../shared/Fingerprint'
import { useLanding } from '../shared/focus'
import { isolate, sizeText } from '../shared/format'
import { HoldButton } from '../shared/HoldButton'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'

/** All that this device can know of what it sealed. */
export type DropBoxFacts = { items: number; bytes: number; keyWords: string; name: string }

/** How far handing over is. */
export type HandOverState =
  | { kind: 'ready'; problem: Problem | null }
  | { kind: 'writing' | 'testing'; done: number; total: number }
  | { kind: 'saved'; path: string; items: number; leftOut: number; problem: Problem | null }
  | { kind: 'removed'; count: number }

type DropBoxProps = {
  facts: DropBoxFacts
  state: HandOverState
  allowsErasing: boolean
  onMake: () => void
  onCancel: () => void
  onRemove: () => void
  onFinish: () => void
  onErase: () => void
}

function Trouble({ problem }: { problem: Problem | null }) {
  const { t } = useWords()
  if (problem === null) return null
  return (
    <Notice tone="problem" isSpoken>
      <p>{t(`problem.${problem.code}`)}</p>
    </Notice>
  )
}

function Saved({ state, ...props }: DropBoxProps & { state: Extract<HandOverState, { kind: 'saved' }> }) {
  const { t } = useWords()
  return (
    <>
      <Notice tone="good" isSpoken>
        <p>{t('handOver.done', { count: state.items })}</p>
        <p class={styles.path} dir="ltr">
          {state.path}
        </p>
      </Notice>
      {state.leftOut > 0 && (
        <Notice tone="warning">
          <p>{t('handOver.leftOut', { count: state.leftOut })}</p>
        </Notice>
      )}
      <Trouble problem={state.problem} />
      <p>{t('handOver.keepOrRemove')}</p>
      <ConfirmButton
        label={t('handOver.remove')}
        question={t('handOver.question')}
        confirm={t('handOver.confirm')}
        onConfirm={props.onRemove}
      />
      <div>
        <Button onPress={props.onFinish}>{t('handOver.finish')}</Button>
      </div>
    </>
  )
}

function HandOver(props: DropBoxProps) {
  const { t } = useWords()
  const { state, facts } = props
  switch (state.kind) {
    case 'saved':
      return <Saved {...props} state={state} />
    case 'removed':
      return (
        <>
          <Notice tone="good" isSpoken>
            <p>{t('handOver.removed', { count: state.count })}</p>
          </Notice>
          <div>
            <Button onPress={props.onFinish}>{t('handOver.finish')}</Button>
          </div>
        </>
      )
    case 'ready':
      return (
        <>
          <Trouble problem={state.problem} />
          <p>{t('handOver.about')}</p>
          <div>
            <Button kind="primary" isOff={facts.items === 0} onPress={props.onMake}>
              {t('handOver.make')}
            </Button>
          </div>
        </>
      )
    default:
      return (
        <Working
          sentence={t(`handOver.${state.kind}`, { count: state.done, of: state.total })}
          done={state.done}
          total={state.total}
          onCancel={props.onCancel}
        />
      )
  }
}

/** How many wait; nothing more of them can be told. */
export function Waiting({ items }: { items: number }) {
  const { t } = useWords()
  return <p role="status">{items === 0 ? t('dropBox.nothing') : t('dropBox.waiting', { count: items })}</p>
}

/** The page of a device that is a drop-box: what waits, by number and size alone, and the way to hand it over. */
export function DropBox(props: DropBoxProps) {
  const { t, language } = useWords()
  const { facts } = props
  useLanding(props.state.kind)
  return (
    <section class={styles.page}>
      <h1>{t('dropBox.title')}</h1>
      <p>{t('dropBox.cannotOpen')}</p>
      <div class={styles.part}>
        <Waiting items={facts.items} />
        {facts.items > 0 && (
          <p class={styles.hint}>{t('dropBox.size', { size: isolate(sizeText(facts.bytes, language)) })}</p>
        )}
      </div>
      <section class={styles.part}>
        <h2 tabIndex={-1} data-landing>
          {t('handOver.title')}
        </h2>
        <HandOver {...props} />
      </section>
      <section class={styles.part}>
        <h2>{t('dropBox.for')}</h2>
        <Fingerprint words={facts.keyWords} />
        <p class={styles.hint}>{t('dropBox.name', { name: isolate(facts.name) })}</p>
        <p class={styles.hint}>{t('dropBox.otherKey')}</p>
      </section>
      {props.allowsErasing && (
        <details class={styles.more}>
          <summary>{t('wipe.title')}</summary>
          <div class={styles.part}>
            <p>{t('dropBox.erase')}</p>
            <HoldButton label={t('wipe.hold')} seconds={3} onHeld={props.onErase} />
          </div>
        </details>
      )}
    </section>
  )
}
