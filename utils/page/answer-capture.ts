import type { PageHandlers } from '../messages/page-end'
import { type Captures, done } from './captures'
import { bringTopTo, findBand, painted } from './frame-post'
import type { Hiding } from './hide-marks'
import type { PageReader } from './page-reader'
import { finishPost, preparePost, standingOf } from './prepare-post'
import { snapshotPost } from './snapshot-post'
import { shownPart } from './window-place'

export type CaptureAnswersOptions = { page: PageReader; captures: Captures; hiding: Hiding }

type CaptureQuestions =
  | 'preparePost'
  | 'snapshotPost'
  | 'showSlice'
  | 'hideMarks'
  | 'showMarks'
  | 'restorePage'

/** What the background asks in the course of one capture, and how the page answers. */
export function captureAnswers({
  page,
  captures: { withChoice },
  hiding,
}: CaptureAnswersOptions): Pick<PageHandlers, CaptureQuestions> {
  return {
    preparePost: ({ choice }) => withChoice(choice, (one) => preparePost(one, page, hiding.hide)),
    snapshotPost: ({ choice }) => withChoice(choice, ({ element }) => snapshotPost(element)),
    showSlice: ({ choice, from }) =>
      withChoice(choice, async ({ element, guard }) => {
        guard?.pause()
        bringTopTo(element, findBand(element).top - from)
        await painted()
        const { frame, band } = standingOf(element)
        guard?.expectAt(frame)
        return { frame, band }
      }),
    hideMarks: async () => {
      hiding.hide()
      // A frame that is not drawn is never painted.
      if (shownPart().height > 0) await painted()
      return done
    },
    showMarks: async () => {
      hiding.show()
      return done
    },
    restorePage: ({ choice }) =>
      withChoice(choice, (one) => {
        const finished = finishPost(one, page)
        hiding.show()
        return finished
      }),
  }
}
