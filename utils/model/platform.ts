import type { PlatformId, PostReading } from './post'

/**
 * A fact of a reading that the page states a second time, in another place. `value` in the form of the reading's
 * own field: ISO in UTC for `posted`, a handle without `@`, words as shown. Compared at the trusted end.
 */
export type OtherSource = {
  fact: 'posted' | 'handle' | 'name' | 'text' | 'post-id' | 'author-id'
  /** Where: the post's id, its address, the profile's address, data embedded in the page, a label, a title. */
  source: 'id' | 'permalink' | 'profile' | 'embedded-data' | 'label' | 'title' | 'meta' | 'datetime'
  value: string
}

/** Reads the head of a profile page: who the account says it is. */
export type ProfileReader = {
  /** As for the adapter: false while no one has confirmed it on a live page or a saved one. */
  isConfirmed: boolean
  /** The part of the page that shows the account; null when this is no profile page. */
  find(page: Document, address: URL): Element | null
  /**
   * A reading of kind `profile`: author as everywhere, `permalink` the profile's address, `postId` null, `text` the
   * bio, counts by the platform's own word, `posted` the day of joining where it is shown, links of the bio.
   */
  read(profile: Element, address: URL, now: Date): PostReading
  /** The element that draws the account's picture. Null when there is none. */
  findPicture(profile: Element): Element | null
  /**
   * What the page says a second time about this account, as for posts. A page's head and its data are not always
   * renewed on the way to another account: they count where they name this one.
   */
  otherSources?(profile: Element, address: URL, now: Date): OtherSource[]
}

/** Reads the posts of one platform. Pure: looks at the page it is given, fetches nothing, changes nothing. */
export type PlatformAdapter = {
  /** File name, fixture folder and stored value. Never renamed once shipped. */
  id: PlatformId
  /** The platform's own name; not translated. */
  name: string
  /** Raised whenever a reading can come out differently. Stored with every capture. */
  version: number
  /** False while no one has confirmed the reader on a live page; the interface says so. */
  isConfirmed: boolean
  /**
   * Hosts of its pages, for asking lasting access to them: `x.com` is that host alone, `*.x.com` it and everything
   * below. Empty for software that runs on any host.
   */
  hosts: readonly string[]
  /**
   * Whether this page is one of the platform's. Mostly about the address; a platform without fixed hosts
   * (Mastodon) looks at the page.
   */
  recognises(address: URL, page: Document): boolean
  /**
   * False on pages of the platform on which nobody expects posts, such as settings: there, finding none is no sign
   * that the reader is broken. Missing where posts are to be expected everywhere. `page` is for what the address does not
   * tell, such as whether a conversation is open; it is asked by nothing that the reader finds posts by.
   */
  expectsPosts?(address: URL, page: Document): boolean
  /**
   * Attributes of its own, besides addresses, ids and times, whose change means that an element shows another
   * post now.
   */
  changesOn?: readonly string[]
  /**
   * Every post now in this part of the page, in reading order, nested and quoted ones included. Never a decoy,
   * an emptied slot of a virtual list, or a hidden former screen.
   */
  findPosts(root: ParentNode, address: URL): Element[]
  /**
   * The shadow trees in which posts of this page stand, which have to be watched one by one. Missing where posts stand
   * in the page itself.
   */
  shadowTreesIn?(page: Document): ShadowRoot[]
  /** What this post shows. `now` is the moment of reading, for ages such as "3 hours ago". */
  readPost(post: Element, address: URL, now: Date): PostReading
  /**
   * Whether a frame at this address within a page of the platform is read as a page of its own, such as a live chat
   * beside a video: the address by which it is read, with what only the page around says. Null for every other frame.
   * Missing where there is no such thing.
   */
  readFrameAt?(frame: URL, around: URL): URL | null
  /** Missing while the reader knows no profile pages of the platform. */
  profile?: ProfileReader
  /**
   * Whether this post stands in a layout that nobody has confirmed, though the reader as a whole is confirmed: its
   * messages, a new client. Missing where there is none.
   */
  isHearsay?(post: Element, reading: PostReading): boolean
  /** What the page says a second time about this post; empty when nothing is. Never what the reading was made of. */
  otherSources?(post: Element, address: URL, now: Date): OtherSource[]
}
