import type { OpenedItem } from '../model/item'
import type { WordKey, Words } from '../words/translate'
import { inline, isolate, showAddress } from './foreign-text'
import { showUtc } from './moments'
import type { Prepared } from './prepare'
import { exactAddress } from './select-items'

function unique(values: string[]): string {
  return [...new Set(values)].join('; ')
}

type Declared = { items: readonly OpenedItem[]; words: Words }

/** How the items were saved, from what they record of it themselves. */
function methodLines({ items, words }: Declared): string[] {
  const of = (read: (item: OpenedItem['item']) => string) =>
    inline(unique(items.map(({ item }) => read(item))), words)
  const tool = of(({ collection }) => `${collection.tool.name} ${collection.tool.version}`)
  const browser = of(({ collection }) => collection.browser)
  const system = of(({ collection }) => collection.system)
  return [words.t('report.declaration.with', { tool, browser, system }), words.t('report.declaration.how')]
}

/**
 * A draft for whoever saved the posts, line by line, to be read, changed and signed by a person: who, what, when, how,
 * which files (`files` says where they are listed), what is not claimed. Signs nothing, and takes no oath of any
 * country; that is a lawyer's. No line when there are no items. An empty `name` is left open.
 */
export function declarationLines(of: Declared & { name: string; files: WordKey }): string[] {
  const { items, words } = of
  const moments = items.map(({ item }) => item.captured.utc).toSorted()
  const [first, last] = [moments[0], moments.at(-1)]
  if (first === undefined || last === undefined) return []
  const name = of.name.trim()
  return [
    words.t('report.declaration.draft'),
    words.t('report.declaration.who', { name: name === '' ? '________' : isolate(name) }),
    words.t('report.declaration.what', { count: items.length }),
    words.t('report.declaration.when', {
      from: inline(showUtc(first), words),
      to: inline(showUtc(last), words),
    }),
    ...methodLines(of),
    words.t(of.files),
    words.t('report.declaration.unchanged'),
    words.t('report.declaration.limits'),
    words.t('report.declaration.oath'),
    words.t('report.declaration.sign'),
  ]
}

/** The draft as a text for a letter. */
export function declarationText({ case: owner, items, words }: Prepared): string {
  const lines = declarationLines({
    items,
    words,
    name: owner.reporterName,
    files: 'report.declaration.files',
  })
  return [...lines.slice(0, 1), '', ...lines.slice(1, -1), '', ...lines.slice(-1)].join('\n').trim()
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
