import type { OpenedItem } from '../model/item'

/** How many bytes of pictures the report may hold: with base64 and markup it stays far below the longest text. */
export const pictureBudget = 64 * 1024 * 1024

/**
 * Starts a row of items as the report needs them: of each item's parts only the one picture that the report shows
 * keeps its bytes, and that only while the budget lasts. All other parts have their record and no bytes.
 */
export function startLightening(budget: number = pictureBudget): (opened: OpenedItem) => OpenedItem {
  let left = budget
  return (opened) => {
    const roles = new Set(opened.parts.map((part) => part.record.role))
    const shown = roles.has('screenshot') ? 'screenshot' : 'page'
    const parts = opened.parts.map((part) => {
      if (part.record.role !== shown || part.bytes.length > left) return { ...part, bytes: new Uint8Array() }
      left -= part.bytes.length
      return part
    })
    return { ...opened, parts }
  }
}
