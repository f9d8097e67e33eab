import { z } from '../model/schema'

/** What a person decided about the redacted text of one row. */
export const Decision = z.strictObject({
  itemId: z.string(),
  /** The text as she let it go, or null when the row goes without its text. */
  text: z.string().max(400_000).nullable(),
})
export type Decision = z.infer<typeof Decision>

/** The decisions so far, in the order in which they were made; each item once. */
export type Review = ReadonlyMap<string, Decision>

/** The text that is released with a row; null while nobody has read it. */
export function reviewedText(review: Review, itemId: string): string | null {
  return review.get(itemId)?.text ?? null
}

/** How many of these rows were read, let go and left without text. */
export function countReview(
  review: Review,
  itemIds: readonly string[],
): { read: number; released: number; withheld: number; left: number } {
  const decisions = itemIds.flatMap((id) => review.get(id) ?? [])
  const released = decisions.filter(({ text }) => text !== null).length
  return {
    read: decisions.length,
    released,
    withheld: decisions.length - released,
    left: itemIds.length - decisions.length,
  }
}
