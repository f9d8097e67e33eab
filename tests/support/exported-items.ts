import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { keepDownloadsIn } from '../../scripts/browser/downloads'
import { addAllToCase, exportCase, openPopup } from '../../scripts/browser/screens'
import { Item } from '../../utils/model/item'
import type { Ready } from './fixtures'

/** An item as it left in a bundle: its facts, and its files by name. */
export type ExportedItem = { item: Item; files: Map<string, Uint8Array> }

const answers = { narrative: 'They write to me every day.', attackedName: 'Lena Vasko' }

/** Reads the items out of the bytes of a bundle that is not encrypted, in the order of their capture. */
export function itemsIn(bundle: Uint8Array): ExportedItem[] {
  const files = Object.entries(unzipSync(bundle))
  const items = files.flatMap(([path, bytes]) => {
    const folder = /^(data\/items\/[0-9a-f]{32}\/)item\.json$/.exec(path)?.[1]
    if (folder === undefined) return []
    const own = files.filter(([other]) => other.startsWith(folder))
    return [
      {
        item: Item.parse(JSON.parse(new TextDecoder().decode(bytes))),
        files: new Map(own.map(([other, content]) => [other.slice(folder.length), content])),
      },
    ]
  })
  return items.sort((a, b) => (a.item.captured.utc < b.item.captured.utc ? -1 : 1))
}

/** Puts everything in the locker into a case and exports it through the popup, as a person does. */
export async function exportAll({ chromium, page, locker, words }: Ready): Promise<ExportedItem[]> {
  const folder = mkdtempSync(join(tmpdir(), 'witnessmark-items-'))
  try {
    const watch = await keepDownloadsIn(chromium.browser, folder)
    await locker.page.bringToFront()
    await addAllToCase(locker, 'Letters', words)
    const popup = await openPopup(chromium, page)
    const { finished } = watch()
    await exportCase(popup, { channelId: null, answers, protection: 'none' }, words)
    const { path } = await finished
    await popup.press('button', words.t('export.finish'))
    return itemsIn(new Uint8Array(readFileSync(path)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
