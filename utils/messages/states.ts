import { Recheck } from '../model/item'
import { PlatformId } from '../model/post'
import type { Problem } from '../model/problem'
import { z } from '../model/schema'

/** What the popup shows of a tab. */
export const TabState = z.strictObject({
  /** False on pages that browsers protect: settings, stores, other extensions. */
  isReadable: z.boolean(),
  isDocumenting: z.boolean(),
  host: z.string().nullable(),
  platformName: z.string().nullable(),
  isConfirmed: z.boolean(),
  /** The page is of a known platform, and its reader fails or finds no post on it, nor in a frame within it. */
  isBroken: z.boolean(),
  /** Its reader finds posts in a frame within the page alone, and none on the page itself. */
  isReadInFrameOnly: z.boolean(),
  savedHere: z.int().nonnegative(),
  lastProblem: z.custom<Problem>().nullable(),
  /** The page shows the head of an account's profile, which can be captured. */
  hasProfile: z.boolean(),
  /** The page holds a frame with posts of its own that is read, such as a live chat. A sweep does not look into it. */
  hasReadFrame: z.boolean(),
  /** It holds one of another origin, which cannot be looked into. */
  hasClosedFrame: z.boolean(),
  /** Access patterns to ask for, to be always on for this platform; empty where that is not offered. */
  alwaysOnOrigins: z.array(z.string().max(200)).max(20),
  /** Null where no sweep is on, nor the last one known. `saved` and `takenBack` count posts. */
  sweep: z
    .strictObject({
      isOn: z.boolean(),
      saved: z.int().nonnegative(),
      takenBack: z.int().nonnegative(),
      isTakingBack: z.boolean(),
      /** False once the locker was locked: then which items they were is forgotten. */
      canUndo: z.boolean(),
    })
    .nullable(),
  /** A second look at an item was asked for in this tab; `outcome` is null until it is done. */
  recheck: z.strictObject({ outcome: Recheck.shape.outcome.nullable() }).nullable(),
})
export type TabState = z.infer<typeof TabState>

/** `isBroken`: the page is of a known platform, and its reader fails or finds no post on it. */
export const PageState = z.strictObject({
  platformId: PlatformId.nullable(),
  platformName: z.string().max(60).nullable(),
  isConfirmed: z.boolean(),
  isBroken: z.boolean(),
  /** It shows posts, or the head of a profile. */
  hasPosts: z.boolean(),
  hasProfile: z.boolean(),
  hasClosedFrame: z.boolean(),
})
export type PageState = z.infer<typeof PageState>
