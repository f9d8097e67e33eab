import { signal } from '@preact/signals'
import { publishStatistics, smallestCell, statisticsCsv, statisticsJson } from '../../utils/ledger/statistics'
import { countFilings, mergeTallies, sumTallies } from '../../utils/ledger/tallies'
import { forgetTallies, keepTallies, tallySource } from '../../utils/locker/ledger'
import type { StatisticsRow, Tally } from '../../utils/model/ledger'
import { TallyFile } from '../../utils/model/ledger'
import { fail } from '../../utils/model/problem'
import { channelName, filedName } from '../shared/channel-facts'
import { saveText } from '../shared/ledger-view'
import { platformName } from '../shared/platform-names'
import type { Session } from '../shared/session'

/** No file of counts is larger. */
const mostBytes = 8_000_000

function readTallies(text: string): Tally[] | null {
  try {
    const parsed = TallyFile.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data.tallies : null
  } catch {
    // Not JSON: not such a file.
    return null
  }
}

/** The counts of the ledger: of this locker, and of others that were added. */
export function createStatisticsView(session: Session) {
  const savedAs = signal<string | null>(null)
  const own = signal<string | null>(null)

  async function ownTally(): Promise<Tally | null> {
    const state = session.locker.value
    if (state.kind !== 'open') return null
    const source = await tallySource(state.locker)
    const rows = countFilings(session.contents.value.filings)
    return { source, madeAt: new Date().toISOString(), rows }
  }

  /** Of several tallies of one locker the newest counts; this locker counts as it is now. */
  const others = () => session.contents.value.others.filter(({ source }) => source !== own.value)

  async function open(): Promise<void> {
    savedAs.value = null
    own.value = (await ownTally())?.source ?? null
  }

  function statistics() {
    const here = { source: '0'.repeat(16), madeAt: '', rows: countFilings(session.contents.value.filings) }
    return publishStatistics(sumTallies([here, ...mergeTallies(others())]))
  }

  function nameOf({ platform, channelId }: Pick<StatisticsRow, 'platform' | 'channelId'>) {
    const words = session.words.value
    return {
      platform: platform === '' ? '' : platformName(platform, words),
      channel: channelName(channelId, { receiver: channelId, words }),
    }
  }

  const lineOf = ({ platform, channelId }: Pick<StatisticsRow, 'platform' | 'channelId'>) =>
    filedName({ channelId, receiver: channelId, platforms: [platform] }, session.words.value)

  async function give(): Promise<void> {
    const mine = await ownTally()
    if (!mine) return
    const file = { kind: 'witnessmark-tallies', version: 1, tallies: mergeTallies([mine], others()) }
    savedAs.value = await saveText(`${JSON.stringify(file, null, 2)}\n`, 'json')
  }

  async function take(file: File): Promise<void> {
    const tallies = file.size > mostBytes ? null : readTallies(await file.text())
    await session.attempt(async (locker) =>
      tallies === null ? fail('not-tallies') : keepTallies(locker, tallies),
    )
    await session.refresh()
  }

  async function forget(): Promise<void> {
    await session.attempt((locker) => forgetTallies(locker))
    await session.refresh()
  }

  return {
    savedAs,
    smallest: smallestCell,
    open,
    statistics,
    nameOf,
    lineOf,
    lockers: () => 1 + mergeTallies(others()).length,
    hasOthers: () => others().length > 0,
    csv: async () => {
      savedAs.value = await saveText(statisticsCsv(statistics(), nameOf), 'csv')
    },
    json: async () => {
      savedAs.value = await saveText(statisticsJson(statistics(), new Date().toISOString()), 'json')
    },
    give,
    take,
    forget,
  }
}
