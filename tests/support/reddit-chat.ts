import type { Site } from '../../scripts/browser/sites'

const room = 'https://www.reddit.com/chat/room/!invented0quay%3Areddit.com'

type Said = { id: string; by: string | null; words: string; at: string }

const said: Said[] = [
  {
    id: '$quay0one0invented',
    by: 'harbour_kite',
    words: 'We know which ferry she takes.',
    at: '2026-11-20T09:00:00Z',
  },
  { id: '$quay0two0invented', by: null, words: 'نعرف أين تسكن.', at: '2026-11-20T09:01:00Z' },
  { id: '$quay0three0invented', by: 'quiet_tern', words: 'Leave her alone.', at: '2026-11-20T09:02:00Z' },
]

/** Runs in a page: a chat of these messages in shadow trees within each other, as the platform builds it. */
export const buildChat = `(messages) => {
  const within = (parent, name, attributes = {}) => {
    const element = document.createElement(name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    parent.append(element)
    return element.attachShadow({ mode: 'open' })
  }
  const app = within(document.body, 'rs-app')
  const list = within(within(within(app, 'rs-room'), 'rs-timeline'), 'rs-virtual-scroll-dynamic')
  for (const { id, by, words, at } of messages) {
    const event = within(list, 'rs-timeline-event', { 'data-id': id, ...(by === null && { compact: '' }) })
    const message = document.createElement('div')
    message.className = 'room-message'
    message.style.cssText = 'padding:12px;min-height:40px;width:500px;font:15px sans-serif'
    if (by !== null) {
      const name = document.createElement('span')
      name.className = 'user-name'
      name.textContent = by
      message.append(name)
    }
    const body = document.createElement('div')
    body.className = 'room-message-text'
    body.textContent = words
    message.append(body)
    event.append(message)
    const moment = document.createElement('faceplate-timeago')
    moment.setAttribute('ts', at)
    within(message, 'rs-timestamp').append(moment)
  }
}`

/** A chat room with two people. Everything in it is invented. */
export const redditChat = { said, room }

/** The page of that room. */
export const redditChatPage: Site = {
  address: room,
  html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Chat</title></head><body style="margin:0;background:#fff"><script>(${buildChat})(${JSON.stringify(said)})</script></body></html>`,
}
