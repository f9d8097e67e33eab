import { describe, expect, it, vi } from 'vitest'
import { plainText, shownAnswer, shownLines } from '../../../entrypoints/verifier/answer'
import { createVerifierView, type VerifierView } from '../../../entrypoints/verifier/view'
import { fails, notProvedIds } from '../../../utils/bundle/verification'
import { verifyBundle } from '../../../utils/bundle/verify'
import { wordsFor } from '../../../utils/words/translate'
import { listFiles, packFiles, sampleBundle, signedBundle } from '../../support/sample-bundle'
import { hexDigest, sampleItem } from '../../support/sample-items'

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
