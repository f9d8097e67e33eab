// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { youtube } from '../../../utils/platforms/youtube'

const pageWith = (body: string): Document => new DOMParser().parseFromString(body, 'text/html')

describe('a live chat in a watch page', () => {
  it('is a page of its own, and told of', () => {
    const src = 'https://www.youtube.com/live_chat?continuation=op2w0wR'
    const frame = `<ytd-live-chat-frame><iframe id="chatframe" src="${src}"></iframe></ytd-live-chat-frame>`
    expect(youtube.hasChatFrame?.(pageWith(frame))).toBe(true)
  })

  it('is not there where its frame is empty, or another one', () => {
    expect(youtube.hasChatFrame?.(pageWith('<iframe id="chatframe" src="about:blank"></iframe>'))).toBe(false)
    expect(
      youtube.hasChatFrame?.(pageWith('<iframe src="https://www.youtube.com/live_chat"></iframe>')),
    ).toBe(false)
  })
})
