import { IncidentType, PageRecord, Recheck } from '../model/item'
import { PlatformId } from '../model/post'
import { randomId, sha256Hex, shortText, webAddress, z } from '../model/schema'
import { PageState, TabState } from './states'

/*
 * Every message of the extension, with the schemas of question and answer. Answers travel as `Outcome` values.
 * `to: 'page'` is asked by the background; `from: 'page'` may be sent by a content script, `from: 'extension'`
 * by our own pages only. With `inFrames` a frame of the page may send it as well. No message carries bytes (they are JSON in Chromium) and none returns locker content
 * to a page.
 */

const Nothing = z.strictObject({})
const TabQuestion = z.strictObject({ tabId: z.int().nonnegative() })
const pixels = z.number().min(-1_000_000).max(1_000_000)

/** A rectangle in CSS pixels of the window. */
export const Frame = z.strictObject({ x: pixels, y: pixels, width: pixels.min(0), height: pixels.min(0) })
export type Frame = z.infer<typeof Frame>

/** The part of the window that no header or footer covers, in CSS pixels from its top. */
export const Band = z.strictObject({ top: pixels.min(0), bottom: pixels.min(0) })
export type Band = z.infer<typeof Band>

/** What can be captured: the post of a mark, or something without one. */
export const CaptureTarget = z.enum([
  'pointed',
  'focused',
  'profile',
  'element',
  'selection',
  'visible-page',
  'whole-page',
])
export type CaptureTarget = z.infer<typeof CaptureTarget>

/** What the page says about the chosen post, before any picture. Readings are parsed apart: see `readings.ts`. */
export const PreparedPost = z.strictObject({
  reading: z.unknown(),
  context: z.array(z.unknown()).max(50),
  /** What the page says a second time; checked with the reading. */
  sources: z.array(z.unknown()).max(20),
  reader: z.strictObject({
    platform: z.string().max(32),
    version: z.int(),
    reason: shortText.nullable(),
    expected: z.string().max(32).nullable(),
    isConfirmed: z.boolean().nullable(),
  }),
  page: PageRecord,
  visibleText: z.string().max(400_000),
  /** The post in the window, for the first picture; may reach beyond its edges. */
  frame: Frame,
  /** The picture of the account in the window, when a profile was chosen. */
  avatar: Frame.nullable(),
  band: Band,
  /** Distance of the post from the top and left of the whole page. */
  offset: z.strictObject({ x: pixels, y: pixels }),
  viewport: z.strictObject({ width: z.int().positive(), height: z.int().positive() }),
  pixelRatio: z.number().positive().max(20),
  actions: z.array(z.string().max(200)).max(20),
})
export type PreparedPost = z.infer<typeof PreparedPost>

export const PostHtml = z.strictObject({
  html: z.string().max(8_000_000),
  dropped: z.record(z.string().max(60), z.int().nonnegative()),
})
export type PostHtml = z.infer<typeof PostHtml>

/** The item to look at again. `words` is the digest of what it says: `digestWords` in `recheck.ts`. */
export const RecheckQuestion = z.strictObject({
  itemId: randomId,
  platform: PlatformId,
  postId: shortText.nullable(),
  permalink: webAddress,
  words: sha256Hex.nullable(),
  /** The kind of window it was captured in: the second look is taken in such a one. */
  window: z.enum(['normal', 'private']),
})
export type RecheckQuestion = z.infer<typeof RecheckQuestion>

const Choice = z.strictObject({ choice: z.int().nonnegative() })

/** More posts than a window shows. */
const sweptAtMost = 60

/** A post that stood fully in view while a sweep was on. */
const SweptPost = z.strictObject({
  /** By which the page knows it again: one post, one key. */
  key: z.string().min(1).max(10_000),
  prepared: PreparedPost,
  html: PostHtml.nullable(),
  /** Milliseconds since it was read. */
  readMsAgo: z
    .number()
    .min(0)
    .max(10 * 60_000),
})
export type SweptPost = z.infer<typeof SweptPost>

export const protocol = {
  /** Begin to recognise and mark posts. Asked again after a navigation. */
  startDocumenting: {
    to: 'page',
    ask: z.strictObject({ words: z.record(z.string(), z.string()), direction: z.enum(['ltr', 'rtl']) }),
    answer: PageState,
  },
  /** What the reader makes of the page now. */
  pageState: { to: 'page', ask: Nothing, answer: PageState },
  /** Remove every mark and stop watching. */
  stopDocumenting: { to: 'page', ask: Nothing, answer: Nothing },
  /** Every post that the page shows now, as the reader sees it. */
  readPage: { to: 'page', ask: Nothing, answer: z.array(z.unknown()).max(10_000) },
  /** Choose something and capture it as if its mark had been pressed. */
  pressMark: { to: 'page', ask: z.strictObject({ target: CaptureTarget }), answer: Nothing },
  /**
   * Capture the post with this id or address, once it shows; after ten seconds without it, the visible page.
   * Answered when the capture is kept.
   */
  pressKnown: {
    to: 'page',
    ask: z.strictObject({ platform: PlatformId, postId: shortText.nullable(), permalink: webAddress }),
    answer: Nothing,
  },
  /** Ask the page's own server for the time, with one HEAD request. Times in milliseconds since 1970. */
  askClock: {
    to: 'page',
    ask: Nothing,
    answer: z.strictObject({ date: z.string().max(100), sentAt: z.number(), answeredAt: z.number() }),
  },
  /** Bring the chosen post into view without marks and say what it shows. */
  preparePost: { to: 'page', ask: Choice, answer: PreparedPost },
  /** The inert HTML of the chosen post. */
  snapshotPost: { to: 'page', ask: Choice, answer: PostHtml },
  /** Scroll so that the post's part from `from` CSS pixels below its top stands at the top of the band. */
  showSlice: {
    to: 'page',
    ask: z.strictObject({ choice: z.int().nonnegative(), from: pixels.min(0) }),
    answer: z.strictObject({ frame: Frame, band: Band }),
  },
  /** Take our drawing away, until `showMarks`: another frame of the tab is captured. Answered once that is painted. */
  hideMarks: { to: 'page', ask: Nothing, answer: Nothing },
  showMarks: { to: 'page', ask: Nothing, answer: Nothing },
  /** Put the page back as it was and say whether it is still the same post at the same address. */
  restorePage: {
    to: 'page',
    ask: Choice,
    answer: z.strictObject({ address: z.string().max(8_000), isSamePost: z.boolean() }),
  },

  /** Begin to hand over every post that the person scrolls past. */
  beginSweep: { to: 'page', ask: Nothing, answer: Nothing },
  /** Hand over what is left, and end the sweep. */
  finishSweep: { to: 'page', ask: Nothing, answer: Nothing },
  /** The window's picture is taken: which posts stood still and said the same all the while? In their order. */
  endWindow: {
    to: 'page',
    ask: z.strictObject({ window: z.int().nonnegative() }),
    answer: z.strictObject({
      address: z.string().max(8_000),
      held: z.array(z.boolean()).max(sweptAtMost),
    }),
  },
  /** The posts of the last sweep were taken back. */
  sweepUndone: { to: 'page', ask: Nothing, answer: Nothing },

  /** The script has started in a page; answered by `startDocumenting` where that is always on. */
  announcePage: { to: 'background', from: 'page', ask: Nothing, answer: Nothing },
  /** A frame of the page has loaded that is to be read. */
  frameLoaded: { to: 'background', from: 'page', ask: Nothing, answer: Nothing },
  /** Several captures that belong together begin. */
  openGroup: {
    to: 'background',
    from: 'page',
    inFrames: true,
    ask: Nothing,
    answer: z.strictObject({ group: randomId }),
  },
  /** A mark was pressed. Answered when the capture is kept, or with the problem. */
  capturePost: {
    to: 'background',
    from: 'page',
    inFrames: true,
    ask: z.strictObject({
      choice: z.int().nonnegative(),
      thread: z.strictObject({ group: randomId, position: z.int().nonnegative() }).nullable(),
      keepsMedia: z.boolean(),
      /** It was chosen in the popup, in a menu or by pointing at it; false when a mark was pressed. */
      isPart: z.boolean(),
    }),
    answer: z.strictObject({
      receipt: randomId,
      method: z.enum(['pixels', 'redrawn', 'none']),
      /** The platform's reader could not read it; a generic capture was kept. */
      isGeneric: z.boolean(),
      /** It was read, but not who wrote it. */
      isUnnamed: z.boolean(),
      /** The page stayed as it was read until the last picture. */
      isUnchanged: z.boolean(),
    }),
  },
  /**
   * Posts that were fully in view while the sweep was on. With a number of `window`, one picture is taken of all of
   * them, and a post for which it does not count is to come `again`; without, they are kept without a picture.
   */
  keepSwept: {
    to: 'background',
    from: 'page',
    ask: z.strictObject({
      window: z.int().nonnegative().nullable(),
      posts: z.array(SweptPost).min(1).max(sweptAtMost),
    }),
    answer: z.strictObject({ ends: z.array(z.enum(['kept', 'again'])).max(sweptAtMost) }),
  },
  /** The page has ended its sweep: the person pressed Stop there, or left. */
  sweepEnded: { to: 'background', from: 'page', ask: Nothing, answer: Nothing },
  /** The person named the type on the strip, without opening anything. */
  assessCapture: {
    to: 'background',
    from: 'page',
    inFrames: true,
    ask: z.strictObject({ receipt: randomId, types: z.array(IncidentType).max(14) }),
    answer: Nothing,
  },
  /** Take a capture back that was just made. */
  undoCapture: {
    to: 'background',
    from: 'page',
    inFrames: true,
    ask: z.strictObject({ receipt: randomId }),
    answer: Nothing,
  },

  tabState: { to: 'background', from: 'extension', ask: TabQuestion, answer: TabState },
  documentTab: { to: 'background', from: 'extension', ask: TabQuestion, answer: TabState },
  stopTab: { to: 'background', from: 'extension', ask: TabQuestion, answer: TabState },
  startSweep: { to: 'background', from: 'extension', ask: TabQuestion, answer: TabState },
  stopSweep: { to: 'background', from: 'extension', ask: TabQuestion, answer: TabState },
  /** Take every post of the tab's last sweep back. Asked again, it goes on where it was cut off. */
  undoSweep: { to: 'background', from: 'extension', ask: TabQuestion, answer: TabState },
  captureElse: {
    to: 'background',
    from: 'extension',
    ask: z.strictObject({ tabId: z.int().nonnegative(), what: CaptureTarget }),
    answer: Nothing,
  },
  /** Open the item's address in a new tab, where the person looks at it again with the toolbar button. */
  openRecheck: { to: 'background', from: 'extension', ask: RecheckQuestion, answer: Nothing },
  /** Capture what has become of the item that this tab was opened for. */
  runRecheck: {
    to: 'background',
    from: 'extension',
    ask: TabQuestion,
    answer: z.strictObject({ outcome: Recheck.shape.outcome }),
  },
} as const

type Protocol = typeof protocol
export type MessageName = keyof Protocol
/** Names of the messages that a page may be asked. */
export type ToPage = { [N in MessageName]: Protocol[N]['to'] extends 'page' ? N : never }[MessageName]
/** Names of the messages that a content script may send. */
export type FromPage = {
  [N in MessageName]: Protocol[N] extends { from: 'page' } ? N : never
}[MessageName]
/** Names of the messages that the background answers. */
export type ToBackground = Exclude<MessageName, ToPage>
export type Question<N extends MessageName> = z.infer<Protocol[N]['ask']>
export type Answer<N extends MessageName> = z.infer<Protocol[N]['answer']>
