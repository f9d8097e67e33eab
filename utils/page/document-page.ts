import { answerBackground, ask, type PageHandlers } from '../messages/page-end'
import type { CaptureTarget } from '../messages/protocol'
import type { PlatformAdapter } from '../model/platform'
import type { Outcome } from '../model/problem'
import { type CaptureWay, createCaptures, done } from './captures'
import { choosePost, chooseTarget } from './choose-target'
import { askClock } from './clock'
import { findAgain, findKnown, readAll } from './find-known'
import { bringTopTo, findBand, painted } from './frame-post'
import { openIsolatedWorld } from './isolated-world'
import { loadMedia } from './load-media'
import { createMarks, type Marks, type PressWay } from './marks'
import { describePage, isReadFrame, type PageReader, type PageState } from './page-reader'
import { pickElement } from './pick-element'
import { plain } from './plain'
import { finishPost, preparePost, standingOf } from './prepare-post'
import { snapshotPost } from './snapshot-post'
import { type Sweep, sweepPosts } from './sweep-posts'
import { threadOf } from './thread'
import { type Watch, type WatchedPost, watchPosts } from './watch-posts'
import { isInFrame, seenAddress, shownPart } from './window-place'

export type PageOptions = {
  findPlatform: (address: URL, page: Document) => PlatformAdapter | null
  styles: string
  /** Incident types in the order of their digits. */
  typeIds: readonly string[]
}

/** Marks come back after this long even if the background died in the middle of a capture. */
const hiddenAtMostMs = 20_000

const alone: CaptureWay = { thread: null, keepsMedia: false, isQuiet: false }

/** Makes a page documentable: answers the background until the page goes away. */
export function documentPage({ findPlatform, styles, typeIds }: PageOptions): void {
  let marks: Marks | null = null
  let watch: Watch | null = null
  /** The last one, on or ended. */
  let sweep: Sweep | null = null
  let isSweeping = false
  let words: Record<string, string> = {}
  let pointed: Element | null = null
  let showAgain: ReturnType<typeof setTimeout> | undefined
  let stopPicking: (() => void) | null = null

  const address = (): URL => {
    const own = new URL(location.href)
    if (!isInFrame()) return own
    return findPlatform(own, document)?.readFrameAt?.(own, new URL(seenAddress())) ?? own
  }
  const page: PageReader = {
    platform: () => findPlatform(address(), document),
    address,
    watch: () => watch,
  }
  const word = (key: string): string => words[key] ?? key
  const captures = createCaptures({ marks: () => marks, word })

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
    void captures.captureThread(post, members, (member) => findAgain(member, page))
  }

  function undo(key: string): void {
    if (captures.has(key)) void captures.undo(key)
    else marks?.say(word('mark.sweep.undoWhole'))
  }

  function beginSweep(): Outcome<Record<string, never>> {
    if (!marks || !watch) return { ok: false, problem: { code: 'page-not-readable' } }
    if (isSweeping) return done
    const { isBusy } = captures
    isSweeping = true
    sweep = sweepPosts({
      page,
      marks,
      word,
      hideMarks,
      showMarks,
      isMoved: isBusy,
      onEnd: (sentence) => {
        isSweeping = false
        marks?.say(sentence)
      },
    })
    return done
  }

  function forgetSweep(): void {
    for (const key of sweep?.savedKeys() ?? []) if (!captures.has(key)) marks?.setIdle(key)
    sweep = null
  }

  /** The account's profile, where its page can be reached without leaving what the person allowed. */
  function profileOf({ reading, isProfile }: WatchedPost): (() => void) | null {
    const { profile } = reading.author
    if (isProfile || profile === null || !URL.canParse(profile)) return null
    return new URL(profile).origin === location.origin ? () => location.assign(profile) : null
  }

  function startPicking(): void {
    stopPicking?.()
    if (!marks) return
    const { layer, host } = marks
    const panel = marks.openPanel({
      sentence: word('mark.pick'),
      button: word('mark.pickCancel'),
      onPress: () => stopPicking?.(),
    })
    const stop = pickElement({
      layer,
      host,
      start: plain(document).activeElement,
      onPick: (element) => void captures.capture({ element, kind: 'element', key: 'element' }, alone),
      onEnd: panel.close,
    })
    stopPicking = stop
  }

  function choose(target: Exclude<CaptureTarget, 'element'>) {
    const start = target === 'focused' ? plain(document).activeElement : pointed
    // Where the pointer was once: a page can keep the next press of the menu from us.
    if (target === 'pointed') pointed = null
    return chooseTarget(target, start, watch)
  }

  async function pressMark(target: CaptureTarget): Promise<Outcome<Record<string, never>>> {
    if (target === 'element') {
      startPicking()
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
    void sweep?.finish()
    watch?.stop()
    marks?.remove()
    removeEventListener('contextmenu', notePointed, true)
    plain(document).removeEventListener('load', noteFrame, true)
    clearTimeout(showAgain)
    stopPicking = null
    watch = null
    marks = null
  }

  function hideMarks(): void {
    marks?.hide()
    clearTimeout(showAgain)
    showAgain = setTimeout(() => marks?.show(), hiddenAtMostMs)
  }

  function showMarks(): void {
    clearTimeout(showAgain)
    marks?.show()
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
    beginSweep: async () => beginSweep(),
    finishSweep: async () => {
      await sweep?.finish()
      return done
    },
    endWindow: async ({ window }) => {
      const ended = sweep?.endWindow(window)
      return ended ? { ok: true, value: ended } : { ok: false, problem: { code: 'post-gone' } }
    },
    sweepUndone: async () => {
      forgetSweep()
      return done
    },
    askClock: async () => {
      const clock = await askClock()
      return clock ? { ok: true, value: clock } : { ok: false, problem: { code: 'capture-failed' } }
    },
    preparePost: ({ choice }) => captures.withChoice(choice, (one) => preparePost(one, page, hideMarks)),
    snapshotPost: ({ choice }) => captures.withChoice(choice, ({ element }) => snapshotPost(element)),
    showSlice: ({ choice, from }) =>
      captures.withChoice(choice, async ({ element, guard }) => {
        guard?.pause()
        bringTopTo(element, findBand(element).top - from)
        await painted()
        const { frame, band } = standingOf(element)
        guard?.expectAt(frame)
        return { frame, band }
      }),
    hideMarks: async () => {
      hideMarks()
      // A frame that is not drawn is never painted.
      if (shownPart().height > 0) await painted()
      return done
    },
    showMarks: async () => {
      showMarks()
      return done
    },
    restorePage: ({ choice }) =>
      captures.withChoice(choice, (one) => {
        const finished = finishPost(one, page)
        showMarks()
        return finished
      }),
  }
  openIsolatedWorld({
    elementOf: captures.elementOf,
    mediaOf: captures.mediaWith((choice) => loadMedia(choice, page)),
  })
  answerBackground(handlers)
  if (!isInFrame()) void ask('announcePage', {})
}
