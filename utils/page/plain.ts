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

/** The element around this one, whatever a form in between says. Null for the outermost. */
export function parentOf(element: Element): Element | null {
  return Reflect.get(Node.prototype, 'parentElement', element)
}
