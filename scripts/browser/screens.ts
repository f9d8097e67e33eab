import type { Page } from 'puppeteer-core'
import type { Chromium } from './chromium'
import { type Person, sitAt } from './person'
import { waitUntil } from './seen'
import { type ScreenWords, screenWords, type WordKey } from './words'

/** The words that six-word passphrases are made of are lower-case English ones. */
const sixWords = /^[a-z-]+(?: [a-z-]+){5}$/

/** Sets up the locker on its own page with the generated passphrase, without a recovery sheet. Promises it. */
export async function setUpLocker(person: Person, { t }: ScreenWords): Promise<string> {
  await person.press('button', t('setup.begin'))
  const passphrase = await person.read(sixWords)
  await person.press('button', t('common.continue'))
  await person.fill(t('setup.confirm.label'), passphrase)
  await person.press('button', t('setup.create'))
  await person.press('button', t('recovery.later'))
  await person.find('heading', t('setup.heading.done'))
  await person.press('button', t('setup.finish'))
  return passphrase
}

/** Presses the toolbar button on this tab and sits down in front of the popup. */
export async function openPopup(chromium: Chromium, page: Page): Promise<Person> {
  return sitAt(await chromium.pressToolbarButton(page))
}

/** Opens the locker page from the popup over this tab, as a person does. */
export async function openLockerPage(chromium: Chromium, page: Page, { t }: ScreenWords): Promise<Person> {
  const popup = await openPopup(chromium, page)
  const names: WordKey[] = ['popup.setUp', 'popup.openLocker']
  const button = await waitUntil('the way to the locker page', async () => {
    const seen = await popup.eyes.look()
    return seen.find((one) => one.role === 'button' && names.some((name) => one.name === t(name)))
  })
  await popup.eyes.press(button)
  return sitAt(await chromium.waitForOwnPage('locker.html'))
}

/** Switches documenting on in this tab through the popup, and goes back to the page. */
export async function documentPage(chromium: Chromium, page: Page, words: ScreenWords): Promise<void> {
  const popup = await openPopup(chromium, page)
  await popup.press('button', words.t('popup.document'))
  await popup.find('button', words.t('popup.stop'))
  await page.bringToFront()
}

/** Switches documenting off and on again, so that the marks speak the language chosen since. */
export async function documentAgain(chromium: Chromium, page: Page, words: ScreenWords): Promise<void> {
  const popup = await openPopup(chromium, page)
  await popup.press('button', words.t('popup.stop'))
  await popup.press('button', words.t('popup.document'))
  await popup.find('button', words.t('popup.stop'))
  await page.bringToFront()
}

/** Changes the language of the interface on the locker page, and goes back to the items. */
export async function changeLanguage(
  locker: Person,
  language: 'en' | 'ar',
  { t }: ScreenWords,
): Promise<void> {
  const next = screenWords(language)
  await locker.page.bringToFront()
  await locker.press('button', t('locker.settings'))
  await locker.choose(t('settings.language'), next.languageName)
  await locker.press('button', next.t('locker.items'))
}

/** Unlocks in the popup over this tab. */
export async function unlockInPopup(popup: Person, passphrase: string, { t }: ScreenWords): Promise<void> {
  await popup.fill(t('passphrase.label'), passphrase)
  await popup.press('button', t('unlock.button'))
  await popup.find('button', t('lock.button'))
}

/** Locks from the popup. */
export async function lockInPopup(popup: Person, { t }: ScreenWords): Promise<void> {
  await popup.press('button', t('lock.button'))
  await popup.find('button', t('unlock.button'))
}

/** Ticks everything listed in the popup and puts it into a new case. */
export async function makeCase(popup: Person, title: string, { t, like }: ScreenWords): Promise<number> {
  await popup.find('checkbox', like('item.choose'))
  const boxes = await popup.all('checkbox', like('item.choose'))
  for (const box of boxes) await popup.eyes.press(box)
  await popup.press('button', t('case.add'))
  await popup.fill(t('case.newTitle'), title)
  await popup.press('button', t('case.add'))
  await popup.find('button', t('export.button'))
  return boxes.length
}

const countStored = `new Promise((resolve) => {
  const asked = indexedDB.open('store')
  asked.onsuccess = () => {
    const stores = ['inbox', 'records']
    const reading = asked.result.transaction(stores)
    let sum = 0
    for (const name of stores)
      reading.objectStore(name).count().onsuccess = ({ target }) => (sum += target.result)
    reading.oncomplete = () => {
      asked.result.close()
      resolve(sum)
    }
  }
})`

/** Waits until the list shows as many items as are stored: what was saved a moment ago may still be on its way. */
async function seeEveryItem(locker: Person, { t }: ScreenWords): Promise<void> {
  await waitUntil('every stored item in the list', async () => {
    const line = t('items.count', { count: (await locker.page.evaluate(countStored)) as number })
    return (await locker.eyes.look()).some(({ name }) => name === line)
  })
}

/** Ticks every item of the locker page and puts all into a new case. */
export async function addAllToCase(locker: Person, title: string, words: ScreenWords): Promise<void> {
  const { t, like } = words
  await seeEveryItem(locker, words)
  await locker.press('checkbox', like('item.choose'))
  await locker.find('button', t('items.tickNone'))
  if ((await locker.all('button', t('items.tickAll'))).length > 0) {
    await locker.press('button', t('items.tickAll'))
  }
  await locker.press('button', t('case.add'))
  await locker.fill(t('case.newTitle'), title)
  await locker.press('button', t('case.add'))
}

export type ExportChoice = {
  /** Null takes the channel that is proposed first. */
  channelId: string | null
  protection: 'passphrase' | 'none' | 'recipients'
  /** The answers to what a channel may ask, by name of the case's field. */
  answers: Partial<
    Record<'narrative' | 'reporterName' | 'reporterEmail' | 'attackedName' | 'reasons', string>
  >
  /** What is done besides, where the report is checked. */
  atCheck?: (popup: Person) => Promise<void>
  /** Where one chooses who can open it; for `recipients`, who they are. */
  atProtect?: (popup: Person) => Promise<void>
}

const protections: Record<ExportChoice['protection'], WordKey> = {
  passphrase: 'export.withPassphrase',
  none: 'export.notEncrypted',
  recipients: 'export.toRecipients',
}

/** Answers the question of the check step that is in sight, as far as somebody can know. */
async function answerQuestion(popup: Person, choice: ExportChoice, { t }: ScreenWords): Promise<void> {
  for (const [field, text] of Object.entries(choice.answers)) {
    const label = t(`case.field.${field}` as WordKey)
    if ((await popup.all('textbox', label)).length > 0) await popup.fill(label, text)
  }
  const role = t('case.field.reporterRole')
  if ((await popup.all('combobox', role)).length > 0) await popup.choose(role, t('role.self'))
  const goodFaith = await popup.all('checkbox', t('case.field.isGoodFaith'))
  for (const box of goodFaith) await popup.eyes.press(box)
  const isTypeAsked = (await popup.all('group', t('case.field.types'))).length > 0
  if (isTypeAsked) {
    for (const chip of await popup.all('checkbox', t('type.harassment'))) await popup.eyes.press(chip)
    for (const chip of await popup.all('button', t('type.harassment'))) await popup.eyes.press(chip)
  }
}

/** Goes through the questions of the check step, one after the other. */
async function answerCheck(popup: Person, choice: ExportChoice, words: ScreenWords): Promise<void> {
  const { t, like } = words
  await popup.find('combobox', t('export.reportLanguage'))
  const question = async () => (await popup.all('StaticText', like('export.question')))[0]?.name
  while (true) {
    await answerQuestion(popup, choice, words)
    const [next] = await popup.all('button', t('export.nextQuestion'))
    if (next === undefined || next.isDisabled) return
    const before = await question()
    await popup.eyes.press(next)
    await waitUntil('the next question', async () => (await question()) !== before)
  }
}

async function chooseChannel(
  popup: Person,
  channelId: string | null,
  { like, channelName }: ScreenWords,
): Promise<void> {
  if (channelId === null) return popup.press('radio', /./)
  const name = channelName(channelId)
  await popup.find('radio', /./)
  const more = await popup.all('button', like('export.allChannels'))
  const isShown = (await popup.all('radio', name)).length > 0
  if (!isShown && more[0] !== undefined) await popup.eyes.press(more[0])
  await popup.press('radio', name)
}

/**
 * Exports the only case through the five steps in the popup. Promises the passphrase of the file, or null for
 * one that is not encrypted. The popup says that the file is saved when this resolves.
 */
export async function exportCase(
  popup: Person,
  choice: ExportChoice,
  words: ScreenWords,
): Promise<string | null> {
  const { t } = words
  await popup.press('button', t('export.button'))
  await popup.find('heading', t('export.heading.what'))
  await popup.press('button', t('common.continue'))
  await popup.find('heading', t('export.heading.for-whom'))
  await chooseChannel(popup, choice.channelId, words)
  await popup.press('button', t('common.continue'))
  await popup.find('heading', t('export.heading.check'))
  await choice.atCheck?.(popup)
  await answerCheck(popup, choice, words)
  await popup.press('button', t('common.continue'))
  await popup.find('heading', t('export.heading.protect'))
  await popup.press('radio', t(protections[choice.protection]))
  await choice.atProtect?.(popup)
  const passphrase = choice.protection === 'passphrase' ? await popup.read(sixWords) : null
  await popup.press('button', t('export.save'))
  await popup.find('button', t('export.finish'))
  return passphrase
}
