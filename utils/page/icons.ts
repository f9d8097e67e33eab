import { plain } from './plain'

export type MarkState = 'idle' | 'saving' | 'saved' | 'redrawn' | 'failed'

/** Strokes in a box of 16 by 16. */
const paths: Record<MarkState, string> = {
  idle: 'M8 3.5v9M3.5 8h9',
  saving: 'M8 2.5a5.5 5.5 0 1 1-5.5 5.5',
  saved: 'M3 8.5l3.2 3.2L13 4.8',
  redrawn: 'M3 8.5l3.2 3.2L13 4.8M9.5 13.5h4v-4',
  failed: 'M4 4l8 8M12 4l-8 8',
}

/** The drawing of a state, as an element without a name of its own. */
export function drawIcon(state: MarkState): SVGElement {
  const svg = plain(document).createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  const path = plain(document).createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', paths[state])
  svg.append(path)
  return svg
}
