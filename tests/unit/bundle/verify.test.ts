import { describe, expect, it } from 'vitest'
import { describeNotProved, describeStatement } from '../../../utils/bundle/describe'
import type { Reason, Statement } from '../../../utils/bundle/verification'
import { notProvedIds } from '../../../utils/bundle/verification'
import { hasFailure, verifyBundle } from '../../../utils/bundle/verify'
import { wordsFor } from '../../../utils/words/translate'
import { badLists, editItem, editText, type Files, forgeries } from '../../support/forgeries'
import { forgeBundle, listFiles, packFiles, sampleBundle } from '../../support/sample-bundle'
import { sampleBytes, sampleItem, samplePart } from '../../support/sample-items'

function failures(statements: readonly Statement[]): Statement[] {
  return statements.filter((statement) => statement.result === 'fail')
}

describe('verifyBundle', () => {
  it('passes a good bundle, statement by statement', async () => {
    const verification = await verifyBundle(await sampleBundle())
    expect(verification.isBundle).toBe(true)
    expect(verification.statements.map(({ id, result }) => `${id} ${result}`)).toEqual([
      'container-canonical pass',
      'bag-complete pass',
      'files-intact pass',
      'tags-intact pass',
      'case-consistent pass',
      'item-well-formed pass',
      'report-present pass',
      'capture-time pass',
      'signed-by absent',
      'logged absent',
      'custody-consistent absent',
      'time-anchored absent',
    ])
    expect(verification.items).toEqual([
      {
        id: sampleItem().item.id,
        capturedAt: '2024-05-14T07:30:12.345Z',
        isRedacted: false,
        permalink: 'https://x.com/harrow_blackmoor/status/1790000000000000001',
      },
    ])
  })

  it('says the same of a Blob', async () => {
    const bundle = await sampleBundle()
    expect(await verifyBundle(new Blob([bundle]))).toEqual(await verifyBundle(bundle))
  })

  it('reads files larger than its window', async () => {
    const record = { name: 'page.png', role: 'page', mediaType: 'image/png' } as const
    const item = sampleItem({ parts: [samplePart(record, sampleBytes('large', 2_500_000))] })
    const bundle = await sampleBundle([item])
    expect(hasFailure(await verifyBundle(new Blob([bundle])))).toBe(false)
    bundle[2_000_000] = (bundle[2_000_000] ?? 0) ^ 8
    const named = failures((await verifyBundle(new Blob([bundle]))).statements).map((found) => found.subject)
    expect(new Set(named)).toEqual(new Set([`data/items/${item.item.id}/page.png`]))
  })

  it.each(forgeries)('sees %s though all lists fit', async (_, change, id, subject, detail) => {
    const bundle = await sampleBundle([sampleItem({ assessment: {} })])
    const verification = await verifyBundle(forgeBundle(bundle, change))
    expect(failures(verification.statements)).toContainEqual({ id, result: 'fail', subject, detail })
    const intact = verification.statements.filter(
      (found) => found.id === 'files-intact' || found.id === 'tags-intact',
    )
    expect(intact.map((found) => found.result)).toEqual(['pass', 'pass'])
  })

  it('does not see a forgery that is right in everything, and says so', async () => {
    const bundle = await sampleBundle()
    const other = forgeBundle(bundle, editItem('captured.utc', '2024-05-14T09:00:00.000Z'))
    const verification = await verifyBundle(other)
    expect(hasFailure(verification)).toBe(false)
    expect(verification.statements).toContainEqual({
      id: 'signed-by',
      result: 'absent',
      subject: null,
      detail: 'no-proofs',
    })
    expect(verification.notProved).toEqual(notProvedIds)
  })

  it('says nothing about the time of a post that shows none', async () => {
    const posted = { asShown: null, iso: null, from: null, to: null, precision: null, source: null }
    const verification = await verifyBundle(await sampleBundle([sampleItem({ post: { posted } })]))
    expect(verification.statements.find(({ id }) => id === 'capture-time')).toMatchObject({
      result: 'absent',
      detail: 'no-posted-time',
    })
  })

  it('takes the beginning of the window of an age', async () => {
    const window = { from: '2024-05-14T06:00:00.000Z', to: '2024-05-14T08:00:00.000Z' }
    const posted = { asShown: '1h', iso: null, ...window, precision: 'hour', source: 'relative' } as const
    expect(hasFailure(await verifyBundle(await sampleBundle([sampleItem({ post: { posted } })])))).toBe(false)
  })
})

describe('a list', () => {
  it.each(badLists)('with %s is refused', async (_, edit, detail) => {
    for (const [name, id] of [
      ['manifest-sha256.txt', 'bag-complete'],
      ['tagmanifest-sha256.txt', 'tags-intact'],
    ] as const) {
      const files: Files = new Map(listFiles(await sampleBundle()).map((file) => [file.name, file.content]))
      editText(name, edit)(files)
      const packed = packFiles([...files].map(([file, content]) => ({ name: file, content })))
      const found = failures((await verifyBundle(packed)).statements)
      expect(found.map((statement) => `${statement.id} ${statement.detail}`)).toContain(`${id} ${detail}`)
    }
  })

  it('of another form in bag-info.txt is refused', async () => {
    const edits: [(text: string) => string, Reason][] = [
      [(text) => text.replace(/Oxum: (\d)/, 'Oxum: 9$1'), 'oxum-differs'],
      [(text) => text.replace('Oxum: ', 'Oxum: 0'), 'bag-info-malformed'],
      [(text) => text.replace('Bundle-Version: 1', 'Bundle-Version: 2'), 'bag-info-malformed'],
      [(text) => `${text}More: 1\n`, 'bag-info-malformed'],
    ]
    for (const [edit, detail] of edits) {
      const files: Files = new Map(listFiles(await sampleBundle()).map((file) => [file.name, file.content]))
      editText('bag-info.txt', edit)(files)
      const packed = packFiles([...files].map(([name, content]) => ({ name, content })))
      expect(failures((await verifyBundle(packed)).statements)).toContainEqual({
        id: 'bag-complete',
        result: 'fail',
        subject: 'bag-info.txt',
        detail,
      })
    }
  })
})

describe('the words of a verification', () => {
  it('are one line a statement, with file and reason', async () => {
    const bundle = forgeBundle(await sampleBundle(), (files) => files.delete('data/report/report.html'))
    const { statements } = await verifyBundle(bundle)
    const lines = statements.map((statement) => describeStatement(statement, wordsFor('en')))
    expect(lines).toContain(
      'FAIL: The report is here, to read and to send. [data/report/report.html] This file is missing.',
    )
    for (const line of lines) expect(line).not.toMatch(/[\n{}]/)
  })

  it('are there in Arabic', async () => {
    const verification = await verifyBundle(await sampleBundle())
    const words = wordsFor('ar')
    const lines = verification.statements.map((statement) => describeStatement(statement, words))
    for (const line of [...lines, ...describeNotProved(verification, words)])
      expect(line).toMatch(/[\u0600-\u06ff]/)
    expect(describeNotProved(verification, words)).toHaveLength(5)
  })
})
