import { signal } from '@preact/signals'
import type { AnchorNews, ShownAnchor } from '../../components/locker/Anchors'
import { saveFile } from '../../utils/bundle/save'
import { randomBytes, toHex } from '../../utils/crypto/bytes'
import { askForAnchor, keepAnswer, listAnchors } from '../../utils/locker/anchors'
import type { OpenLocker } from '../../utils/locker/keyring'
import { type Outcome, succeed } from '../../utils/model/problem'
import type { Session } from '../shared/session'

/** Bytes of an answer that are read at all. */
const largest = 200_000

/** State and actions of having the log stamped by others. */
export function createAnchorsView(session: Session) {
  const anchors = signal<readonly ShownAnchor[]>([])
  const news = signal<AnchorNews | null>(null)
  const isBusy = signal(false)

  async function read(open: OpenLocker): Promise<void> {
    const kept = await listAnchors(open)
    anchors.value = kept.map(({ id, size, anchor }) => {
      const answers = anchor.answers.map(({ form, stampedAt, authority }) => ({ form, stampedAt, authority }))
      return { id, size, askedAt: anchor.askedAt, answers }
    })
  }

  async function attempt(act: (open: OpenLocker) => Promise<Outcome<AnchorNews>>): Promise<void> {
    if (session.locker.value.kind !== 'open' || isBusy.value) return
    const { locker } = session.locker.value
    isBusy.value = true
    news.value = null
    try {
      const done = await act(locker)
      news.value = done.ok ? done.value : { kind: 'failed', problem: done.problem }
      await read(locker)
    } finally {
      isBusy.value = false
    }
  }

  async function writeRequest(open: OpenLocker): Promise<Outcome<AnchorNews>> {
    const asked = await askForAnchor(open, new Date())
    if (!asked.ok) return asked
    const { writeAnchorRequest } = await import('../../utils/bundle/anchor-request')
    const file = await writeAnchorRequest({ ...asked.value, words: session.words.value })
    const name = `request-${toHex(randomBytes(2))}.zip`
    const saved = await saveFile({ name, stream: new Blob([file]).stream() })
    return saved.ok ? succeed({ kind: 'asked', path: saved.value.path ?? name }) : saved
  }

  async function keep(open: OpenLocker, file: File): Promise<Outcome<AnchorNews>> {
    const bytes = new Uint8Array(await file.slice(0, largest + 1).arrayBuffer())
    const kept = await keepAnswer(open, bytes, new Date())
    if (!kept.ok) return kept
    const { stampedAt, authority } = kept.value
    return succeed({ kind: 'answered', stampedAt, authority })
  }

  return {
    anchors,
    news,
    isBusy,
    open: async () => {
      news.value = null
      if (session.locker.value.kind === 'open') await read(session.locker.value.locker)
    },
    ask: () => attempt(writeRequest),
    keepAnswer: (file: File) => attempt((open) => keep(open, file)),
  }
}
