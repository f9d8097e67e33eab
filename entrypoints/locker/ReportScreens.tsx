import { FilingPage } from '../../components/reports/FilingPage'
import { LedgerPage } from '../../components/reports/LedgerPage'
import { StatisticsPage } from '../../components/reports/StatisticsPage'
import { findChannel, linkOf } from '../../utils/channels/index'
import { stateOf } from '../../utils/ledger/filings'
import type { Filing } from '../../utils/model/ledger'
import { appealWays, filedName, namedChannels } from '../shared/channel-facts'
import type { LockerPageView } from './view'

type ViewProps = { view: LockerPageView }

/** The ledger. */
export function LedgerScreen({ view }: ViewProps) {
  const { session, ledger } = view
  const words = session.words.value
  const filings = ledger.filings()
  const nameOf = (filing: Filing) => filedName(filing, words)
  const names = new Map(filings.map((filing) => [filing.id, nameOf(filing)]))
  const { cases } = session.contents.value
  return (
    <LedgerPage
      dues={ledger.dues().map((line) => ({ ...line, name: names.get(line.due.filingId) ?? '' }))}
      filings={filings.map((filing) => ({ filing, state: stateOf(filing), name: nameOf(filing) }))}
      channels={namedChannels(words)}
      cases={cases.map(({ id, title }) => ({ id, name: title }))}
      now={ledger.today()}
      savedAs={ledger.savedAs.value}
      onOpen={(id) => void view.go({ kind: 'filing', id })}
      onAdd={(filing) =>
        void ledger.file({
          ...filing,
          itemIds: cases.find(({ id }) => id === filing.caseId)?.itemIds ?? [],
          bundleSha256: null,
        })
      }
      onCalendar={() => void ledger.saveCalendar()}
      onNumbers={() => void view.go({ kind: 'statistics' })}
    />
  )
}

/** One filing of the ledger. */
export function FilingScreen({ view, id }: ViewProps & { id: string }) {
  const { session, ledger } = view
  const words = session.words.value
  const filing = ledger.filings().find((one) => one.id === id)
  if (!filing) return null
  const { channelId, caseId } = filing
  const channel = findChannel(channelId)
  const hasCase = session.contents.value.cases.some((one) => one.id === caseId)
  return (
    <FilingPage
      key={id}
      filing={filing}
      name={filedName(filing, words)}
      dues={ledger.dues().filter(({ due }) => due.filingId === id)}
      now={ledger.today()}
      verifiedAddress={channel && linkOf(channel)}
      appealWays={appealWays(channelId, words)}
      onOpenCase={caseId !== null && hasCase ? () => void view.go({ kind: 'case', id: caseId }) : null}
      onChange={(change) => void ledger.change(id, change)}
      onDelete={() => void view.removeFiling(id)}
      onBack={() => void view.go({ kind: 'reports' })}
    />
  )
}

/** The counts of the ledger. */
export function StatisticsScreen({ view }: ViewProps) {
  const { statistics } = view
  return (
    <StatisticsPage
      statistics={statistics.statistics()}
      smallest={statistics.smallest}
      lockers={statistics.lockers()}
      savedAs={statistics.savedAs.value}
      nameOf={statistics.nameOf}
      lineOf={statistics.lineOf}
      onPrint={() => window.print()}
      onCsv={() => void statistics.csv()}
      onJson={() => void statistics.json()}
      onGive={() => void statistics.give()}
      onTake={(file) => void statistics.take(file)}
      onForget={statistics.hasOthers() ? () => void statistics.forget() : null}
      onBack={() => void view.go({ kind: 'reports' })}
    />
  )
}
