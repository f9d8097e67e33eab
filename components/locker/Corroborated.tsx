import type { CaptureSource } from '../../utils/model/corroboration'
import { Button } from '../shared/Button'
import { isolate, momentText } from '../shared/format'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import type { Corroboration } from './item-details'

type CorroboratedProps = { corroboration: readonly Corroboration[]; onOpenItem: (id: string) => void }

function useSource(): (source: CaptureSource | null) => string {
  const { t } = useWords()
  return (source) => {
    if (source === null) return t('corroboration.here')
    const words = isolate(source.words ?? '')
    if (source.kind === 'drop-box') return t('corroboration.dropBox', { words })
    return source.words === null ? t('corroboration.unsigned') : t('corroboration.signed', { words })
  }
}

/** The captures of the same post from other lockers, and whether they show the same words. Nothing without one. */
export function Corroborated({ corroboration, onOpenItem }: CorroboratedProps) {
  const { t, language } = useWords()
  const nameOf = useSource()
  if (corroboration.length === 0) return null
  const isDifferent = corroboration.some(({ words }) => words === 'different')
  return (
    <Notice tone={isDifferent ? 'warning' : 'calm'}>
      <h2>{t('corroboration.title')}</h2>
      <p>{t('corroboration.about')}</p>
      {corroboration.map(({ summary, words, source }) => {
        const when = isolate(momentText(summary.capturedAt, { language, zone: null }))
        const what = t(`corroboration.${words}`, { when, source: nameOf(source) })
        return (
          <div key={summary.id}>
            <p>{what}</p>
            <Button
              size="small"
              name={t('versions.openNamed', { what })}
              onPress={() => onOpenItem(summary.id)}
            >
              {t('versions.open')}
            </Button>
          </div>
        )
      })}
    </Notice>
  )
}
