import { sha256 } from '../crypto/digest'
import type { lockerState } from '../locker/keyring'
import type { PreparedPost } from '../messages/protocol'
import type { ActionCode, NotRecordedCode } from '../model/capture-codes'
import type { Group, Item, Part, PartRecord, Recheck } from '../model/item'
import type { Cropped } from './crop'
import type { KeptMedium } from './keep-media'
import type { PostPictures } from './picture-post'
import type { PlatformClock } from './platform-clock'
import { type CheckedReading, isTextVisible } from './readings'

type PartFacts = Omit<PartRecord, 'bytes' | 'sha256'>
const ownMaking = { address: null, likeness: null } as const

async function makePart(bytes: Uint8Array<ArrayBuffer>, facts: PartFacts): Promise<Part> {
  return { bytes, record: { ...facts, bytes: bytes.byteLength, sha256: await sha256(bytes) } }
}

function textPart(name: string, role: 'html' | 'text', text: string): Promise<Part> {
  return makePart(new TextEncoder().encode(text), {
    name,
    role,
    // Kept as plain text, so that no viewer ever runs it.
    mediaType: 'text/plain',
    width: null,
    height: null,
    method: 'dom',
    derivedFrom: [],
    ...ownMaking,
  })
}

type PictureFacts = { name: string; role: 'screenshot' | 'page' | 'tile' | 'media'; derivedFrom: string[] }

function picturePart(
  { png, width, height }: Pick<Cropped, 'png' | 'width' | 'height'>,
  facts: PictureFacts & { method: 'pixels' | 'redrawn' },
): Promise<Part> {
  return makePart(png, { ...facts, ...ownMaking, mediaType: 'image/png', width, height })
}

function mediumPart(medium: KeptMedium, index: number): Promise<Part> {
  const { bytes, mediaType, extension, width, height, address, way, likeness } = medium
  const name = `media-${index + 1}.${extension}`
  const facts = { name, role: 'media', mediaType, width, height, address, likeness, derivedFrom: [] } as const
  return makePart(bytes, { ...facts, derivedFrom: [], method: way })
}

/** What the pictures of a capture are: painted by the browser, drawn again, or not to be had. */
export type Pictured =
  | { method: 'pixels'; pictures: PostPictures }
  | { method: 'redrawn'; post: Cropped }
  | { method: 'none' }

/** The files of one capture, each with its digest. `html` is null when the page gave none. */
export async function collectParts({
  pictured,
  html,
  visibleText,
  media,
}: {
  pictured: Pictured
  html: string | null
  visibleText: string
  media: readonly KeptMedium[]
}): Promise<Part[]> {
  const parts: Promise<Part>[] = []
  if (pictured.method === 'pixels') {
    const { page, post, tiles } = pictured.pictures
    const tileNames = tiles.map((_, index) => `tile-${index + 1}.png`)
    const derivedFrom = tiles.length === 0 ? ['page.png'] : tileNames
    parts.push(
      picturePart(post, { name: 'screenshot.png', role: 'screenshot', derivedFrom, method: 'pixels' }),
    )
    parts.push(picturePart(page, { name: 'page.png', role: 'page', derivedFrom: [], method: 'pixels' }))
    for (const [index, tile] of tiles.entries())
      parts.push(
        picturePart(tile, { name: `tile-${index + 1}.png`, role: 'tile', derivedFrom: [], method: 'pixels' }),
      )
  }
  if (pictured.method === 'pixels' && pictured.pictures.avatar)
    parts.push(
      picturePart(pictured.pictures.avatar, {
        name: 'avatar.png',
        role: 'media',
        derivedFrom: ['page.png'],
        method: 'pixels',
      }),
    )
  if (pictured.method === 'redrawn')
    parts.push(
      picturePart(pictured.post, {
        name: 'screenshot.png',
        role: 'screenshot',
        derivedFrom: [],
        method: 'redrawn',
      }),
    )
  if (html !== null) parts.push(textPart('post.html.txt', 'html', html))
  parts.push(textPart('text.txt', 'text', visibleText), ...media.map(mediumPart))
  return Promise.all(parts)
}

type LockerWas = Item['collection']['lockerWas']

/** What an item says of the locker that it was sealed for, from `lockerState` at that moment. */
export function nameLocker(state: Awaited<ReturnType<typeof lockerState>>): LockerWas {
  if (state === 'open') return 'unlocked'
  return state === 'drop-box' ? 'drop-box' : 'locked'
}

export type CaptureFacts = {
  id: string
  prepared: PreparedPost
  checked: CheckedReading
  parts: Part[]
  pictured: Pictured
  droppedFromHtml: Record<string, number>
  isPageUnchanged: boolean
  lockerWas: LockerWas
  notRecorded: NotRecordedCode[]
  at: Date
  monotonicMs: number
  clock: PlatformClock | null
  group: Group | null
  recheck: Recheck | null
  zoom: string | null
  window: 'normal' | 'private'
  /** Our own drawing was taken out of the picture. */
  hidMarks: boolean
  /** How it was asked for. */
  trigger: ActionCode
  tool: { name: string; version: string }
  browserName: string
  system: string
}

function isPictureBlank(pictured: Pictured): boolean {
  if (pictured.method === 'none') return true
  return pictured.method === 'pixels' ? pictured.pictures.post.isBlank : pictured.post.isBlank
}

/** The facts of a capture as they are sealed. Pure: every moment and measure comes in. */
export function describeItem(facts: CaptureFacts): Item {
  const { prepared, checked, pictured, at } = facts
  return {
    version: 1,
    id: facts.id,
    captured: {
      utc: at.toISOString(),
      // 0 - x, not -x: minus zero is no canonical number.
      zoneOffsetMinutes: 0 - at.getTimezoneOffset(),
      monotonicMs: Math.round(facts.monotonicMs),
      platformDate: facts.clock?.date.slice(0, 100) ?? null,
      clockSkewSeconds: facts.clock?.skewSeconds ?? null,
    },
    page: prepared.page,
    post: checked.post,
    context: checked.context,
    group: facts.group,
    recheck: facts.recheck,
    parts: facts.parts.map(({ record }) => record),
    collection: {
      tool: facts.tool,
      reader: checked.reader,
      browser: facts.browserName.slice(0, 2_000),
      system: facts.system.slice(0, 60),
      viewport: prepared.viewport,
      pixelRatio: String(Math.round(prepared.pixelRatio * 1_000) / 1_000),
      zoom: facts.zoom,
      window: facts.window,
      method: pictured.method,
      sources: checked.sources,
      actions: [facts.trigger, ...prepared.actions, ...(facts.hidMarks ? (['hid-marks'] as const) : [])],
      selfCheck: {
        textPresent: isTextVisible(checked.post.text, prepared.visibleText),
        pictureNotBlank: !isPictureBlank(pictured),
        pageUnchanged: facts.isPageUnchanged,
      },
      lockerWas: facts.lockerWas,
      droppedFromHtml: facts.droppedFromHtml,
      notRecorded: facts.notRecorded,
    },
  }
}
