// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { tiktok } from '../../../utils/platforms/tiktok'

const now = new Date('2026-11-22T12:00:00.000Z')

function statementsOf(posted: string, day: string, language: string) {
  const id = String(BigInt(Date.parse(posted) / 1000) << 32n)
  const address = new URL(`https://www.tiktok.com/@pell..marsh/video/${id}`)
  const html = `<html lang="${language}"><body><article data-e2e="recommend-list-item-container"><div id="xgwrapper-0-${id}"></div>
    <div><a href="/@pell..marsh"><p>Pell</p></a><span> · ${day}</span></div></article></body></html>`
  const page = new DOMParser().parseFromString(html, 'text/html')
  const [post] = tiktok.findPosts(page, address)
  const said = post ? (tiktok.otherSources?.(post, address, now) ?? []) : []
  return said.filter(({ fact }) => fact === 'posted').map(({ value }) => value)
}

describe('the day that TikTok shows beside a video', () => {
  const posted = '2025-12-31T23:30:00.000Z'

  it.each(['12-31', '1-1', '2026-1-1'])('%s is that of the id, over the new year as well', (day) => {
    expect(statementsOf(posted, day, 'en')).toEqual([posted])
  })

  it('contradicts the id when it is another', () => {
    expect(statementsOf(posted, '12-24', 'en')).toEqual(['2025-12-23T10:00:00.000Z'])
  })

  it('is an age where the video is new', () => {
    expect(statementsOf('2026-11-20T12:00:00.000Z', 'vor 2 Tagen', 'de')).toEqual([
      '2026-11-20T12:00:00.000Z',
    ])
    expect(statementsOf('2026-11-01T12:00:00.000Z', '2d ago', 'en')).not.toEqual(['2026-11-01T12:00:00.000Z'])
  })
})
