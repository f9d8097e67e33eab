import type { Filing, When } from '../../../utils/model/ledger'

/** A day by the clock in Berlin, with a time when told. */
export function on(day: string, time: string | null = null): When {
  return { day, time, zone: 'Europe/Berlin' }
}

/** A filing of one item, waiting for its answer. */
export function sampleFiling(patch: Partial<Filing> = {}): Filing {
  return {
    id: 'a'.repeat(32),
    caseId: null,
    channelId: 'sample-form',
    receiver: 'Sample',
    platforms: ['sample'],
    itemIds: ['1'.repeat(32)],
    types: ['harassment'],
    filed: on('2026-08-31'),
    reference: '',
    bundleSha256: null,
    note: '',
    answer: null,
    appeals: [],
    renewed: null,
    isClosed: false,
    createdAt: '2026-08-31T10:00:00.000Z',
    changedAt: '2026-08-31T10:00:00.000Z',
    ...patch,
  }
}
