import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeProfile } from '../../tests/support/decoded-profile'
import { findSecrets } from '../../tests/support/find-bytes'
import { projectFolder } from '../shell'

/** Where the browser keeps what an extension stores; everything else in a profile the browser writes for itself. */
const storedByExtensions =
  /(^|\/)(IndexedDB|Local Extension Settings|Sync Extension Settings|Managed Extension Settings|Extension State|Extension Scripts|Extension Rules|File System|Service Worker|Local Storage|Session Storage|WebStorage|blob_storage|databases|Shared Dictionary|Cache Storage)(\/|$)/

/** A secret in a file, in one line of the list: both are names. */
export type Found = { file: string; secret: string }

/** What stands in the profile, as it is and with its databases opened. */
export type ProfileHits = { inStorage: Found[]; besides: Found[]; decodedFiles: number }

/** What does stand in the stores, in clear: the locker's public half. A search that misses it misses everything. */
const control = { publicHalf: 'age1pq1' }

function uniqueHits(hits: readonly Found[]): Found[] {
  const named = hits.map(({ file, secret }) => [`${file} ${secret}`, { file, secret }] as const)
  return [...new Map(named).values()]
}

/** Files with numbers in their names, which differ from run to run, under one name. */
function nameOf(file: string): string {
  return file
    .replaceAll('\\', '/')
    .replace(/(Sessions\/)(Session|Tabs)_\d+$/, '$1$2_*')
    .replace(/\d{6}\.(log|ldb)$/, '*.$1')
    .replace(/-(journal|wal)$/, '')
}

/** Looks for each secret in every file of a profile and in everything that its databases hold. */
export function searchProfile(profile: string, secrets: Record<string, string>): ProfileHits {
  const decoded = mkdtempSync(join(tmpdir(), 'witnessmark-decoded-'))
  try {
    const decodedFiles = decodeProfile(profile, decoded)
    const isSeen = findSecrets(decoded, control).some(({ file }) => file.includes('IndexedDB'))
    if (!isSeen) throw new Error('the search does not see what is known to be in the database')
    const hits = [...findSecrets(profile, secrets), ...findSecrets(decoded, secrets)]
    const isInStorage = ({ file }: Found): boolean => storedByExtensions.test(file)
    const named = (some: readonly Found[]): Found[] =>
      uniqueHits(some.map(({ file, secret }) => ({ file: nameOf(file), secret })))
    return {
      inStorage: named(hits.filter(isInStorage)),
      besides: named(hits.filter((hit) => !isInStorage(hit))),
      decodedFiles,
    }
  } finally {
    rmSync(decoded, { recursive: true, force: true })
  }
}

const heading = '## What the browser itself remembers'

/** The table of `docs/threat-model.md` under that heading: files in the first column, what is found in the second. */
export function documentedHits(): Found[] {
  const text = readFileSync(join(projectFolder, 'docs', 'threat-model.md'), 'utf8')
  const [, section = ''] = text.split(heading)
  const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'))
  return rows.flatMap((row) => {
    const [files = '', secrets = ''] = row.split('|').slice(1)
    const inCode = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
    return inCode(files).flatMap((file) => inCode(secrets).map((secret) => ({ file, secret })))
  })
}

/** What is in the first list and not in the second. */
export function without(some: readonly Found[], others: readonly Found[]): Found[] {
  const known = new Set(others.map(({ file, secret }) => `${file} ${secret}`))
  return some.filter(({ file, secret }) => !known.has(`${file} ${secret}`))
}
