import { Button } from '../shared/Button'
import { useWords } from '../shared/words'
import styles from './DocumentPanel.module.css'

/** What can be captured on a page without a mark. */
export type OtherTarget = 'profile' | 'element' | 'selection' | 'visible-page' | 'whole-page'

const choices = [
  ['element', 'popup.captureElement'],
  ['selection', 'popup.captureSelection'],
  ['visible-page', 'popup.captureVisible'],
  ['whole-page', 'popup.captureWhole'],
] as const

type CaptureElseProps = {
  /** Where marks are of no use, this is what the page is for. */
  isOpen: boolean
  isBusy: boolean
  /** The page shows an account's profile, which can be chosen. */
  hasProfile: boolean
  onCapture: (target: OtherTarget) => void
}

/** Captures without a mark: any page has them. */
export function CaptureElse({ isOpen, isBusy, hasProfile, onCapture }: CaptureElseProps) {
  const { t } = useWords()
  const offered = [...(hasProfile ? [['profile', 'popup.captureProfile'] as const] : []), ...choices]
  return (
    <details key={String(isOpen)} class={styles.other} open={isOpen}>
      <summary>{t('popup.captureElse')}</summary>
      <div class={styles.choices}>
        {offered.map(([target, key]) => (
          <Button key={target} size="small" isOff={isBusy} onPress={() => onCapture(target)}>
            {t(key)}
          </Button>
        ))}
      </div>
    </details>
  )
}
