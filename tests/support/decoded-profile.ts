import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { insideValue, piecesOfLevelDb } from './leveldb'
import { unsnap } from './snappy'

const gap = Buffer.alloc(16)

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : []
  })
}

const sqliteMagic = Buffer.from('SQLite format 3\0')

/** All values in all tables, those that Firefox compressed opened as well. What was deleted stands in the file itself. */
function valuesOfSqlite(path: string): Buffer[] {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const tables = database.prepare(`select name from sqlite_master where type = 'table'`).all()
    return tables.flatMap(({ name }) => {
      const statement = database.prepare(`select * from "${String(name)}"`)
      statement.setReadBigInts(true)
      const rows = statement.all()
      return rows
        .flatMap((row) => Object.values(row))
        .flatMap((value) => {
          if (typeof value === 'string') return [Buffer.from(value)]
          if (!(value instanceof Uint8Array)) return []
          const opened = unsnap(value)
          return opened === null ? [Buffer.from(value)] : [Buffer.from(value), opened]
        })
    })
  } finally {
    database.close()
  }
}

function piecesOf(path: string): Buffer[] {
  const file = readFileSync(path)
  if (file.subarray(0, 16).equals(sqliteMagic)) return valuesOfSqlite(path)
  if (/\.(ldb|log)$/.test(path)) return piecesOfLevelDb(path, file)
  if (/\.blob(\/|\\)/.test(path)) return insideValue(file)
  return []
}

/**
 * Writes what stands in the databases of a profile, opened, below `target`: one file for each that holds anything,
 * at the same place and under the same name. Promises how many. Throws when a database cannot be read.
 */
export function decodeProfile(profile: string, target: string): number {
  let count = 0
  for (const path of filesBelow(profile)) {
    const pieces = piecesOf(path)
    if (pieces.length === 0) continue
    const to = join(target, relative(profile, path))
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, Buffer.concat(pieces.flatMap((piece) => [piece, gap])))
    count += 1
  }
  return count
}
