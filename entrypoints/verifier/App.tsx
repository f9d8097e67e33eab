import { useEffect, useState } from 'preact/hooks'
import { Notice } from '../../components/shared/Notice'
import { PageHeading } from '../../components/shared/PageHeading'
import { WordsContext } from '../../components/shared/words'
import { Answer } from '../../components/verify/Answer'
import { ChooseFile } from '../../components/verify/ChooseFile'
import { Sealed } from '../../components/verify/Sealed'
import { VerifyFrame } from '../../components/verify/VerifyFrame'
import { Working } from '../../components/verify/Working'
import { listLanguages } from '../../utils/words/translate'
import { shownAnswer } from './answer'
import type { VerifierView } from './view'

type ViewProps = { view: VerifierView }

/** Takes files that are dropped anywhere on the page. True while some are held over it. */
function useDrop(onDrop: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const ended = new AbortController()
    const { signal } = ended
    // Without this the browser would leave the page and open the file.
    const hold = (event: DragEvent) => {
      event.preventDefault()
      setOver(true)
    }
    const take = (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      onDrop([...(event.dataTransfer?.files ?? [])])
    }
    window.addEventListener('dragover', hold, { signal })
    window.addEventListener('drop', take, { signal })
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), {
      signal,
    })
    return () => ended.abort()
  }, [onDrop])
  return isOver
}

function Waiting({ view, isOver }: ViewProps & { isOver: boolean }) {
  const { t } = view.words.value
  const state = view.state.value
  const news = state.kind === 'waiting' ? state.news : null
  return (
    <>
      <PageHeading of="waiting">{t('verifier.title')}</PageHeading>
      {news !== null && (
        <Notice tone={news === 'cancelled' ? 'calm' : 'problem'} isSpoken>
          <p>{t(`verifier.${news}`)}</p>
        </Notice>
      )}
      <p>{t('verifier.intro')}</p>
      <ChooseFile isOver={isOver} onChoose={view.check} />
    </>
  )
}

function Content({ view, isOver }: ViewProps & { isOver: boolean }) {
  const words = view.words.value
  const state = view.state.value
  switch (state.kind) {
    case 'waiting':
      return <Waiting view={view} isOver={isOver} />
    case 'working':
      return <Working stage={state.stage} fileName={state.name} share={state.share} onCancel={view.cancel} />
    case 'sealed':
      return (
        <Sealed
          fileName={state.name}
          trouble={state.trouble && words.t(`verify.sealed.${state.trouble}`)}
          canOpen={state.canOpen}
          onOpen={view.open}
          onAnother={view.another}
        />
      )
    case 'answer':
      return (
        <Answer
          fileName={state.name}
          answer={shownAnswer(state.verification, words, state.comparison)}
          digest={state.digest}
          onWhole={(whole) => void view.compare(whole)}
          onAnother={view.another}
        />
      )
  }
}

/** The verifier's page. */
export function App({ view }: ViewProps) {
  const words = view.words.value
  const isOver = useDrop(view.checkDropped)
  useEffect(() => {
    document.documentElement.lang = words.language
    document.documentElement.dir = words.direction
  }, [words])
  return (
    <WordsContext.Provider value={words}>
      <VerifyFrame languages={listLanguages()} onLanguage={view.useLanguage}>
        <Content view={view} isOver={isOver} />
      </VerifyFrame>
    </WordsContext.Provider>
  )
}
