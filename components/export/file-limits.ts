import type { AttachmentLimits } from '../../utils/model/attachment'

const bytesInMb = 1_000_000
/** No form takes more; above it, a limit means nothing. */
const mostMb = 10_000
const mostFiles = 1_000

const arabicZero = 0x0660
const persianZero = 0x06f0

/** A number as people type it, in European or Arabic digits, with a dot or a comma; null where it is none. */
function readNumber(text: string): number | null {
  const plain = text
    .trim()
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - arabicZero))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - persianZero))
    .replace(/[,٫]/, '.')
  return /^\d{1,9}(\.\d{0,6})?$/.test(plain) ? Number(plain) : null
}

/**
 * Bytes of so many megabytes, as a form says them: a million bytes each, the smaller of the two meanings, so that a
 * file that fits always fits. Null where the text is no size; zero is none.
 */
export function readMegabytes(text: string): number | null {
  const typed = readNumber(text)
  const bytes = typed === null || typed > mostMb ? 0 : Math.floor(typed * bytesInMb)
  return bytes > 0 ? bytes : null
}

/** A count of files; null where the text is none. */
export function readCount(text: string): number | null {
  const typed = readNumber(text)
  return typed !== null && Number.isInteger(typed) && typed > 0 && typed <= mostFiles ? typed : null
}

/** As it is typed, without a decimal sign of any language that could be misread. */
export function showMegabytes(bytes: number | null): string {
  return bytes === null ? '' : String(bytes / bytesInMb)
}

/** Null where no limit is told at all. */
export function orNothing(limits: AttachmentLimits): AttachmentLimits | null {
  return Object.values(limits).every((limit) => limit === null) ? null : limits
}

export const noLimits: AttachmentLimits = {
  maxCount: null,
  maxBytesEach: null,
  maxBytesTogether: null,
  types: null,
}

/** What a form can take of the kinds of pictures that we can make. */
export const fileKinds = {
  any: null,
  jpeg: ['image/jpeg'],
  png: ['image/png'],
} as const satisfies Record<string, readonly string[] | null>
export type FileKind = keyof typeof fileKinds

/** Which of these choices the limits are. */
export function kindOf({ types }: AttachmentLimits): FileKind {
  if (types === null) return 'any'
  return types.includes('image/png') ? 'png' : 'jpeg'
}
