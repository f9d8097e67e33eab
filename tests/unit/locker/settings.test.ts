import { beforeEach, describe, expect, it } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { changeSettings, readSettings } from '../../../utils/locker/settings'

beforeEach(() => fakeBrowser.reset())

describe('settings', () => {
  it('are those of the first day while nothing is stored, or nothing that can be read', async () => {
    expect(await readSettings()).toEqual({
      language: null,
      idleMinutes: 5,
      asksClock: false,
      allowsErasing: true,
    })
    await browser.storage.local.set({ settings: { language: 7 } })
    expect(await readSettings()).toEqual({
      language: null,
      idleMinutes: 5,
      asksClock: false,
      allowsErasing: true,
    })
  })

  it('change one by one and are all that is stored', async () => {
    expect(await changeSettings({ idleMinutes: 12 })).toEqual({
      language: null,
      idleMinutes: 12,
      asksClock: false,
      allowsErasing: true,
    })
    expect(await changeSettings({ language: 'ar' })).toEqual({
      language: 'ar',
      idleMinutes: 12,
      asksClock: false,
      allowsErasing: true,
    })
    expect(await browser.storage.local.get(null)).toEqual({
      settings: { language: 'ar', idleMinutes: 12, asksClock: false, allowsErasing: true },
    })
  })

  it.each([{ idleMinutes: 0 }, { idleMinutes: 31 }, { idleMinutes: 1.5 }, { language: 'not a language' }])(
    'refuse %o',
    async (patch) => {
      await expect(changeSettings(patch)).rejects.toThrow()
      expect(await readSettings()).toEqual({
        language: null,
        idleMinutes: 5,
        asksClock: false,
        allowsErasing: true,
      })
    },
  )
})
