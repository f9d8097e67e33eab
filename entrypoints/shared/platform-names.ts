import { platforms } from '../../utils/platforms/index'
import type { Words } from '../../utils/words/translate'

/** The platform's own name; for a page that no reader knows, the word for that. */
export function platformName(id: string, words: Words): string {
  return platforms.find((platform) => platform.id === id)?.name ?? words.t('platform.generic')
}
