// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { facebook } from '../../../utils/platforms/facebook'
import { isConversation } from '../../../utils/platforms/facebook-messages'
import { timeOfMessage } from '../../../utils/platforms/linkedin-messages'

const now = new Date('2026-11-22T12:00:00.000Z')

describe('the id of a message on LinkedIn', () => {
  const idOf = (text: string) => `2-${btoa(text)}`

  it('begins with the moment', () => {
    expect(timeOfMessage(idOf('1794514447250b41821-003&626d'), now)).toBe('2026-11-12T20:14:07.250Z')
  })

  it('has none when it is of another kind, or lies before LinkedIn wrote such ids or after tomorrow', () => {
    for (const id of [idOf('no time'), '2-%%%', '', idOf('1094514447250b1'), idOf('1994514447250b1')])
      expect(timeOfMessage(id, now)).toBeNull()
  })
})

describe('a conversation on Facebook', () => {
  it.each([
    ['https://www.facebook.com/messages/t/100070000000001/', true],
    ['https://www.facebook.com/messages/e2ee/t/7300/', true],
    ['https://www.messenger.com/t/100070000000001', true],
    ['https://www.facebook.com/t/100070000000001', false],
    ['https://www.facebook.com/messages/', false],
    ['https://www.messenger.com/', false],
    ['https://www.messenger.com.example/t/1', false],
  ])('%s: %s', (address, expected) => {
    expect(isConversation(new URL(address))).toBe(expected)
  })

  it('names no sender by a label alone: the same words are in the label of the reader’s own messages', () => {
    const address = new URL('https://www.facebook.com/messages/t/1000/')
    const html = `<div role="main"><h2>Conversation with Rosa</h2>
      <div aria-roledescription="message" data-message-id="1" aria-label="At 3:08 AM, Du: nein"><div dir="auto">nein</div></div>
      <div aria-roledescription="message" data-message-id="2" aria-label="At 3:09 AM, Rosa: doch, Lars: ja"><div dir="auto">doch, Lars: ja</div></div></div>`
    const page = new DOMParser().parseFromString(html, 'text/html')
    const readings = facebook.findPosts(page, address).map((post) => facebook.readPost(post, address, now))
    expect(readings.map(({ author, posted }) => [author.name, posted.asShown])).toEqual([
      [null, '3:08 AM'],
      ['Rosa', '3:09 AM'],
    ])
  })
})
