import { signal } from '@preact/signals'
import type { EntryRefusal, KeyEntryState } from '../../components/recipients/contacts'
import { longestList, readRecipientList } from '../../utils/crypto/recipient-list'

/** State and actions of a field for public keys. */
export type KeyEntry = ReturnType<typeof createKeyEntry>

const nothing: KeyEntryState = { text: '', round: 0, refusal: null, troubles: [] }
/** Keys are ASCII; comments may not be. */
const largestFile = longestList * 4

/**
 * A field for public keys. What is good goes to `onKeys` at once, as soon as nothing in the text or file is wrong, and
 * the field is empty again. A text with a secret key in it leaves no trace here.
 */
export function createKeyEntry(onKeys: (recipients: string[]) => void) {
  const state = signal(nothing)

  function refuse(refusal: EntryRefusal): void {
    state.value = { ...nothing, round: state.value.round + 1, refusal }
  }

  /** What is wrong in a file is told by its lines, without its text. */
  function take(text: string, from: 'field' | 'file'): void {
    const list = readRecipientList(text)
    if (list.kind !== 'read') {
      refuse(list.kind)
      return
    }
    const { recipients, troubles } = list
    const isEmpty = troubles.length === 0 && recipients.length === 0
    if (isEmpty && from === 'file') refuse('no-keys')
    else if (isEmpty || troubles.length > 0) {
      state.value = { ...state.value, text: from === 'field' ? text : '', refusal: null, troubles }
    } else {
      state.value = { ...nothing, round: state.value.round + 1 }
      onKeys(recipients)
    }
  }

  async function readFile(file: File): Promise<void> {
    const text = file.size > largestFile ? '' : await file.text().catch(() => null)
    if (text === null) refuse('unreadable')
    else if (file.size > largestFile) refuse('too-long')
    else take(text, 'file')
  }

  return {
    state,
    write: (text: string) => take(text, 'field'),
    readFile,
    /** Whether something is in the field that is no key yet: it would be left out without a word. */
    isOpen: () => state.value.text !== '' && state.value.troubles.length > 0,
    clear: () => {
      state.value = { ...nothing, round: state.value.round }
    },
  }
}
