import { answerBackground, ask, type PageHandlers } from '../messages/page-end'
import type { CaptureTarget, PreparedPost } from '../messages/protocol'
import type { PlatformAdapter } from '../model/platform'
import type { PostKind } from '../model/post'
import type { Outcome } from '../model/problem'
import { bringIntoView, bringTopTo, findBand, frameOf, painted, rememberScroll } from './frame-post'
import { essenceOf, type Guard, guardPost } from './guard-post'
import { openIsolatedWorld } from './isolated-world'
import { createMarks, type Marks } from './marks'
import { parentOf, plain } from './plain'
import { postKey, type ReadPost, readContext, readGeneric, readPost, visibleTextOf } from './read-post'
import { snapshotPost } from './snapshot-post'
import { type Watch, type WatchedPost, watchPosts } from './watch-posts'

/** Something that was chosen to be captured. */
type Choice = {
  element: Element
  /** Null when it is a post of the platform; else what it is instead. */
  kind: Extract<PostKind, 'element' | 'selection' | 'page'> | null
  key: string
  restore: () => void
  /** From the reading to the last picture. */
  guard: Guard | null
}
type Chosen = Omit<Choice, 'restore' | 'guard'>

export type PageOptions = {
  findPlatform: (address: URL, page: Document) => PlatformAdapter | null
  styles: string
  /** Incident types in the order of their digits. */
  typeIds: readonly string[]
}

const done: Outcome<Record<string, never>> = { ok: true, value: {} }
/** What a person means by "this" on a page of no known platform: the smallest part around the pointer. */
const partsOfPages = 'article,blockquote,li,tr,figure,section,p,div'
/** Marks come back after this long even if the background died in the middle of a capture. */
const hiddenAtMostMs = 20_000

/** Makes a page documentable: answers the background until the page goes away. */
export function documentPage({ findPlatform, styles, typeIds }: PageOptions): void {
  const choices = new Map<number, Choice>()
  const receipts = new Map<string, string>()
  // Not from one on: after a navigation, a capture still under way must not find the new page's choice.
  let nextChoice = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  let marks: Marks | null = null
  let watch: Watch | null = null
  let words: Record<string, string> = {}
  let pointed: Element | null = null
  let showAgain: ReturnType<typeof setTimeout> | undefined

  const address = (): URL => new URL(location.href)
  const platform = (): PlatformAdapter | null => findPlatform(address(), document)
  const word = (key: string): string => words[key] ?? key
  const notePointed = (event: Event): void => {
    if (event.isTrusted && event.target instanceof Element) pointed = event.target
  }

  function readChoice(choice: Choice): ReadPost {
    const adapter = platform()
    if (choice.kind === null && adapter) return readPost(choice.element, adapter, address(), new Date())
    return readGeneric(choice.element, choice.kind ?? 'element', null)
  }

  async function capture(choice: Chosen): Promise<Outcome<Record<string, never>>> {
    const number = nextChoice++
    const made: Choice = { ...choice, restore: () => undefined, guard: null }
    choices.set(number, made)
    marks?.setSaving(choice.key)
    const answer = await ask('capturePost', { choice: number })
    choices.delete(number)
    made.guard?.end()
    marks?.show()
    if (answer.ok) {
      receipts.set(choice.key, answer.value.receipt)
      const { method } = answer.value
      const detail = { pixels: null, redrawn: word('mark.redrawnDetail'), none: word('mark.noPictureDetail') }
      const state = method === 'pixels' ? 'saved' : 'redrawn'
      marks?.setOutcome(choice.key, { state, sentence: word('mark.savedSentence'), detail: detail[method] })
      return done
    }
    const detail = word(`problem.${answer.problem.code}`)
    marks?.setOutcome(choice.key, { state: 'failed', sentence: word('mark.failedSentence'), detail })
    return answer
  }

  function press(post: WatchedPost): void {
    const kind = post.reader.platform === 'generic' ? ('element' as const) : null
    void capture({ element: post.element, kind, key: post.key })
  }

  function setTypes(key: string, types: string[]): void {
    const receipt = receipts.get(key)
    if (receipt === undefined) return
    void ask('assessCapture', { receipt, types: types as never }).then((answer) => {
      if (!answer.ok) marks?.say(word(`problem.${answer.problem.code}`))
    })
  }

  async function undo(key: string): Promise<void> {
    const receipt = receipts.get(key)
    if (receipt === undefined) return
    const answer = await ask('undoCapture', { receipt })
    if (answer.ok) {
      receipts.delete(key)
      marks?.setIdle(key)
    }
    marks?.say(word(answer.ok ? 'mark.undone' : `problem.${answer.problem.code}`))
  }

  function postAround(start: Element | null): WatchedPost | null {
    const known = new Map(watch?.known().map((post) => [post.element, post]))
    for (let at = start; at; at = parentOf(at)) {
      const post = known.get(at)
      if (post) return post
    }
    return null
  }

  function choose(target: CaptureTarget): Chosen | null {
    const page = plain(document).documentElement
    if (target === 'visible-page') return { element: page, kind: 'page', key: 'page' }
    const selected = getSelection()
    if (target === 'selection') {
      if (!selected || selected.isCollapsed) return null
      const node = selected.getRangeAt(0).commonAncestorContainer
      const element = node instanceof Element ? node : node.parentElement
      return element && { element, kind: 'selection', key: 'selection' }
    }
    const start = target === 'focused' ? plain(document).activeElement : pointed
    // Where the pointer was once: a page can keep the next press of the menu from us.
    if (target === 'pointed') pointed = null
    const post = postAround(start)
    if (post) return { element: post.element, kind: null, key: post.key }
    const part = watch ? null : start && plain(start).closest(partsOfPages)
    return part ? { element: part, kind: 'element', key: 'element' } : null
  }

  function start(question: { words: Record<string, string>; direction: 'ltr' | 'rtl' }) {
    // Asked again after each navigation, also those without loading: then the marks stay as they are.
    if (marks && words.language === question.words.language) return stateOfPage()
    stop()
    words = question.words
    const created = createMarks({
      styles,
      words,
      direction: question.direction,
      language: words.language ?? 'en',
      chips: typeIds.slice(0, 9).map((id) => ({ id, label: word(`mark.type.${id}`) })),
      onPress: press,
      onTypes: setTypes,
      onUndo: (key) => void undo(key),
    })
    marks = created
    addEventListener('contextmenu', notePointed, true)
    const adapter = platform()
    if (adapter) watch = watchPosts({ adapter, address, onNear: created.place, onFar: created.drop })
    return stateOfPage()
  }

  function stateOfPage() {
    const adapter = platform()
    return {
      platformName: adapter?.name ?? null,
      isConfirmed: adapter?.isConfirmed ?? true,
      isBroken: watch !== null && (watch.isBroken() || watch.count() === 0),
    }
  }

  function stop(): void {
    watch?.stop()
    marks?.remove()
    removeEventListener('contextmenu', notePointed, true)
    clearTimeout(showAgain)
    watch = null
    marks = null
  }

  /** What must stay as it is while pictures are taken. */
  function guard(choice: Choice): Guard {
    const { element, kind } = choice
    const say = (): string => {
      const { reading } = readChoice(choice)
      return reading.platform === 'generic'
        ? `${postKey(reading, choice.element)} ${reading.text}`
        : essenceOf(reading)
    }
    return guardPost({ element, say, likeness: kind === 'page' ? 'nine-tenths' : 'same' })
  }

  async function prepare(choice: Choice): Promise<PreparedPost> {
    const isPage = choice.kind === 'page' || choice.kind === 'selection'
    choice.restore = rememberScroll(choice.element)
    const actions = isPage ? [] : bringIntoView(choice.element)
    marks?.hide()
    clearTimeout(showAgain)
    showAgain = setTimeout(() => marks?.show(), hiddenAtMostMs)
    await painted()
    const read = readChoice(choice)
    choice.guard = guard(choice)
    const frame = isPage ? { x: 0, y: 0, width: innerWidth, height: innerHeight } : frameOf(choice.element)
    if (!isPage) choice.guard.expectAt(frame)
    const adapter = platform()
    const known = watch?.known().map(({ reading }) => reading) ?? []
    const canonical = plain(document).querySelector('link[rel="canonical"]')?.getAttribute('href')
    return {
      reading: read.reading,
      context:
        adapter && choice.kind === null
          ? readContext(choice.element, read.reading, adapter, known, address(), new Date())
          : [],
      reader: read.reader,
      page: {
        address: location.href.slice(0, 8_000),
        canonical: canonical && URL.canParse(canonical, location.href) ? webAddress(canonical) : null,
        title: plain(document).title.slice(0, 2_000),
        language: plain(document).documentElement.lang.slice(0, 100) || null,
      },
      visibleText: visibleTextOf(choice.element),
      frame,
      band: isPage ? { top: 0, bottom: innerHeight } : findBand(choice.element),
      offset: { x: frame.x + scrollX, y: frame.y + scrollY },
      viewport: { width: innerWidth, height: innerHeight },
      pixelRatio: devicePixelRatio,
      actions,
    }
  }

  async function withChoice<T>(number: number, act: (choice: Choice) => T | Promise<T>): Promise<Outcome<T>> {
    const choice = choices.get(number)
    if (!choice || !plain(choice.element).isConnected) return { ok: false, problem: { code: 'post-gone' } }
    return { ok: true, value: await act(choice) }
  }

  function restore(choice: Choice) {
    const isUnchanged = choice.guard?.end() ?? false
    const isChosenPost =
      choice.kind !== null || postKey(readChoice(choice).reading, choice.element) === choice.key
    const isSamePost = isUnchanged && isChosenPost
    choice.restore()
    clearTimeout(showAgain)
    marks?.show()
    return { address: location.href.slice(0, 8_000), isSamePost }
  }

  const handlers: PageHandlers = {
    startDocumenting: async (question) => ({ ok: true, value: start(question) }),
    pageState: async () => ({ ok: true, value: stateOfPage() }),
    stopDocumenting: async () => {
      stop()
      return done
    },
    readPage: async () => {
      const adapter = platform()
      const posts = adapter?.findPosts(document, address()) ?? []
      const readings = posts.map((post) => adapter && readPost(post, adapter, address(), new Date()).reading)
      return { ok: true, value: readings }
    },
    pressMark: async ({ target }) => {
      const choice = choose(target)
      if (!choice) {
        marks?.say(word(target === 'selection' ? 'mark.nothingSelected' : 'mark.noPostThere'))
        return { ok: false, problem: { code: 'nothing-chosen' } }
      }
      return capture(choice)
    },
    preparePost: ({ choice }) => withChoice(choice, prepare),
    snapshotPost: ({ choice }) => withChoice(choice, ({ element }) => snapshotPost(element)),
    showSlice: ({ choice, from }) =>
      withChoice(choice, async ({ element, guard }) => {
        guard?.pause()
        bringTopTo(element, findBand(element).top - from)
        await painted()
        const frame = frameOf(element)
        guard?.expectAt(frame)
        return { frame }
      }),
    restorePage: ({ choice }) => withChoice(choice, restore),
  }
  openIsolatedWorld({ elementOf: (choice) => choices.get(choice)?.element ?? null })
  answerBackground(handlers)
}

function webAddress(href: string): string | null {
  const address = new URL(href, location.href)
  return /^https?:$/.test(address.protocol) ? address.href.slice(0, 8_000) : null
}
