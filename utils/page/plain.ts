/*
 * A page can put elements in place of members of its document and of its forms (`<form name="title">`,
 * `<input name="parentElement">`), and in place of global names (`<a id="…">`), for content scripts as well.
 * Prototypes are out of its reach.
 */

/**
 * The same object, each member of it read as its prototype gives it, methods bound. For asking it only: handed to
 * the browser in place of the object it is refused.
 */
export function plain<T extends object>(target: T): T {
  const prototype: object = Object.getPrototypeOf(target)
  return new Proxy(target, {
    get: (_, name) => {
      const value: unknown = Reflect.get(prototype, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** The element around this one, whatever a form in between says; the host of a shadow tree. Null for the outermost. */
export function parentOf(element: Element): Element | null {
  const parent: Element | null = Reflect.get(Node.prototype, 'parentElement', element)
  if (parent) return parent
  const around: Node | null = Reflect.get(Node.prototype, 'parentNode', element)
  return around instanceof ShadowRoot ? around.host : null
}

function treeOf(element: Element): ShadowRoot | null {
  const root: Node = Node.prototype.getRootNode.call(element)
  return root instanceof ShadowRoot ? root : null
}

/** Whether `inner` is `outer` or stands in it, also in a shadow tree within. */
export function holds(outer: Element, inner: Element): boolean {
  let at: Element | null = inner
  while (at) {
    if (Node.prototype.contains.call(outer, at)) return true
    at = treeOf(at)?.host ?? null
  }
  return false
}

/** What is drawn here. For a post in a shadow tree what is drawn in it; else, of a shadow tree, its host. */
export function drawnAt(x: number, y: number, post: Element): Element | null {
  if (!treeOf(post)) return plain(document).elementFromPoint(x, y)
  return drawnAllAt(x, y, post)[0] ?? null
}

/** The same, with everything below it. */
export function drawnAllAt(x: number, y: number, post: Element): Element[] {
  const trees: ShadowRoot[] = []
  for (let tree = treeOf(post); tree; tree = treeOf(tree.host)) trees.unshift(tree)
  let hits = plain(document).elementsFromPoint(x, y)
  for (const tree of trees) {
    const at = hits.indexOf(tree.host)
    if (at < 0) return hits
    const own = tree.elementsFromPoint(x, y).filter((hit) => treeOf(hit) === tree)
    hits = [...hits.slice(0, at), ...own, ...hits.slice(at)]
  }
  return hits
}
