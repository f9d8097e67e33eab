import { Window } from 'happy-dom'

const names = [
  'Node',
  'Text',
  'Element',
  'Document',
  'DocumentFragment',
  'HTMLDocument',
  'HTMLElement',
  'HTMLFormElement',
  'HTMLImageElement',
  'HTMLBRElement',
  'HTMLTemplateElement',
  'SVGElement',
  'DOMParser',
]

/** Gives Node the DOM in which the readers and the suite work: the same as in the tests. Once is enough. */
function openDomOnce(): void {
  if (typeof DOMParser !== 'undefined') return
  const window = new Window({
    settings: {
      disableJavaScriptEvaluation: true,
      disableCSSFileLoading: true,
      disableJavaScriptFileLoading: true,
    },
  })
  for (const name of names) Reflect.set(globalThis, name, Reflect.get(window, name))
}

/** The page as a document that loads and runs nothing. */
export function parsePage(html: string): Document {
  openDomOnce()
  return new DOMParser().parseFromString(html, 'text/html')
}

/** Every element of the page in order, those inside templates included. */
export function allElements(root: ParentNode): Element[] {
  return [...root.querySelectorAll('*')].flatMap((element) =>
    element instanceof HTMLTemplateElement ? [element, ...allElements(element.content)] : [element],
  )
}

/** Every piece of text of the page with the element around it, scripts and styles left out. */
export function allTexts(root: ParentNode): { node: Text; holder: Element }[] {
  return allElements(root).flatMap((holder) =>
    /^(?:script|style)$/i.test(holder.tagName)
      ? []
      : [...holder.childNodes].flatMap((node) => (node instanceof Text ? [{ node, holder }] : [])),
  )
}
