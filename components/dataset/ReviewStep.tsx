import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../shared/Button'
import { TextArea } from '../shared/Field'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import styles from './Dataset.module.css'
import { partsOf, type ReviewRow, type ReviewState } from './steps'

type ReviewStepProps = {
  review: ReviewState
  onDecide: (text: string | null) => void
  onShow: (at: number) => void
}

function Row({ row, ...props }: ReviewStepProps & { row: ReviewRow }) {
  const { t } = useWords()
  const [text, setText] = useState(row.redacted)
  const box = useRef<HTMLDivElement>(null)
  // Enter lets the next row go: the keyboard stays where it was.
  useEffect(() => box.current?.querySelector<HTMLElement>('[data-go] button')?.focus(), [])
  const keys: Record<string, () => void> = {
    a: () => props.onDecide(text),
    w: () => props.onDecide(null),
    p: () => props.onShow(Math.max(0, props.review.at - 1)),
    n: () => props.onShow(props.review.at + 1),
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the buttons within, which say them
    <div
      class={styles.step}
      ref={box}
      onKeyDown={(event) => {
        const isTyping = event.target instanceof HTMLTextAreaElement
        if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return
        keys[event.key.toLowerCase()]?.()
      }}
    >
      <div>
        <h2>{t('dataset.original')}</h2>
        <p class={styles.original} dir="auto">
          {partsOf(row.original, row.spans).map((part, index) =>
            part.isTaken ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
          )}
        </p>
      </div>
      <TextArea
        label={t('dataset.released')}
        hint={t('dataset.releasedHint')}
        value={text}
        maxLength={400_000}
        onChange={setText}
      />
      <div class={styles.buttons}>
        <span data-go>
          <Button kind="primary" name={`${t('dataset.letGo')} (A)`} onPress={() => props.onDecide(text)}>
            {t('dataset.letGo')}
          </Button>
        </span>
        <Button name={`${t('dataset.withhold')} (W)`} onPress={() => props.onDecide(null)}>
          {t('dataset.withhold')}
        </Button>
        <Button
          kind="plain"
          name={`${t('dataset.previous')} (P)`}
          isOff={props.review.at === 0}
          onPress={() => props.onShow(props.review.at - 1)}
        >
          {t('dataset.previous')}
        </Button>
        <Button
          kind="plain"
          name={`${t('dataset.next')} (N)`}
          onPress={() => props.onShow(props.review.at + 1)}
        >
          {t('dataset.next')}
        </Button>
      </div>
      <p class={styles.quiet}>{t('dataset.reviewKeys')}</p>
    </div>
  )
}

/** Every text that would leave, one after another, read by a person. */
export function ReviewStep(props: ReviewStepProps) {
  const { t } = useWords()
  const { at, of, read, row } = props.review
  const isAtEnd = at >= of
  return (
    <>
      <p>{t('dataset.reviewAbout')}</p>
      <p role="status">{t('dataset.reviewed', { count: read, of })}</p>
      <progress max={Math.max(1, of)} value={read} aria-label={t('dataset.step.review')} />
      {isAtEnd && (
        <Notice tone={read < of ? 'warning' : 'good'} isSpoken>
          <p>{read < of ? t('dataset.reviewLeft', { count: of - read }) : t('dataset.reviewDone')}</p>
        </Notice>
      )}
      {!isAtEnd && row && <Row key={row.itemId} {...props} row={row} />}
    </>
  )
}
