import { fromUtf8 } from '../crypto/bytes'

/** The tag files of the bag, in the order of the container: the first two before the payload, the rest after. */
export const tagNames = {
  declaration: 'bagit.txt',
  readme: 'README.txt',
  info: 'bag-info.txt',
  manifest: 'manifest-sha256.txt',
  tagManifest: 'tagmanifest-sha256.txt',
} as const

/** The tag files that every `tagmanifest-sha256.txt` lists, in its order; those of `proof/` follow. */
export const listedTags = [tagNames.declaration, tagNames.readme, tagNames.info, tagNames.manifest] as const

/** `bagit.txt`, always these bytes (RFC 8493 section 2.1.1). */
export const declaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'

/** Raised when the layout of the bundle changes; `Bundle-Version` in `bag-info.txt`. */
const bundleVersion = 1

export type BagInfo = {
  tool: { name: string; version: string }
  /** Moment in UTC; the bag shows its day. */
  madeAt: string
}
/** Size of the payload: sum of bytes, and number of files. */
export type Oxum = { bytes: number; files: number }

/** The text of `bag-info.txt`. */
export function writeBagInfo(info: BagInfo, oxum: Oxum): string {
  return [
    `Bundle-Version: ${bundleVersion}`,
    `Bag-Software-Agent: ${info.tool.name} ${info.tool.version}`,
    `Bagging-Date: ${info.madeAt.slice(0, 10)}`,
    `Payload-Oxum: ${oxum.bytes}.${oxum.files}`,
    '',
  ].join('\n')
}

const infoShape =
  /^Bundle-Version: 1\nBag-Software-Agent: ([^\n]{1,100})\nBagging-Date: (\d{4}-\d\d-\d\d)\nPayload-Oxum: (0|[1-9]\d{0,14})\.(0|[1-9]\d{0,5})\n$/

/** What `bag-info.txt` says. Null when it is not in our exact form. */
export function readBagInfo(bytes: Uint8Array): { agent: string; date: string; oxum: Oxum } | null {
  const found = infoShape.exec(readText(bytes) ?? '')
  if (!found) return null
  const [, agent = '', date = '', size = '', files = ''] = found
  return { agent, date, oxum: { bytes: Number(size), files: Number(files) } }
}

/** Path and SHA-256 of one file. */
export type ManifestLine = { path: string; sha256: string }

/** The text of a manifest, as `sha256sum` writes and checks it: digest, two spaces, path, line feed. */
export function writeManifest(lines: readonly ManifestLine[]): string {
  return lines.map((line) => `${line.sha256}  ${line.path}\n`).join('')
}

/** A path is no longer than a name in the container may be. */
const lineShape = /^([0-9a-f]{64}) {2}([A-Za-z0-9][A-Za-z0-9._/-]{0,159})$/

/** The lines of a manifest. Null when any of them is not in our exact form, or the last one does not end. */
export function readManifest(bytes: Uint8Array): ManifestLine[] | null {
  const text = readText(bytes)
  if (text === null || !text.endsWith('\n')) return null
  const lines: ManifestLine[] = []
  for (const line of text.slice(0, -1).split('\n')) {
    const [, sha256, path] = lineShape.exec(line) ?? []
    if (sha256 === undefined || path === undefined) return null
    lines.push({ sha256, path })
  }
  return lines
}

function readText(bytes: Uint8Array): string | null {
  try {
    return fromUtf8(bytes)
  } catch {
    return null
  }
}
