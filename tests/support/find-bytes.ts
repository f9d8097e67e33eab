import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/** A secret found in a file of the profile. */
export type Hit = { file: string; secret: string; encoding: string }

/** Base64 of a text that may begin at any of the three places inside a group; ends that depend on neighbours cut. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return text.slice(shift === 0 ? 0 : shift + 1, -2)
  })
}

/** The ways in which a text may stand in a file. */
export function formsOf(text: string): { encoding: string; bytes: Buffer }[] {
  const utf8 = Buffer.from(text, 'utf8')
  const hex = utf8.toString('hex')
  return [
    { encoding: 'utf-8', bytes: utf8 },
    { encoding: 'utf-16le', bytes: Buffer.from(text, 'utf16le') },
    { encoding: 'utf-16be', bytes: Buffer.from(text, 'utf16le').swap16() },
    { encoding: 'hex', bytes: Buffer.from(hex) },
    { encoding: 'hex in capitals', bytes: Buffer.from(hex.toUpperCase()) },
    ...base64Forms(utf8).map((form) => ({ encoding: 'base64', bytes: Buffer.from(form) })),
  ]
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    const entry = statSync(path, { throwIfNoEntry: false })
    if (entry === undefined) return []
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : []
  })
}

/** Looks for each secret, in every form, in every file below the folder. File names are searched as well. */
export function findSecrets(folder: string, secrets: Record<string, string>): Hit[] {
  const wanted = Object.entries(secrets).map(([secret, text]) => ({ secret, text, forms: formsOf(text) }))
  return filesBelow(folder).flatMap((path) => {
    const content = readFileSync(path)
    const file = relative(folder, path)
    return wanted.flatMap(({ secret, text, forms }) => [
      ...(file.includes(text) ? [{ file, secret, encoding: 'file name' }] : []),
      ...forms
        .filter(({ bytes }) => content.includes(bytes))
        .map(({ encoding }) => ({ file, secret, encoding })),
    ])
  })
}
