/** What was done for a capture, by the person and by the tool. Words under `action.<code>` in `locales/`. */
export const actionCodes = [
  'pressed-mark',
  'asked-for-thread',
  'swept-past',
  'asked-for-part',
  'looked-again',
  'scrolled-into-view',
  'hid-marks',
  'stood-in-frame',
] as const
export type ActionCode = (typeof actionCodes)[number]

/** What a capture lacks. Words under `notRecorded.<code>` in `locales/`. */
export const notRecordedCodes = [
  'media-files',
  'some-media-files',
  'platform-clock',
  'http-responses',
  'page-picture',
  'post-picture',
  'whole-post-picture',
  'steady-picture',
  'post-html',
] as const
export type NotRecordedCode = (typeof notRecordedCodes)[number]
