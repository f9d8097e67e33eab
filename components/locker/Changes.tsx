import type { ReadingChanges } from '../../utils/model/versions'
import { isolate } from '../shared/format'
import { useWords } from '../shared/words'
import styles from './Changes.module.css'
import { Lines } from './Facts'

type Values = ReadingChanges['values'][number] | ReadingChanges['counts'][number]

function useChange(): (change: Values) => string {
  const { t } = useWords()
  const shown = (value: string | null) => (value === null ? t('versions.nothing') : isolate(value))
  return ({ before, after }) => t('versions.change', { before: shown(before), after: shown(after) })
}

/** The words of both captures in one; what was removed is struck out, what was added underlined. */
function ChangedWords({ runs }: { runs: NonNullable<ReadingChanges['words']> }) {
  const { t } = useWords()
  return (
    <>
      <p class={styles.words} dir="auto">
        {runs.map(({ kind, text }, index) => {
          const key = `${index} ${kind}`
          if (kind === 'removed') return <del key={key}>{text}</del>
          if (kind === 'added') return <ins key={key}>{text}</ins>
          return <span key={key}>{text}</span>
        })}
      </p>
      <p class={styles.legend}>{t('versions.legend')}</p>
    </>
  )
}

/** What is different between a capture and the one before it. */
export function Changes({ changes }: { changes: ReadingChanges }) {
  const { t, ofCode } = useWords()
  const say = useChange()
  const { words, isCut, values, counts, addedMedia, removedMedia, flags } = changes
  const media = [
    ...(removedMedia.length > 0 ? [t('versions.removedMedia', { count: removedMedia.length })] : []),
    ...(addedMedia.length > 0 ? [t('versions.addedMedia', { count: addedMedia.length })] : []),
  ]
  const said = flags.map(({ name, isNow }) =>
    isNow ? t(`item.${name}`) : t('versions.noLonger', { sentence: t(`item.${name}`) }),
  )
  const isNothing = !words && values.length + counts.length + media.length + said.length === 0
  if (isNothing) return <p>{t('versions.unchanged')}</p>
  return (
    <dl class={styles.changes}>
      {words && (
        <>
          <dt>{t('versions.words')}</dt>
          <dd>
            <ChangedWords runs={words} />
            {isCut && <p>{t('versions.cut')}</p>}
          </dd>
        </>
      )}
      {values.map((change) => (
        <div key={change.name}>
          <dt>{t(`versions.${change.name}`)}</dt>
          <dd>{say(change)}</dd>
        </div>
      ))}
      <Told
        name={t('versions.counts')}
        lines={counts.map((change) =>
          t('versions.count', {
            name: isolate(ofCode('count', change.name) ?? change.name),
            change: say(change),
          }),
        )}
      />
      <Told name={t('versions.media')} lines={media} />
      <Told name={t('versions.said')} lines={said} />
    </dl>
  )
}

function Told({ name, lines }: { name: string; lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Lines isOwnWords lines={lines} />
      </dd>
    </div>
  )
}
