import { describe, expect, it, vi } from 'vitest'
import { plainText, shownAnswer, shownLines } from '../../../entrypoints/verifier/answer'
import { createVerifierView, type VerifierView } from '../../../entrypoints/verifier/view'
import { fails, notProvedIds } from '../../../utils/bundle/verification'
import { verifyBundle } from '../../../utils/bundle/verify'
import { wordsFor } from '../../../utils/words/translate'
import { listFiles, packFiles, sampleBundle, signedBundle } from '../../support/sample-bundle'
import { hexDigest, sampleItem, samplePng } from '../../support/sample-items'
import { redactedBundle } from '../../support/sample-redaction'

const words = wordsFor('en')

async function stateAfter(view: VerifierView, kind: VerifierView['state']['value']['kind']) {
  await vi.waitFor(() => expect(view.state.value.kind).toBe(kind), { timeout: 20_000 })
  return view.state.value
}

describe('what the verifier shows', () => {
  it('is every statement in words, with a way to check it by hand', async () => {
    const answer = shownAnswer(await verifyBundle(await signedBundle()), words)
    expect(answer.result).toBe('pass')
    const claims = answer.groups.flatMap((group) => group.claims)
    expect(claims.length).toBeGreaterThanOrEqual(10)
    for (const { id, sentence, hand } of claims) {
      expect(sentence, id).not.toMatch(/[{}]|^verify/)
      expect(hand?.sentence, id).toBeTruthy()
      expect(hand?.command, id).toBeTruthy()
    }
    expect(answer.notProved).toHaveLength(notProvedIds.length)
    const proofs = answer.groups.find(({ id }) => id === 'proofs')
    expect(proofs?.notes.length).toBeGreaterThanOrEqual(2)
    for (const note of proofs?.notes ?? []) expect(note).not.toMatch(/[{}]/)
  })

  it('names the file that was changed', async () => {
    const files = listFiles(await sampleBundle())
    const changed = files.map((file) =>
      file.name.endsWith('text.txt') ? { ...file, content: new Uint8Array(3) } : file,
    )
    const answer = shownAnswer(await verifyBundle(packFiles(changed)), words)
    expect(answer.result).toBe('fail')
    const lines = answer.groups.flatMap(({ claims }) => claims.flatMap((claim) => claim.lines))
    const failed = lines.filter(({ result }) => result === 'fail')
    expect(failed.map(({ subject }) => subject)).toContain(`data/items/${sampleItem().item.id}/text.txt`)
    for (const { why } of failed) expect(why).toBeTruthy()
  })

  it('says why a file is no bundle, in place of what was not checked', async () => {
    const answer = shownAnswer(await verifyBundle(new TextEncoder().encode('%PDF-1.7 something else')), words)
    expect(answer.result).toBe('none')
    expect(answer.groups.map(({ sentence }) => sentence)).toEqual([words.t('verify.why.not-a-zip')])
    expect(answer.notProved).toHaveLength(notProvedIds.length)
  })

  it('stays short whatever comes', () => {
    const statements = Array.from({ length: 20_000 }, (_, i) =>
      fails('bag-complete', `f${i}`, 'unknown-file'),
    )
    const answer = shownAnswer(
      { isBundle: true, statements, notProved: [], items: [], proof: null, earlier: [] },
      words,
    )
    const [claim] = answer.groups[0]?.claims ?? []
    expect([claim?.lines.length, claim?.more]).toEqual([shownLines, 20_000 - shownLines])
  })

  it('has no sign in it that turns or hides text', () => {
    expect(plainText('https://a.example/\u202egnp.\u200b')).toBe('https://a.example/\\u{202e}gnp.\\u{200b}')
    expect(plainText('x'.repeat(5_000))).toHaveLength(301)
    expect(plainText('نعرف 🏚')).toBe('نعرف 🏚')
  })
})

describe('the verifier', () => {
  it('checks a chosen file and gives its digest', async () => {
    const view = createVerifierView('en')
    const bundle = await sampleBundle()
    await view.check(new File([bundle], 'a.zip'))
    expect(await stateAfter(view, 'answer')).toMatchObject({ name: 'a.zip', digest: hexDigest(bundle) })
  })

  it('forgets a check that was cancelled', async () => {
    const view = createVerifierView('en')
    const checking = view.check(new File([await sampleBundle()], 'a.zip'))
    expect(view.state.value).toMatchObject({ kind: 'working', stage: 'checking', share: 0 })
    view.cancel()
    await checking
    expect(view.state.value).toEqual({ kind: 'waiting', news: 'cancelled' })
  })

  it('shows only the file chosen last', async () => {
    const view = createVerifierView('en')
    const first = view.check(new File([new Uint8Array(90)], 'first.zip'))
    const second = view.check(new File([await sampleBundle()], 'second.zip'))
    await Promise.all([first, second])
    expect(view.state.value).toMatchObject({ kind: 'answer', name: 'second.zip' })
  })

  it('says when a file cannot be read', async () => {
    const view = createVerifierView('en')
    const gone = new File([await sampleBundle()], 'gone.zip')
    gone.slice = () => {
      throw new DOMException('gone', 'NotReadableError')
    }
    await view.check(gone)
    expect(view.state.value).toEqual({ kind: 'waiting', news: 'unreadable' })
  })
})

describe('redacted copies beside their whole', () => {
  const items = [sampleItem({ seed: 1 })]
  const fileOf = async (kind: 'copy' | 'whole' | 'other') => {
    const bundles = {
      copy: () => redactedBundle(items, { words: ['Everybody'], paint: async () => samplePng() }),
      whole: () => signedBundle(items),
      other: () => signedBundle([sampleItem({ seed: 2 })]),
    }
    return new File([await bundles[kind]()], `${kind}.zip`)
  }
  const answerOf = (view: VerifierView) => {
    const state = view.state.value
    if (state.kind !== 'answer') throw new Error(`The verifier is ${state.kind}`)
    return shownAnswer(state.verification, words, state.comparison)
  }

  it('are asked for only where something is covered', async () => {
    const view = createVerifierView('en')
    await view.check(await fileOf('whole'))
    expect(answerOf(view).whole).toBeNull()
    await view.check(await fileOf('copy'))
    expect(answerOf(view).whole).toEqual({ kind: 'none', trouble: null })
  })

  it.each([
    ['first', ['copy', 'whole']],
    ['last', ['whole', 'copy']],
  ] as const)('are compared when both are dropped, the copy %s', async (_, order) => {
    const view = createVerifierView('en')
    await view.checkDropped(await Promise.all(order.map(fileOf)))
    const answer = answerOf(view)
    expect(view.state.value).toMatchObject({ name: 'copy.zip' })
    const copy = answer.groups.find(({ id }) => id === 'copy')
    expect(copy?.claims.map(({ id }) => id)).toEqual(['copy-of-whole', 'copy-words', 'copy-pictures'])
    for (const { hand } of copy?.claims ?? []) expect(hand?.command).toBeTruthy()
    // The sample's picture is not painted: that is found out, too.
    expect(copy?.claims.map(({ result }) => result)).toEqual(['pass', 'pass', 'fail'])
    expect(answer.result).toBe('fail')
    expect(copy?.notes).toHaveLength(1)
    expect(answer.whole?.kind).toBe('done')
  })

  it('say what is wrong with what was chosen, and can be compared again', async () => {
    const view = createVerifierView('en')
    await view.check(await fileOf('copy'))
    await view.compare(new File(['only words'], 'words.zip'))
    expect(answerOf(view).whole?.trouble).toContain(words.t('verify.why.not-a-zip'))
    await view.compare(await fileOf('other'))
    const copy = answerOf(view).groups.find(({ id }) => id === 'copy')
    expect(copy?.claims.flatMap(({ lines }) => lines.map(({ why }) => why))).toEqual([
      words.t('verify.why.no-whole-item'),
    ])
  })
})
