import type { OpenedItem } from '../model/item'
import { inline, isolate, showAddress } from './foreign-text'
import { showUtc } from './moments'
import type { Prepared } from './prepare'
import { exactAddress } from './select-items'

function unique(values: string[]): string {
  return [...new Set(values)].join('; ')
}

/** How the items were saved, from what they record of it themselves. */
function methodLines({ items, words }: Prepared): string[] {
  const of = (read: (item: OpenedItem['item']) => string) =>
    inline(unique(items.map(({ item }) => read(item))), words)
  const tool = of(({ collection }) => `${collection.tool.name} ${collection.tool.version}`)
  const browser = of(({ collection }) => collection.browser)
  const system = of(({ collection }) => collection.system)
  return [words.t('report.declaration.with', { tool, browser, system }), words.t('report.declaration.how')]
}

/**
 * A draft for whoever saved the posts, to be read, changed and signed by a person: who, what, when, how, which
 * files, what is not claimed. Signs nothing, and takes no oath of any country; that is a lawyer's.
 */
export function declarationText(prepared: Prepared): string {
  const { case: owner, items, words } = prepared
  const moments = items.map(({ item }) => item.captured.utc).toSorted()
  const [first, last] = [moments[0], moments.at(-1)]
  if (first === undefined || last === undefined) return ''
  const name = owner.reporterName.trim()
  return [
    words.t('report.declaration.draft'),
    '',
    words.t('report.declaration.who', { name: name === '' ? '________' : isolate(name) }),
    words.t('report.declaration.what', { count: items.length }),
    words.t('report.declaration.when', {
      from: inline(showUtc(first), words),
      to: inline(showUtc(last), words),
    }),
    ...methodLines(prepared),
    words.t('report.declaration.files'),
    words.t('report.declaration.unchanged'),
    words.t('report.declaration.limits'),
    words.t('report.declaration.oath'),
    '',
    words.t('report.declaration.sign'),
  ].join('\n')
}

/** Every file of every item with its size and SHA-256, numbered as the posts are. Plain lines, nothing to run. */
export function exhibitIndex({ items, words }: Prepared): string {
  return items
    .map(({ item }, index) => {
      const address = exactAddress(item)
      const files = item.parts.map(
        (part) => `   data/items/${item.id}/${part.name}  ${part.bytes} B  SHA-256 ${part.sha256}`,
      )
      const head = words.t('report.exhibit', { number: index + 1 })
      return [`${head} ${showAddress(address ?? item.page.address)}`, ...files].join('\n')
    })
    .join('\n\n')
}
