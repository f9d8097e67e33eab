import { Button } from './Button'
import { Notice } from './Notice'
import { useWords } from './words'

/** Says that something happened that must not happen. */
export function BugNotice({ onReload }: { onReload: () => void }) {
  const { t } = useWords()
  return (
    <Notice tone="problem" isSpoken>
      <p>{t('bug.sentence')}</p>
      <div>
        <Button size="small" onPress={onReload}>
          {t('bug.reload')}
        </Button>
      </div>
    </Notice>
  )
}
