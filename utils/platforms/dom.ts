import type { PostReading } from '../model/post'
import { unknownTime } from './times'

/** A reading in which nothing is known yet; adapters spread what the page shows over it. */
export function emptyReading(platform: string, kind: PostReading['kind']): PostReading {
  return {
    platform,
    kind,
    postId: null,
    permalink: null,
    author: { handle: null, name: null, profile: null, id: null },
    text: null,
    language: null,
    direction: null,
    links: [],
    mentions: [],
    media: [],
    counts: {},
    posted: unknownTime,
    parentPostId: null,
    replyToHandle: null,
    quotedIn: null,
    repostedBy: null,
    contentWarning: null,
    visibility: null,
    isAd: false,
    isTruncated: false,
    isEdited: false,
    isDeleted: false,
    missing: [],
  }
}
