/** A piece of two texts: in both, in the earlier one only, or in the later one only. */
export type WordRun = { kind: 'kept' | 'removed' | 'added'; text: string }

/** Above this many pairs of words the comparison would take too long: the differing middle is given whole. */
const pairsAtMost = 4_000_000

/**
 * Words, signs and spaces in order, joined they are the text. Never cuts what people see as one sign, such as a
 * letter with its marks or a composed emoji.
 */
function wordsIn(text: string): string[] {
  const segments = (granularity: 'word' | 'grapheme') =>
    new Intl.Segmenter('en', { granularity }).segment(text)
  const isStart = new Set([...segments('grapheme')].map(({ index }) => index))
  const words: string[] = []
  for (const { index, segment } of segments('word')) {
    if (isStart.has(index)) words.push(segment)
    else words.push((words.pop() ?? '') + segment)
  }
  return words
}

/** How many words two lists have in common from here on, for every place in both; row by row. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--) {
      const at = i * width + j
      lengths[at] =
        before[i] === after[j]
          ? (lengths[at + width + 1] ?? 0) + 1
          : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0)
    }
  return lengths
}

function run(kind: WordRun['kind'], words: readonly string[]): WordRun[] {
  return words.length === 0 ? [] : [{ kind, text: words.join('') }]
}

function compareMiddles(before: readonly string[], after: readonly string[]): WordRun[] {
  if (before.length * after.length > pairsAtMost) return [...run('removed', before), ...run('added', after)]
  const width = after.length + 1
  const lengths = commonLengths(before, after)
  const runs: WordRun[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]]
    if (old !== undefined && old === fresh) {
      runs.push({ kind: 'kept', text: old })
      i++
      j++
    } else if (
      fresh === undefined ||
      (old !== undefined && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      runs.push({ kind: 'removed', text: old ?? '' })
      i++
    } else {
      runs.push({ kind: 'added', text: fresh })
      j++
    }
  }
  return runs
}

/** One removed and one added piece between two kept ones; a space or sign alone does not hold two changes apart. */
function tidy(runs: readonly WordRun[]): WordRun[] {
  const tidied: WordRun[] = []
  let [kept, removed, added] = ['', '', '']
  const close = () => {
    tidied.push(...run('removed', [removed].filter(Boolean)), ...run('added', [added].filter(Boolean)))
    removed = ''
    added = ''
  }
  for (const { kind, text } of runs) {
    if (kind === 'kept') {
      kept += text
      continue
    }
    const isInChange = removed !== '' || added !== ''
    if (kept !== '' && isInChange && !/[\p{L}\p{N}\n]/u.test(kept)) {
      removed += kept
      added += kept
    } else if (kept !== '') {
      close()
      tidied.push({ kind: 'kept', text: kept })
    }
    kept = ''
    if (kind === 'removed') removed += text
    else added += text
  }
  close()
  return [...tidied, ...run('kept', [kept].filter(Boolean))]
}

/**
 * Two texts word by word, made for reading: what is kept and removed gives the earlier one, what is kept and added
 * the later one. No sign that people see as one is ever cut.
 */
export function compareWords(before: string, after: string): WordRun[] {
  const [old, fresh] = [wordsIn(before), wordsIn(after)]
  let start = 0
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++
  let end = 0
  const rest = Math.min(old.length, fresh.length) - start
  while (end < rest && old.at(-1 - end) === fresh.at(-1 - end)) end++
  return tidy([
    ...run('kept', old.slice(0, start)),
    ...compareMiddles(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...run('kept', old.slice(old.length - end)),
  ])
}
