import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeProof } from '../../../utils/bundle/describe'
import { redactItem } from '../../../utils/bundle/redact-item'
import type { Reason, StatementId } from '../../../utils/bundle/verification'
import { hasFailure, verifyBundle } from '../../../utils/bundle/verify'
import { fromUtf8, toHex, toUtf8 } from '../../../utils/crypto/bytes'
import { canonicalBytes } from '../../../utils/crypto/canonical-json'
import { commitmentOf } from '../../../utils/custody/entry'
import type { Case } from '../../../utils/model/case'
import type { OpenedItem } from '../../../utils/model/item'
import { wordsFor } from '../../../utils/words/translate'
import { forgeBundle, listFiles, openAgain, signedBundle } from '../../support/sample-bundle'
import { sampleAssessment, sampleCase, sampleItem, samplePart, samplePost } from '../../support/sample-items'
import { sampleProofs } from '../../support/sample-proofs'
import { redactedBundle, samplePaint, sampleRedaction } from '../../support/sample-redaction'

type Bytes = Uint8Array<ArrayBuffer>
/** The README says of these that they may not be there. */
const mayBeMissing = ['data/report/*/attachments/', 'data/wacz/', 'data/earlier/']
const second = fileURLToPath(new URL('../../support/verify_bundle.py', import.meta.url))
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redacted-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function verifySecond(bundle: Bytes): { exit: number; failed: [string, string | null][] } {
  const file = join(folder, 'bundle.zip')
  writeFileSync(file, bundle)
  return JSON.parse(execFileSync('python3', [second, file]).toString())[0]
}

/** An item, and what the person says of it, with this word wherever a page or a person can put one. */
function itemWith(word: string, seed: number): OpenedItem {
  const address = `https://x.com/${encodeURIComponent(word)}/status/179`
  const bytes = toUtf8(`<p>${word}</p>`)
  const opened = sampleItem({
    seed,
    post: {
      text: `We know where ${word} parks. ${word.toUpperCase()}!`,
      permalink: address,
      author: { handle: `${word}_1`, name: word, profile: address, id: word },
      links: [{ address, text: word }],
      mentions: [word],
      media: [{ kind: 'image', address, alt: word, isHidden: false }],
      counts: { [word]: '3', likes: word },
      posted: { ...samplePost().posted, asShown: `12 May, ${word}` },
      postId: word,
      parentPostId: word,
      quotedIn: word,
      replyToHandle: word,
      repostedBy: word,
      contentWarning: word,
    },
    context: [samplePost({ text: word, author: { handle: word, name: word, profile: null, id: null } })],
    page: {
      address,
      canonical: address,
      title: `${word} on X`,
      headings: [word],
      times: [{ asShown: word, machine: word }],
    },
    collection: {
      sources: [{ fact: 'handle', source: 'title', value: word, agrees: false }],
      droppedFromHtml: { [`x-${word}`]: 1 },
    },
  })
  const extra = samplePart({ name: 'media-1.jpg', role: 'media', mediaType: 'image/jpeg', address }, bytes)
  const parts = [...opened.parts, extra]
  const item = { ...opened.item, parts: parts.map(({ record }) => record) }
  const assessment = sampleAssessment(item.id, { note: `${word} is my sister.` })
  return { ...opened, item, parts, assessment, itemBytes: canonicalBytes(item) }
}

/** A case with this word in everything that a person can write. */
function caseWith(word: string, items: readonly OpenedItem[]): Case {
  const texts = [
    ...[
      'title',
      'narrative',
      'narrativeShort',
      'narrativeMedium',
      'reasons',
      'reporterName',
      'reporterEmail',
    ],
    ...[
      'organisation',
      'attackedName',
      'attackedHandles',
      'attackedAbout',
      'attackedCountry',
      'authorisation',
    ],
    ...['authorisedBy', 'authorisedFor', 'country', 'provision', 'defenderWork', 'offlineRisk', 'genderLens'],
    ...['localContext', 'translation', 'translator', 'whyFalse', 'exposed', 'behindIt', 'stepsTaken', 'asks'],
    ...['signature', 'decisionBy', 'decisionReference', 'appealReasons'],
  ]
  const written = Object.fromEntries(texts.map((name) => [name, `About ${word}.`]))
  const rabat = { context: word, speaker: word, intent: word, content: word, extent: word, likelihood: word }
  return sampleCase(items, { ...written, rabat, attackedNaming: 'own-name', consent: { platform: true } })
}

/** The names of the files in which a word stands, in any letter case, plain or as addresses and HTML write it. */
function placesOf(word: string, bundle: Bytes): string[] {
  const forms = [word, encodeURIComponent(word), Buffer.from(word).toString('base64').replace(/.?=*$/, '')]
  const wanted = forms.map((form) => form.toLowerCase())
  return listFiles(bundle)
    .filter(({ name, content }) => {
      const text = `${name} ${Buffer.from(content).toString('utf8')}`.toLowerCase()
      return wanted.some((form) => text.includes(form))
    })
    .map(({ name }) => name)
}

describe('a bundle of redacted copies', () => {
  it('is found good, tied to the log, by both verifiers', async () => {
    const items = [sampleItem({ seed: 1, assessment: {} }), sampleItem({ seed: 2 })]
    const bundle = await redactedBundle(items, { words: ['Nadira Veleno', 'nveleno'] })
    const found = await verifyBundle(bundle)
    expect(found.statements.filter(({ result }) => result === 'fail')).toEqual([])
    const told = found.statements
      .filter(({ id }) => id.startsWith('redacted-'))
      .map(({ id, result }) => [id, result])
    expect(told).toEqual([
      ['redacted-well-formed', 'pass'],
      ['redacted-well-formed', 'pass'],
      ['redacted-tied', 'pass'],
      ['redacted-tied', 'pass'],
    ])
    expect(describeProof(found, wordsFor('en')).join('\n')).toContain('a redacted copy of entry 3 of 7')
    expect(verifySecond(bundle)).toEqual({ exit: 0, failed: [] })
  })

  it('holds whole items and redacted copies side by side, each with its own files', async () => {
    const [whole, covered] = [sampleItem({ seed: 1 }), sampleItem({ seed: 2 })]
    const copy = await redactItem(covered, sampleRedaction(covered), samplePaint)
    const proofs = await sampleProofs([whole, covered])
    const more = { items: [whole, copy], proofs }
    const bundle = await redactedBundle([whole, covered], { more })
    const names = listFiles(bundle).map(({ name }) => name)
    expect(names.filter((name) => name.startsWith(`data/items/${covered.item.id}`))).toEqual([
      `data/items/${covered.item.id}/redacted.json`,
      `data/items/${covered.item.id}/screenshot.png`,
    ])
    const { statements } = await verifyBundle(bundle)
    expect(statements.filter(({ result }) => result === 'fail')).toEqual([])
    const logged = statements.filter(({ id }) => id === 'logged' || id === 'redacted-tied')
    expect(logged.map(({ id }) => id)).toEqual(['logged', 'redacted-tied'])
    expect(verifySecond(bundle)).toEqual({ exit: 0, failed: [] })
  })

  it.each(['en', 'ar', 'es'])(
    'says in its README what is there, and names no file that is not (%s)',
    async (language) => {
      const items = [sampleItem({ seed: 1, assessment: {} })]
      const words = wordsFor(language)
      const bundles = {
        copies: await redactedBundle(items, { language }),
        whole: await signedBundle(items, { words }),
      }
      for (const [kind, bundle] of Object.entries(bundles)) {
        const files = new Map(listFiles(bundle).map(({ name, content }) => [name, content]))
        const readme = fromUtf8(files.get('README.txt') ?? new Uint8Array())
        const named = [...readme.matchAll(/^ {4}((?:data|proof)\/\S*)$/gm)].map(([, path = '']) => path)
        expect(named.length).toBeGreaterThan(5)
        const missing = named.filter((path) => {
          const shape = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}`)
          return !mayBeMissing.includes(path) && ![...files.keys()].some((name) => shape.test(name))
        })
        expect(missing).toEqual([])
        expect(named.some((path) => path.endsWith('/redacted.json'))).toBe(kind === 'copies')
        expect(readme.includes('--whole')).toBe(kind === 'copies')
      }
    },
  )

  it('holds nothing of a covered word, in any byte of any file', { timeout: 60_000 }, async () => {
    const letters = [...'qzxjkvwyβθλжшюسحقमကな']
    const word = fc
      .array(fc.constantFrom(...letters), { minLength: 6, maxLength: 12 })
      .map((signs) => signs.join(''))
    const channel = fc.constantFrom('x-abuse-form', 'un-special-procedures', 'x-dsa-report', 'police-report')
    const language = fc.constantFrom('en', 'ar')
    await fc.assert(
      fc.asyncProperty(word, channel, language, async (name, channelId, inLanguage) => {
        const items = [itemWith(name, 1), itemWith(name, 2)]
        const owner = caseWith(name, items)
        const bundle = await redactedBundle(items, { words: [name], owner, channelId, language: inLanguage })
        expect(placesOf(name, bundle)).toEqual([])
        expect(hasFailure(await verifyBundle(bundle))).toBe(false)
      }),
      { numRuns: 40, seed: 5 },
    )
  })

  it('shows the word where it was not asked to be covered, so that the search above can fail', async () => {
    const items = [itemWith('quillfeather', 1)]
    const bundle = await redactedBundle(items, { owner: caseWith('quillfeather', items) })
    const found = placesOf('quillfeather', bundle).join(' ')
    for (const name of ['redacted.json', 'case.json', 'report.html', 'submission.txt', 'submission.json'])
      expect(found).toContain(name)
  })

  it('carries neither salt nor assessment nor later entries, and names the commitment to the whole', async () => {
    const opened = sampleItem({ assessment: { note: 'She is my sister.' } })
    const bundle = await redactedBundle([opened])
    const files = new Map(listFiles(bundle).map(({ name, content }) => [name, fromUtf8Loose(content)]))
    const all = [...files.values()].join('\n')
    expect(all).not.toContain(toHex(opened.salt))
    expect(all).not.toContain('my sister')
    expect(files.get('proof/custody.jsonl')).not.toContain(opened.item.id)
    const of = toHex(await commitmentOf(opened.salt, opened.itemBytes))
    expect(files.get(`data/items/${opened.item.id}/redacted.json`)).toContain(of)
    const report = files.get('data/report/report.html')
    expect(report).toContain(of)
    expect(report).toContain('1 area of its pictures is covered.')
    expect(report).toContain('text.txt')
  })

  it('never takes web archives along, which hold the whole items', async () => {
    const items = [sampleItem()]
    await expect(redactedBundle(items, { more: { archived: openAgain(items) } })).rejects.toThrow('archives')
  })

  it('gives the same bytes for the same input', async () => {
    const make = () => redactedBundle([itemWith('quillfeather', 1)], { words: ['quillfeather'] })
    expect(await make()).toEqual(await make())
  })

  it('says once that nothing is tied where there are no proofs', async () => {
    const found = await verifyBundle(await redactedBundle([sampleItem()], { more: { proofs: null } }))
    const tied = found.statements.filter(({ id }) => id === 'redacted-tied')
    expect(tied).toEqual([{ id: 'redacted-tied', result: 'absent', subject: null, detail: 'no-proofs' }])
  })
})

function fromUtf8Loose(content: Bytes): string {
  return Buffer.from(content).toString('utf8')
}

type Facts = {
  of: string
  item: { id: string; parts: { name: string }[] }
  covered: { pictures: { name: string; areas: { width: number }[] }[] }
  leftOut: string[]
}

describe('a redacted copy that was changed', () => {
  const id = sampleItem().item.id
  const base = `data/items/${id}`
  const edit = (change: (facts: Facts) => void) => (files: Map<string, Bytes>) => {
    const name = `${base}/redacted.json`
    const facts = JSON.parse(fromUtf8(files.get(name) ?? new Uint8Array())) as Facts
    change(facts)
    files.set(name, canonicalBytes(facts))
  }
  const proof = `proof/items/${id}.tlog-proof`
  const cases: [string, (files: Map<string, Bytes>) => unknown, StatementId, string, Reason][] = [
    ['another capture', edit((facts) => (facts.of = 'a'.repeat(64))), 'redacted-tied', proof, 'not-in-log'],
    ['no commitment', edit((facts) => (facts.of = '')), 'redacted-tied', proof, 'not-in-log'],
    [
      'an area that is not told',
      edit((facts) => facts.covered.pictures.pop()),
      'redacted-well-formed',
      `${base}/redacted.json`,
      'cover-differs',
    ],
    [
      'an area outside of its picture',
      edit((facts) => {
        const area = facts.covered.pictures[0]?.areas[0]
        if (area) area.width = 90
      }),
      'redacted-well-formed',
      `${base}/redacted.json`,
      'cover-differs',
    ],
    [
      'a picture that is here and left out',
      edit((facts) => facts.leftOut.push('screenshot.png')),
      'redacted-well-formed',
      `${base}/redacted.json`,
      'cover-differs',
    ],
    [
      'a salt',
      (files) => files.set(`${base}/salt.txt`, toUtf8('x')),
      'redacted-well-formed',
      `${base}/salt.txt`,
      'part-not-listed',
    ],
    [
      'another picture',
      (files) => files.set(`${base}/screenshot.png`, toUtf8('another')),
      'redacted-well-formed',
      `${base}/screenshot.png`,
      'size-differs',
    ],
    [
      'a folder of another id',
      edit((facts) => (facts.item.id = 'b'.repeat(32))),
      'redacted-well-formed',
      `${base}/redacted.json`,
      'id-differs',
    ],
  ]
  it.each(cases)('%s is said, by both verifiers', async (_, change, statement, subject, reason) => {
    const forged = forgeBundle(await redactedBundle([sampleItem()]), change)
    const { statements } = await verifyBundle(forged)
    expect(statements).toContainEqual({ id: statement, result: 'fail', subject, detail: reason })
    const failed = statements
      .filter(({ result }) => result === 'fail')
      .map((one) => [one.id, one.subject ?? null])
    const answer = verifySecond(forged)
    expect(answer.exit).toBe(1)
    expect(answer.failed.map(String).sort()).toEqual([...new Set(failed.map(String))].sort())
  })
})
