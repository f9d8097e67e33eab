import { useState } from 'preact/hooks'
import { Button } from './Button'
import { useWords } from './words'

type CopyButtonProps = {
  /** What is copied, for the accessible name. */
  what: string
  onCopy: () => Promise<boolean>
}

/** Copies, and says whether it worked. */
export function CopyButton({ what, onCopy }: CopyButtonProps) {
  const { t } = useWords()
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready')
  const word = {
    ready: t('common.copy'),
    copied: t('common.copied'),
    refused: t('common.notCopied'),
  }[state]
  return (
    <Button
      size="small"
      name={`${word}: ${what}`}
      onPress={() => {
        void onCopy().then((isCopied) => setState(isCopied ? 'copied' : 'refused'))
      }}
    >
      <span aria-live="polite">{word}</span>
    </Button>
  )
}
