import { computed, signal } from '@preact/signals'
import type { BundleOrigin } from '../../components/locker/item-details'
import { digestWords } from '../../utils/capture/recheck'
import { type ItemCustody, readItemCustody } from '../../utils/locker/item-custody'
import { openItem } from '../../utils/locker/items'
import type { OpenLocker } from '../../utils/locker/keyring'
import { listOrigins } from '../../utils/locker/receive'
import { listBundleOrigins } from '../../utils/locker/receive-bundle'
import { ask } from '../../utils/messages/trusted-end'
import type { Assessment, OpenedItem, Part } from '../../utils/model/item'
import type { PostReading } from '../../utils/model/post'
import type { Problem } from '../../utils/model/problem'
import { groupVersions } from '../../utils/model/versions'
import { dropBoxName } from '../shared/drop-box'
import { later } from '../shared/later'
import { newAssessment } from '../shared/new-records'
import type { Session } from '../shared/session'
import { countVersions } from './count-versions'
import { followSources } from './follow-sources'
import { describeDetails } from './item-details'

const typingPauseMs = 500

/** The picture of the post: assembled if there is one, else the page around it. */
function findPicture(parts: readonly Part[]): Part | null {
  const byRole = (role: Part['record']['role']) => parts.find((part) => part.record.role === role)
  return byRole('screenshot') ?? byRole('tile') ?? byRole('page') ?? null
}

function urlOf({ bytes, record }: Part): string {
  return URL.createObjectURL(new Blob([bytes], { type: record.mediaType }))
}

/** The captures of the opened item's post beside each other, and the second look at it. */
function createComparison(session: Session, opened: { value: OpenedItem | null }) {
  const readings = signal<ReadonlyMap<string, PostReading> | null>(null)
  const comparing = signal<'hidden' | 'reading' | 'shown'>('hidden')
  const isLookingAgain = signal(false)

  function close(): void {
    readings.value = null
    comparing.value = 'hidden'
    isLookingAgain.value = false
  }

  /** Opens every capture of the post, so that what changed can be told; hides it again when it is shown. */
  async function compare(): Promise<void> {
    const own = opened.value?.item
    if (!own || comparing.value === 'reading') return
    if (comparing.value === 'shown') {
      comparing.value = 'hidden'
      return
    }
    comparing.value = 'reading'
    const found = new Map<string, PostReading>([[own.id, own.post]])
    const versions = groupVersions(session.contents.value.items).get(own.id) ?? []
    for (const { id } of versions) {
      const version = id === own.id ? null : await session.attempt((open) => openItem(open, id))
      if (version) found.set(id, version.item.post)
    }
    // Another item may have been opened meanwhile.
    if (opened.value?.item.id !== own.id) return
    readings.value = found
    comparing.value = 'shown'
  }

  /** Opens the address of the post in a new tab, where the person can check what it shows now. */
  async function lookAgain(): Promise<void> {
    const item = opened.value?.item
    if (!item || item.post.permalink === null) return
    const { platform, postId, permalink } = item.post
    const words = await digestWords(item.post)
    const window = item.collection.window ?? 'normal'
    const asked = await ask('openRecheck', { itemId: item.id, platform, postId, permalink, words, window })
    session.problem.value = asked.ok ? null : asked.problem
    if (opened.value?.item.id === item.id) isLookingAgain.value = asked.ok
  }

  return { readings, comparing, isLookingAgain, close, compare, lookAgain }
}

/** The original pictures that are shown. */
function createOriginals(opened: { value: OpenedItem | null }) {
  const shown = signal<ReadonlyMap<string, string>>(new Map())

  function hide(): void {
    for (const url of shown.value.values()) URL.revokeObjectURL(url)
    shown.value = new Map()
  }

  function toggle(name: string): void {
    const next = new Map(shown.value)
    const url = next.get(name)
    const part = opened.value?.parts.find(({ record }) => record.name === name)
    if (url !== undefined) {
      URL.revokeObjectURL(url)
      next.delete(name)
    } else if (part) next.set(name, urlOf(part))
    shown.value = next
  }

  return { shown, hide, toggle }
}

/** What the custody log holds of the opened item, read when it is asked for. */
function createCustody(session: Session, opened: { value: OpenedItem | null }) {
  const custody = signal<ItemCustody | Problem | null>(null)

  async function read(): Promise<void> {
    const id = opened.value?.item.id
    const locker = session.locker.value
    custody.value = null
    if (id === undefined || locker.kind !== 'open') return
    const found = await readItemCustody(locker.locker, id)
    if (opened.value?.item.id === id) custody.value = found.ok ? found.value : found.problem
  }

  return { custody, read }
}

type Origin = { receivedAt: string; name: string }

async function originOf(open: OpenLocker, id: string): Promise<Origin | null> {
  const origin = (await listOrigins(open)).get(id)
  return origin ? { receivedAt: origin.receivedAt, name: await dropBoxName(origin.dropBox) } : null
}

async function bundleOf(open: OpenLocker, id: string): Promise<BundleOrigin | null> {
  const found = (await listBundleOrigins(open)).get(id)
  if (!found) return null
  const { receivedAt, signer, place, failures } = found
  const log = signer && place !== null ? { place, size: signer.size, checkpoint: signer.checkpoint } : null
  return { receivedAt, words: signer?.words ?? null, log, failures: failures.length }
}

/** One opened item: its facts, and its picture and words only while they are asked for. */
export function createItemView(session: Session) {
  const opened = signal<OpenedItem | null>(null)
  const assessment = signal<Assessment | null>(null)
  const picture = signal<string | null>(null)
  const areWordsShown = signal(false)
  const origin = signal<Origin | null>(null)
  const bundle = signal<BundleOrigin | null>(null)
  const { sources, corroborated } = followSources(session)
  const comparison = createComparison(session, opened)
  const originals = createOriginals(opened)
  const { custody, read: readCustody } = createCustody(session, opened)
  const versionCounts = countVersions(() => session.contents.value.items)
  const details = computed(
    () =>
      opened.value &&
      describeDetails({
        item: opened.value.item,
        items: session.contents.value.items,
        words: session.words.value,
        readings: comparison.readings.value,
        shown: originals.shown.value,
        origin: origin.value,
        bundle: bundle.value,
        corroborated: corroborated.value,
        sources: sources.value,
      }),
  )
  let change: Partial<Assessment> = {}
  let opening = 0

  function hidePicture(): void {
    if (picture.value) URL.revokeObjectURL(picture.value)
    picture.value = null
  }

  async function keepChange(itemId: string): Promise<void> {
    const patch = change
    change = {}
    await session.assess(itemId, patch)
  }

  const keepSoon = later(typingPauseMs, (itemId: string) => void keepChange(itemId))

  /** Shows a change at once and adds an assessment when the typing pauses. */
  function assess(patch: Partial<Assessment>): void {
    const itemId = opened.value?.item.id
    if (!itemId) return
    change = { ...change, ...patch }
    assessment.value = newAssessment({ itemId, before: assessment.value, patch })
    keepSoon.call(itemId)
  }

  /** Opens the item. False when that is not possible, and when it was closed before it was open. */
  async function open(id: string): Promise<boolean> {
    opening += 1
    const mine = opening
    const found = await session.attempt((locker) => openItem(locker, id))
    const locker = session.locker.value.kind === 'open' ? session.locker.value.locker : null
    if (!found || !locker) return false
    const from = await Promise.all([originOf(locker, id), bundleOf(locker, id)])
    if (mine !== opening) return false
    ;[origin.value, bundle.value] = from
    opened.value = found
    assessment.value = found.assessment
    return true
  }

  function close(): void {
    opening += 1
    keepSoon.flush()
    hidePicture()
    originals.hide()
    comparison.close()
    custody.value = null
    opened.value = null
    areWordsShown.value = false
  }

  function togglePicture(): void {
    const isShown = picture.value !== null
    hidePicture()
    const part = opened.value && findPicture(opened.value.parts)
    if (isShown || !part) return
    picture.value = urlOf(part)
  }

  window.addEventListener('pagehide', () => keepSoon.flush())

  return {
    opened,
    assessment,
    picture,
    areWordsShown,
    details,
    custody,
    readCustody,
    versionCounts,
    corroborated,
    comparing: comparison.comparing,
    isLookingAgain: comparison.isLookingAgain,
    compare: comparison.compare,
    lookAgain: comparison.lookAgain,
    toggleOriginal: originals.toggle,
    assess,
    open,
    close,
    togglePicture,
    hasPicture: () => opened.value !== null && findPicture(opened.value.parts) !== null,
    toggleWords: () => {
      areWordsShown.value = !areWordsShown.value
    },
  }
}
