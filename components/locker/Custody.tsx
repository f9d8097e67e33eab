import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../../utils/model/problem'
import { Button } from '../shared/Button'
import { Fingerprint } from '../shared/Fingerprint'
import { isolate, momentText } from '../shared/format'
import { useWords } from '../shared/words'
import styles from './ItemDetail.module.css'
import type { CustodyStep, ItemCustody } from './item-details'

type CustodyProps = {
  /** Null while it is being read. */
  custody: ItemCustody | Problem | null
  onRead: () => void
}

/** So many at the beginning and at the end are always shown; what is between is folded where it is long. */
const first = 2
const last = 4

function Step({ step }: { step: CustodyStep }) {
  const { t, language } = useWords()
  const { kind, at, place, from } = step
  const here = momentText(at, { language, zone: null })
  const utc = momentText(at, { language, zone: 'UTC' })
  return (
    <li class={styles.version}>
      <p class={styles.strong}>{from === null ? t(`custody.kind.${kind}`) : t(`custody.from.${from}`)}</p>
      <p>{here}</p>
      <p class={styles.soft}>
        {here === utc ? '' : `${t('custody.utc', { when: isolate(utc) })} · `}
        {t('custody.place', { place: place + 1 })}
      </p>
    </li>
  )
}

function Steps({ steps }: { steps: readonly CustodyStep[] }) {
  const { t } = useWords()
  const [isOpen, setIsOpen] = useState(false)
  const folded = Math.max(0, steps.length - first - last)
  const isLong = folded > 1
  const between = steps.slice(first, first + folded)
  const show = (some: readonly CustodyStep[]) => some.map((step) => <Step key={step.place} step={step} />)
  if (!isLong) return <ol class={styles.files}>{show(steps)}</ol>
  return (
    <ol class={styles.files}>
      {show(steps.slice(0, first))}
      <li class={styles.version}>
        <div>
          <Button size="small" isExpanded={isOpen} onPress={() => setIsOpen(!isOpen)}>
            {isOpen ? t('custody.fold') : t('custody.unfold', { count: folded })}
          </Button>
        </div>
      </li>
      {isOpen && show(between)}
      {show(steps.slice(first + folded))}
    </ol>
  )
}

function Place({ custody: { steps, size, checkpoint } }: { custody: ItemCustody }) {
  const { t } = useWords()
  const captured = steps.find(({ kind }) => kind === 'captured')
  return (
    <section class={styles.group}>
      <h2 class={styles.small}>{t('custody.placeTitle')}</h2>
      {captured && <p>{t('custody.captureAt', { place: captured.place + 1, count: size })}</p>}
      {checkpoint ? (
        <>
          <p>{t('custody.signed', { count: checkpoint.size })}</p>
          <p class={styles.digest} dir="ltr">
            {checkpoint.digits}
          </p>
        </>
      ) : (
        <p>{t('custody.notSigned')}</p>
      )}
      <p class={styles.soft}>{t('custody.why')}</p>
    </section>
  )
}

/** Other logs that prove the item, too: that of whoever captured it, or of this locker before it was restored. */
function Others({ custody: { others } }: { custody: ItemCustody }) {
  const { t } = useWords()
  if (others.length === 0) return null
  return (
    <section class={styles.group}>
      <h2 class={styles.small}>{t('custody.othersTitle')}</h2>
      <p>{t('custody.others')}</p>
      {others.map(({ words, place, size }) => (
        <div key={words} class={styles.group}>
          <p>{t('custody.otherPlace', { place: place + 1, count: size })}</p>
          <Fingerprint words={words} />
        </div>
      ))}
    </section>
  )
}

/** What happened to an item, as the custody log holds it, and its place there. */
export function Custody({ custody, onRead }: CustodyProps) {
  const { t } = useWords()
  // The log grows while the page is open: it is read whenever somebody looks.
  useEffect(onRead, [])
  if (custody === null) return <p role="status">{t('custody.reading')}</p>
  if ('code' in custody) return <p role="alert">{t(`problem.${custody.code}`)}</p>
  if (custody.steps.length === 0) return <p>{t('custody.none')}</p>
  return (
    <div class={styles.tab}>
      <p class={styles.soft}>{t('custody.intro')}</p>
      <Steps steps={custody.steps} />
      <Place custody={custody} />
      <Others custody={custody} />
    </div>
  )
}
