import { answerBackground, ask, type PageHandlers } from '../messages/page-end'
import type { CaptureTarget } from '../messages/protocol'
import type { PlatformAdapter } from '../model/platform'
import type { Outcome } from '../model/problem'
import { captureAnswers } from './answer-capture'
import { type CaptureWay, createCaptures, done } from './captures'
import { choosePost, chooseTarget } from './choose-target'
import { askClock } from './clock'
import { findAgain, findKnown, readAll } from './find-known'
import { createHiding } from './hide-marks'
import { openIsolatedWorld } from './isolated-world'
import { loadMedia } from './load-media'
import { createMarks, type Marks, type PressWay } from './marks'
import { describePage, isReadFrame, type PageReader, type PageState } from './page-reader'
import { createPageSweep } from './page-sweep'
import { pickElement } from './pick-element'
import { plain } from './plain'
import { threadOf } from './thread'
import { type Watch, type WatchedPost, watchPosts } from './watch-posts'
import { isInFrame, seenAddress } from './window-place'

type FindPlatform = (address: URL, page: Document) => PlatformAdapter | null

export type PageOptions = {
  findPlatform: FindPlatform
  styles: string
  /** Incident types in the order of their digits. */
  typeIds: readonly string[]
}

const alone: CaptureWay = { thread: null, keepsMedia: false, isQuiet: false }

/** The address that the page is read at: a reader may read a frame as the page of another address. */
function addressToRead(findPlatform: FindPlatform): URL {
  const own = new URL(location.href)
  if (!isInFrame()) return own
  return findPlatform(own, document)?.readFrameAt?.(own, new URL(seenAddress())) ?? own
}

/** Leads to the account's profile, where its page can be reached without leaving what the person allowed. */
function profileOf({ reading, isProfile }: WatchedPost): (() => void) | null {
  const { profile } = reading.author
  if (isProfile || profile === null || !URL.canParse(profile)) return null
  return new URL(profile).origin === location.origin ? () => location.assign(profile) : null
}

/** Makes a page documentable: answers the background until the page goes away. */
export function documentPage({ findPlatform, styles, typeIds }: PageOptions): void {
  let marks: Marks | null = null
  let watch: Watch | null = null
  let words: Record<string, string> = {}
  let pointed: Element | null = null
  let stopPicking: (() => void) | null = null

  const address = (): URL => addressToRead(findPlatform)
  const page: PageReader = {
    platform: () => findPlatform(address(), document),
    address,
    watch: () => watch,
  }
  const drawn = (): Marks | null => marks
  const word = (key: string): string => words[key] ?? key
  const captures = createCaptures({ marks: drawn, word })
  const hiding = createHiding(drawn)
  const sweep = createPageSweep({ page, marks: drawn, word, captures, hiding })

  /** A frame that is read has loaded, perhaps another page than before: whoever may looks into it. */
  const noteFrame = ({ target }: Event): void => {
    if (target instanceof Element && isReadFrame(target, page)) void ask('frameLoaded', {})
  }

  const notePointed = (event: Event): void => {
    // In a shadow tree what was pointed at, not its host.
    const [target] = event.composedPath()
    if (event.isTrusted && target instanceof Element) pointed = target
  }

  function press(post: WatchedPost, way: PressWay): void {
    if (way !== 'thread') {
      void captures.capture(choosePost(post), { ...alone, keepsMedia: way === 'media' })
      return
    }
    const members = threadOf(post, readAll(page), address())
    void captures.captureThread({ post, members, find: (member) => findAgain(member, page) })
  }

  function undo(key: string): void {
    if (captures.has(key)) void captures.undo(key)
    else marks?.say(word('mark.sweep.undoWhole'))
  }

  function startPicking({ layer, host, openPanel }: Marks): void {
    stopPicking?.()
    const panel = openPanel({
      sentence: word('mark.pick'),
      button: word('mark.pickCancel'),
      onPress: () => stopPicking?.(),
    })
    stopPicking = pickElement({
      layer,
      host,
      start: plain(document).activeElement,
      onPick: (element) => void captures.capture({ element, kind: 'element', key: 'element' }, alone),
      onEnd: panel.close,
    })
  }

  function choose(target: Exclude<CaptureTarget, 'element'>) {
    const start = target === 'focused' ? plain(document).activeElement : pointed
    // Where the pointer was once: a page can keep the next press of the menu from us.
    if (target === 'pointed') pointed = null
    return chooseTarget(target, start, watch)
  }

  async function pressMark(target: CaptureTarget): Promise<Outcome<Record<string, never>>> {
    if (target === 'element') {
      if (marks) startPicking(marks)
      return done
    }
    const chosen = choose(target)
    if (chosen) return captures.capture(chosen, alone)
    marks?.say(word(target === 'selection' ? 'mark.nothingSelected' : 'mark.noPostThere'))
    return { ok: false, problem: { code: 'nothing-chosen' } }
  }

  function start(question: { words: Record<string, string>; direction: 'ltr' | 'rtl' }): PageState {
    // Asked again after each navigation, also those without loading: then the marks stay as they are.
    if (marks && words.language === question.words.language) return describePage(page)
    stop()
    words = question.words
    const created = createMarks({
      styles,
      words,
      direction: question.direction,
      language: words.language ?? 'en',
      chips: typeIds.slice(0, 9).map((id) => ({ id, label: word(`mark.type.${id}`) })),
      onPress: press,
      profileOf,
      onTypes: captures.setTypes,
      onUndo: undo,
    })
    marks = created
    addEventListener('contextmenu', notePointed, true)
    if (!isInFrame()) plain(document).addEventListener('load', noteFrame, true)
    const adapter = page.platform()
    if (adapter) watch = watchPosts({ adapter, address, onNear: created.place, onFar: created.drop })
    return describePage(page)
  }

  function stop(): void {
    stopPicking?.()
    void sweep.finish()
    watch?.stop()
    marks?.remove()
    removeEventListener('contextmenu', notePointed, true)
    plain(document).removeEventListener('load', noteFrame, true)
    hiding.stop()
    stopPicking = null
    watch = null
    marks = null
  }

  const handlers: PageHandlers = {
    startDocumenting: async (question) => ({ ok: true, value: start(question) }),
    pageState: async () => ({ ok: true, value: describePage(page) }),
    stopDocumenting: async () => {
      stop()
      return done
    },
    readPage: async () => ({ ok: true, value: readAll(page).map(({ reading }) => reading) }),
    pressMark: ({ target }) => pressMark(target),
    pressKnown: async (known) => {
      const post = await findKnown(known, page)
      if (post) return captures.capture(choosePost(post), alone)
      return pressMark('visible-page')
    },
    beginSweep: async () => sweep.begin(),
    finishSweep: async () => {
      await sweep.finish()
      return done
    },
    endWindow: async ({ window }) => sweep.endWindow(window),
    sweepUndone: async () => {
      sweep.forget()
      return done
    },
    askClock: async () => {
      const clock = await askClock()
      return clock ? { ok: true, value: clock } : { ok: false, problem: { code: 'capture-failed' } }
    },
    ...captureAnswers({ page, captures, hiding }),
  }
  openIsolatedWorld({
    elementOf: captures.elementOf,
    mediaOf: captures.mediaWith((choice) => loadMedia(choice, page)),
  })
  answerBackground(handlers)
  if (!isInFrame()) void ask('announcePage', {})
}
