// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { youtube } from '../../../utils/platforms/youtube'

const watch = new URL('https://www.youtube.com/watch?v=hR7mQ2vLk0s')
const readAt = (frame: string, around = watch): string | null =>
  youtube.readFrameAt?.(new URL(frame), around)?.href ?? null

describe('a frame in a watch page', () => {
  it('is read where it is a live chat or its replay, as the chat of that video', () => {
    expect(readAt('https://www.youtube.com/live_chat?continuation=op2w')).toBe(
      'https://www.youtube.com/live_chat?continuation=op2w&v=hR7mQ2vLk0s',
    )
    expect(readAt('https://www.youtube.com/live_chat_replay?continuation=op2w')).toContain('v=hR7mQ2vLk0s')
    const live = new URL('https://www.youtube.com/live/hR7mQ2vLk0s')
    expect(readAt('https://www.youtube.com/live_chat', live)).toContain('v=hR7mQ2vLk0s')
  })

  it('is left alone where it is anything else', () => {
    expect(readAt('https://www.youtube.com/embed/hR7mQ2vLk0s')).toBeNull()
    expect(readAt('about:blank')).toBeNull()
    expect(readAt('https://chat.example/live_chat')).toBeNull()
  })
})
