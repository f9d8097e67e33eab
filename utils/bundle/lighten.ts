import type { OpenedItem, Part } from '../model/item'
import { reportPicture } from '../reports/html-picture'

/** How many bytes of pictures the report may hold: in base64 it stays a file that every browser opens. */
const pictureBudget = 64 * 1024 * 1024

/** An item as the report needs it, without any bytes; `picture` is the one that goes into the report, if one does. */
export type LightItem = { opened: OpenedItem; picture: Part | null }

const nothing = new Uint8Array()

/** Starts a row of items for a report; each brings its picture while the budget lasts. */
export function startLightening(budget: number = pictureBudget): (opened: OpenedItem) => LightItem {
  let left = budget
  return (opened) => {
    const shown = reportPicture(opened)
    const picture = shown !== null && shown.bytes.length <= left ? shown : null
    left -= picture?.bytes.length ?? 0
    const parts = opened.parts.map(({ record }) => ({ record, bytes: nothing }))
    return { opened: { ...opened, itemBytes: nothing, salt: nothing, parts }, picture }
  }
}
