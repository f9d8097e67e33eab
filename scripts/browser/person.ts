import type { Page } from 'puppeteer-core'
import { type Eyes, openEyes, type Seen, waitUntil } from './seen'

/** A name on the screen: exactly this, or of this shape. */
export type Name = string | RegExp

/**
 * Somebody in front of a page: finds things by role and name, as a screen reader does, and uses mouse and
 * keyboard. Everything waits until what is looked for is there, and throws when it does not come.
 */
export type Person = {
  page: Page
  eyes: Eyes
  /** The first thing of this role and name, waited for. */
  find: (role: string, name: Name) => Promise<Seen>
  /** All things of this role and name that are there now. */
  all: (role: string, name: Name) => Promise<Seen[]>
  press: (role: string, name: Name) => Promise<void>
  /** Types into a field, in place of what is in it. */
  fill: (label: Name, text: string) => Promise<void>
  /** Chooses an option of a list by its words. */
  choose: (label: Name, option: string) => Promise<void>
  /** The words on the page that have this shape, waited for. */
  read: (shape: RegExp) => Promise<string>
}

function isNamed(seen: Seen, name: Name): boolean {
  return typeof name === 'string' ? seen.name === name : name.test(seen.name)
}

function isField(seen: Seen): boolean {
  return seen.role === 'textbox' || seen.role === 'searchbox'
}

/** Sits somebody in front of a page. */
export async function sitAt(page: Page): Promise<Person> {
  const eyes = await openEyes(page)
  const all = async (role: string, name: Name): Promise<Seen[]> =>
    (await eyes.look()).filter((seen) => seen.role === role && isNamed(seen, name))
  const find = (role: string, name: Name): Promise<Seen> =>
    waitUntil(`${role} "${name}"`, async () => (await all(role, name)).find((seen) => !seen.isDisabled))

  return {
    page,
    eyes,
    all,
    find,
    press: async (role, name) => {
      await waitUntil(`pressing ${role} "${name}"`, async () => {
        await eyes.press(await find(role, name))
        return true
      })
    },
    fill: async (label, text) => {
      await waitUntil(`field "${label}" to take the text`, async () => {
        const seen = await eyes.look()
        const field = seen.find((one) => isField(one) && isNamed(one, label) && !one.isDisabled)
        if (field === undefined) return false
        await eyes.focus(field)
        await page.keyboard.down('Control')
        await page.keyboard.press('KeyA')
        await page.keyboard.up('Control')
        await page.keyboard.sendCharacter(text)
        return (await eyes.valueOf(field)) === text
      })
    },
    choose: async (label, option) => {
      await eyes.choose(await find('combobox', label), option)
    },
    read: async (shape) =>
      waitUntil(`words like ${shape}`, async () => {
        const seen = await eyes.look()
        return seen.find((one) => one.role === 'StaticText' && shape.test(one.name))?.name
      }),
  }
}
