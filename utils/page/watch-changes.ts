import { plain } from './plain'

export type ChangesOptions = {
  /** Attributes whose change says that a post may be another, beside those that matter everywhere. */
  attributes: readonly string[]
  /** What has changed, and everything around it. */
  onChange: (touched: ReadonlySet<Node>) => void
}

export type Changes = {
  /** Tells of changes in this shadow tree, too, until it goes with its element. */
  follow: (tree: ShadowRoot) => void
  /** Tells now of what the browser would tell in a moment. */
  flush: () => void
  stop: () => void
}

const watchedAttributes = [
  'href',
  'datetime',
  'id',
  'data-id',
  'data-fullname',
  'thingid',
  'permalink',
  'lang',
  'hidden',
]

function nodeAround(node: Node): Node | null {
  return node instanceof ShadowRoot ? node.host : plain(node).parentNode
}

function touchedBy(records: readonly MutationRecord[]): Set<Node> {
  const touched = new Set<Node>()
  for (const { target } of records)
    for (let node: Node | null = target; node && !touched.has(node); node = nodeAround(node))
      touched.add(node)
  return touched
}

/** Tells what of the page changes: words, elements, and attributes by which posts are known. */
export function watchChanges({ attributes, onChange }: ChangesOptions): Changes {
  const followed = new WeakSet<ShadowRoot>()
  const observer = new MutationObserver((records) => onChange(touchedBy(records)))
  const whatChanges: MutationObserverInit = {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: [...watchedAttributes, ...attributes],
  }
  observer.observe(plain(document).documentElement, whatChanges)

  return {
    follow: (tree) => {
      if (followed.has(tree)) return
      followed.add(tree)
      observer.observe(tree, whatChanges)
    },
    flush: () => {
      const records = observer.takeRecords()
      if (records.length > 0) onChange(touchedBy(records))
    },
    stop: () => observer.disconnect(),
  }
}
