import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Words } from '../../utils/words/translate'

/** The words of the interface; the only thing that components take from above without a prop. */
export const WordsContext = createContext<Words | null>(null)

/** The words of the interface. Throws when no page provides them. */
export function useWords(): Words {
  const words = useContext(WordsContext)
  if (!words) throw new Error('no words provided')
  return words
}
