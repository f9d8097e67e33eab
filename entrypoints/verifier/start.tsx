import { render } from 'preact'
import { chooseLanguage } from '../../utils/words/translate'
import { App } from './App'
import { createVerifierView } from './view'

/** Draws the verifier in the language most preferred of those there are. */
export function startVerifier(preferred: readonly string[]): void {
  const root = document.getElementById('root')
  if (!root) throw new Error('no root')
  render(<App view={createVerifierView(chooseLanguage(preferred))} />, root)
}
