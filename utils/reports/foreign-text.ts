const firstStrongIsolate = '\u2068'
const popIsolate = '\u2069'
const isolateOpeners = /[\u2066-\u2068]/
// Control characters that break a line, move a terminal's cursor or end a text early. Tab and line feed stay.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are exactly what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: they break a line in some programs
const lineBreaks = /\r\n|[\r\u2028\u2029\u0085\u000b\u000c]/g
const invisible = /[\s\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

/** A foreign text with plain line feeds and without control characters; what people see stays as it is. */
export function plainLines(text: string): string {
  return text.toWellFormed().replace(lineBreaks, '\n').replace(controls, '\ufffd')
}

/** A foreign name or handle on one line, shown in its own direction without turning the words around it. */
export function isolate(text: string): string {
  return firstStrongIsolate + balance(plainLines(text).replace(/\s+/g, ' ')) + popIsolate
}

/** Words of ours or a receiver's that run from left to right, within a sentence of either direction. */
export function inline(text: string, { direction }: { direction: 'ltr' | 'rtl' }): string {
  return direction === 'rtl' ? isolate(text) : text
}

/** A foreign text as a quotation: every line marked and isolated, so that it cannot pass for ours. */
export function quoteLines(text: string): string {
  return plainLines(text)
    .split('\n')
    .map((line) => (line.trim() === '' ? '>' : `> ${isolate(line.trimEnd())}`))
    .join('\n')
}

/**
 * An address as people can read and copy it: complete, with invisible and direction-changing characters in
 * their percent form, which means the same to a browser.
 */
export function showAddress(address: string): string {
  return plainLines(address).replace(invisible, (character) => encodeURIComponent(character))
}

/** Directional isolates that the text opens are closed in it, and those it does not open are dropped. */
function balance(text: string): string {
  let open = 0
  let result = ''
  for (const character of text) {
    if (character === popIsolate && open === 0) continue
    if (character === popIsolate) open -= 1
    else if (isolateOpeners.test(character)) open += 1
    result += character
  }
  return result + popIsolate.repeat(open)
}
