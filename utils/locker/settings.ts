import { browser } from 'wxt/browser'
import { z } from '../model/schema'

const Settings = z.strictObject({
  /** The language chosen here; null follows the browser. */
  language: z
    .string()
    .regex(/^[A-Za-z0-9-]{2,35}$/)
    .nullable(),
  /** Minutes without a key or a pointer after which the locker locks itself. */
  idleMinutes: z.int().min(1).max(30),
  /** Whether a capture may ask the page's own server for its time, with one request. */
  asksClock: z.boolean().default(false),
  /** Whether holding a button erases the locker without a passphrase. */
  allowsErasing: z.boolean().default(true),
})

/** The only thing ever kept in `storage.local`: it says nothing about the person or her items. */
export type Settings = z.infer<typeof Settings>

const key = 'settings'
const atFirst: Settings = { language: null, idleMinutes: 5, asksClock: false, allowsErasing: true }

/** The settings; those of the first day while none are stored or what is stored cannot be read. */
export async function readSettings(): Promise<Settings> {
  const stored = await browser.storage.local.get(key)
  const parsed = Settings.safeParse(stored[key])
  return parsed.success ? parsed.data : atFirst
}

/** Changes the named settings and gives them all. Throws on a value that is out of range. */
export async function changeSettings(patch: Partial<Settings>): Promise<Settings> {
  const settings = Settings.parse({ ...(await readSettings()), ...patch })
  await browser.storage.local.set({ [key]: settings })
  return settings
}
