import { AddressBook } from '../../components/recipients/AddressBook'
import { copyText } from '../shared/copy'
import type { LockerPageView } from './view'

/** The people and helplines whose public keys are kept. */
export function AddressBookScreen({ view }: { view: LockerPageView }) {
  const { book } = view
  return (
    <AddressBook
      contacts={book.contacts()}
      damaged={book.damaged.value}
      entry={book.entry.state.value}
      found={book.found()}
      onText={book.entry.write}
      onFile={(file) => void book.entry.readFile(file)}
      onAdd={(contact) => void book.add(contact)}
      onForget={book.forget}
      onChange={(id, change) => void book.change(id, change)}
      onCompare={(id, key) => void book.compare(id, key)}
      onRemove={(id) => void book.remove(id)}
      onCopy={copyText}
      onBack={() => void view.go({ kind: 'settings' })}
    />
  )
}
