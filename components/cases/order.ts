/** The ids with one of them moved a place up or down; the same order at either end. */
export function moveItem(ids: readonly string[], move: { id: string; by: 1 | -1 }): string[] {
  const from = ids.indexOf(move.id)
  const to = from + move.by
  const moved = [...ids]
  if (from < 0 || to < 0 || to >= ids.length) return moved
  moved.splice(from, 1)
  moved.splice(to, 0, move.id)
  return moved
}
