import { describe, expect, it } from 'vitest'
import { findContacts, ownerOf, type ShownContact, strangers } from '../../../components/recipients/contacts'

function contact(name: string, recipients: string[], note = ''): ShownContact {
  const keys = recipients.map((recipient) => ({ recipient, words: '', comparedAt: null }))
  return { id: name, name, note, keys }
}

const book = [
  contact('Lantern Helpline', ['age1a', 'age1b'], 'answers at night'),
  contact('Zoë Almark', ['age1c']),
  contact('خط الفانوس', ['age1d']),
]
const namesFor = (search: string) => findContacts(book, search).map(({ name }) => name)

describe('searching the address book', () => {
  it('finds by any part of name or note, whatever case and marks', () => {
    expect(namesFor('zoe')).toEqual(['Zoë Almark'])
    expect(namesFor('NIGHT lant')).toEqual(['Lantern Helpline'])
    expect(namesFor('الفَانوس')).toEqual(['خط الفانوس'])
    expect(namesFor('night zoe')).toEqual([])
    expect(namesFor('  ')).toHaveLength(3)
  })
})

describe('keys of nobody in the book', () => {
  it('are told from those of somebody', () => {
    expect(strangers(['age1c', 'age1x', 'age1a'], book)).toEqual(['age1x'])
    expect(ownerOf('age1b', book)).toBe('Lantern Helpline')
    expect(ownerOf('age1x', book)).toBeNull()
  })
})
