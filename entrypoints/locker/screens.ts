import type { Area } from '../../components/locker/Frame'

/** Which screen of the locker page is open. Kept in memory only: the address never tells. */
export type Screen =
  | { kind: 'items' }
  | { kind: 'item'; id: string; from: Screen }
  | { kind: 'bin' }
  | { kind: 'cases' }
  | { kind: 'case'; id: string }
  | { kind: 'dataset' }
  | { kind: 'reports' }
  | { kind: 'filing'; id: string }
  | { kind: 'statistics' }
  | { kind: 'help' }
  | { kind: 'settings' }
  | { kind: 'readers' }
  | { kind: 'security' }
  | { kind: 'backup' }
  | { kind: 'restore' }
  | { kind: 'receiving' }
  | { kind: 'anchors' }
  | { kind: 'address-book' }
  | { kind: 'export'; from: Screen }

/** The area that a screen belongs to. */
export function areaOf(screen: Screen): Area {
  switch (screen.kind) {
    case 'cases':
    case 'case':
    case 'dataset':
      return 'cases'
    case 'reports':
    case 'filing':
    case 'statistics':
      return 'reports'
    case 'help':
      return 'help'
    case 'settings':
    case 'readers':
    case 'security':
    case 'backup':
    case 'restore':
    case 'receiving':
    case 'anchors':
    case 'address-book':
      return 'settings'
    case 'item':
    case 'export':
      return areaOf(screen.from)
    default:
      return 'items'
  }
}
