import type { PlatformId, PostReading } from './post'

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
   * Whether this page is one of the platform's. Mostly about the address; a platform without fixed hosts
   * (Mastodon) looks at the page.
   */
  recognises(address: URL, page: Document): boolean
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
  /** What this post shows. `now` is the moment of reading, for ages such as "3 hours ago". */
  readPost(post: Element, address: URL, now: Date): PostReading
}
