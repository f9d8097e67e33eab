import 'fake-indexeddb/auto'
import { signal } from '@preact/signals'
import { beforeEach, describe, expect, it } from 'vitest'
import { createBundlesView } from '../../../entrypoints/locker/bundles-view'
import type { Session } from '../../../entrypoints/shared/session'
import { openDatabase } from '../../../utils/locker/database'
import { countItems } from '../../../utils/locker/items'
import { wordsFor } from '../../../utils/words/translate'
import { signedBundle } from '../../support/sample-bundle'
import { sampleItem } from '../../support/sample-items'
import { redactedBundle } from '../../support/sample-redaction'
import { makeLocker, startFresh } from '../locker/locker-under-test'

const items = [sampleItem({ seed: 1 })]
let view: ReturnType<typeof createBundlesView>

beforeEach(async () => {
  await startFresh()
  const locker = signal({ kind: 'open', locker: await makeLocker() })
  view = createBundlesView({ locker, refresh: async () => undefined } as unknown as Session)
})

const fileOf = (bundle: Uint8Array<ArrayBuffer>) => new File([bundle], 'export-1.zip')

describe('taking in a bundle of redacted copies', () => {
  it('is refused with a sentence, and leaves nothing behind', async () => {
    const rows = await openDatabase().rows.count()
    await view.bringIn([fileOf(await redactedBundle(items, { words: ['Everybody'] }))])
    expect(view.files.value).toEqual([{ name: 'export-1.zip', state: { kind: 'redacted' } }])
    expect(await countItems()).toEqual({ inbox: 0, records: 0 })
    expect(await openDatabase().rows.count()).toBe(rows)
    for (const language of ['en', 'ar', 'es'])
      expect(wordsFor(language).t('bundles.redacted').length).toBeGreaterThan(60)
  })

  it('is refused also where something else is wrong with it, and cannot be forced', async () => {
    const bundle = await redactedBundle(items)
    bundle[bundle.length >> 1] = (bundle[bundle.length >> 1] ?? 0) ^ 1
    await view.bringIn([fileOf(bundle)])
    await view.bringInAnyway(0)
    expect(view.files.value[0]?.state.kind).toBe('redacted')
    expect(await countItems()).toEqual({ inbox: 0, records: 0 })
  })

  it('leaves whole bundles that are chosen with it alone', async () => {
    await view.bringIn([fileOf(await redactedBundle(items)), fileOf(await signedBundle(items))])
    expect(view.files.value.map(({ state }) => state.kind)).toEqual(['redacted', 'done'])
    expect(await countItems()).toEqual({ inbox: 0, records: 1 })
  })
})
