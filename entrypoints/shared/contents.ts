import { signal } from '@preact/signals'
import { listCases } from '../../utils/locker/cases'
import { listItems } from '../../utils/locker/items'
import type { OpenLocker } from '../../utils/locker/keyring'
import { readLedger } from '../../utils/locker/ledger'
import type { Case } from '../../utils/model/case'
import type { ItemSummary } from '../../utils/model/item'
import type { Filing, Tally } from '../../utils/model/ledger'

/** What is in the locker, as the page shows it. */
export type Contents = {
  isRead: boolean
  items: ItemSummary[]
  damaged: number
  cases: Case[]
  filings: Filing[]
  /** What other lockers counted. */
  others: Tally[]
}

/** The contents as they are shown, and how they are read. */
export type ContentsView = ReturnType<typeof createContents>

const nothingRead: Contents = {
  isRead: false,
  items: [],
  damaged: 0,
  cases: [],
  filings: [],
  others: [],
}

async function readContents(open: OpenLocker): Promise<Contents> {
  const [found, kept, ledger] = await Promise.all([listItems(open), listCases(open), readLedger(open)])
  const damaged = found.damaged.length + kept.damaged.length + ledger.damaged.length
  const { filings, others } = ledger
  return { isRead: true, items: found.items, damaged, cases: kept.cases, filings, others }
}

/** The case as it was read, or as it is shown when it was changed since. */
function newestOf(read: Case, shown: readonly Case[]): Case {
  const here = shown.find(({ id }) => id === read.id)
  return here && here.changedAt > read.changedAt ? here : read
}

/** The contents of the locker that `openNow` gives; nothing while that is null. */
export function createContents(openNow: () => OpenLocker | null, read = readContents) {
  const contents = signal<Contents>(nothingRead)
  const now = signal(new Date())
  let newest: Promise<void> = Promise.resolve()

  async function readNow(open: OpenLocker, isNewest: () => boolean): Promise<void> {
    const next = await read(open)
    // Whoever waits for this reading waits for what is shown in its place.
    if (!isNewest()) return await newest
    now.value = new Date()
    // What was changed while this was read is not in it, or only in part.
    contents.value = { ...next, cases: next.cases.map((one) => newestOf(one, contents.value.cases)) }
  }

  /** Reads them anew, and resolves when they are shown. Of several readings the last one asked for counts. */
  function refresh(): Promise<void> {
    const open = openNow()
    if (open === null) return Promise.resolve()
    const own: Promise<void> = readNow(open, () => newest === own)
    newest = own
    return own
  }

  return {
    contents,
    /** When they were read. */
    now,
    refresh,
    forget: () => {
      newest = Promise.resolve()
      contents.value = nothingRead
    },
  }
}
