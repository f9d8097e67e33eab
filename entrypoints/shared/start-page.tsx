import { signal } from '@preact/signals'
import { type ComponentChildren, render } from 'preact'
import { BugNotice } from '../../components/shared/BugNotice'
import { ErrorBoundary } from '../../components/shared/ErrorBoundary'
import { reportBug, reportUncaught } from '../../components/shared/report-bug'
import { WordsContext } from '../../components/shared/words'
import { removeLeftFiles } from '../../utils/bundle/temporary-file'
import { useShredCell } from '../../utils/locker/shred'
import { pageCell } from '../../utils/locker/shred-cell-page'
import { chooseLanguage, wordsFor } from '../../utils/words/translate'
import { type Session, startSession } from './session'

const hasBug = signal(false)

function Page({ session, children }: { session: Session; children: ComponentChildren }) {
  const words = session.words.value
  return (
    <WordsContext.Provider value={words}>
      {hasBug.value && <BugNotice onReload={() => location.replace(location.href)} />}
      <ErrorBoundary sentence={words.t('bug.sentence')}>{children}</ErrorBoundary>
    </WordsContext.Provider>
  )
}

/** Starts an extension page: its session, then what `draw` gives; whatever nobody caught is said and reported. */
export async function startPage(draw: (session: Session) => Promise<ComponentChildren>): Promise<void> {
  const root = document.getElementById('root')
  if (!root) throw new Error('no root')
  reportUncaught(window, () => {
    hasBug.value = true
  })
  useShredCell(pageCell())
  void removeLeftFiles()
  try {
    const session = await startSession()
    const content = await draw(session)
    render(<Page session={session}>{content}</Page>, root)
  } catch (error) {
    reportBug(error)
    root.textContent = wordsFor(chooseLanguage(navigator.languages)).t('bug.sentence')
  }
}
