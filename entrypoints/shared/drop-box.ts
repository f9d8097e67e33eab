import { effect, signal } from '@preact/signals'
import type { DropBoxFacts } from '../../components/dropbox/DropBox'
import { toUtf8 } from '../../utils/crypto/bytes'
import { fingerprintWords } from '../../utils/crypto/fingerprint'
import { measureDropBox, readDropBox } from '../../utils/locker/drop-box'
import { watchItems } from '../../utils/locker/items'
import { oneAtATime } from './later'
import type { Session } from './session'

const nameWords = 3

/** The words by which people know a drop-box: the first three that stand for the id it gave itself. */
export async function dropBoxName(id: string): Promise<string> {
  return (await fingerprintWords(toUtf8(id))).split(' ').slice(0, nameWords).join(' ')
}

/** The words by which people know a receiving key. */
export function keyWords(recipient: string): Promise<string> {
  return fingerprintWords(toUtf8(recipient))
}

/** What this device can know of its drop-box, followed from now on; null while it is none, and until it was read. */
export function followDropBox(session: Session) {
  const facts = signal<DropBoxFacts | null>(null)

  async function read(): Promise<void> {
    const isDropBox = session.locker.value.kind === 'drop-box'
    const dropBox = isDropBox ? await readDropBox() : null
    if (dropBox === null) {
      facts.value = null
      return
    }
    const [measured, words, name] = await Promise.all([
      measureDropBox(),
      keyWords(dropBox.recipient),
      dropBoxName(dropBox.lockerId),
    ])
    facts.value = { ...measured, keyWords: words, name }
  }

  const follow = oneAtATime(read)
  watchItems(() => void follow())
  effect(() => {
    if (session.locker.value.kind === 'drop-box') void follow()
  })
  return facts
}
