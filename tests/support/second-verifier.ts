import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Tie } from '../../utils/bundle/check-tie'
import type { Statement, Verification } from '../../utils/bundle/verification'

type Named = [statement: string, subject: string | null]

/** What the verifier that is written in Python from the document alone says of a bundle. */
export type SecondAnswer = { exit: number; failed: Named[]; unchecked?: Named[]; absent?: Named[] }

const program = fileURLToPath(new URL('./verify_bundle.py', import.meta.url))

/** Its answers for these bundles, in their order; with `whole`, beside that one. Throws where it fails itself. */
export function askSecond(bundles: readonly Uint8Array[], whole: Uint8Array | null = null): SecondAnswer[] {
  const folder = mkdtempSync(join(tmpdir(), 'second-'))
  const keep = (bundle: Uint8Array, name: string): string => {
    writeFileSync(join(folder, name), bundle)
    return join(folder, name)
  }
  try {
    const beside = whole ? ['--whole', keep(whole, 'whole.zip')] : []
    const files = bundles.map((bundle, at) => keep(bundle, `${at}.zip`))
    const out = execFileSync('python3', [program, ...beside, ...files], { maxBuffer: 64 * 1024 * 1024 })
    return JSON.parse(out.toString())
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function named(statements: readonly Statement[], result: Statement['result']): Named[] {
  const all = statements.filter((one) => one.result === result)
  const lines = new Set(all.map(({ id, subject }) => JSON.stringify([id, subject])))
  return [...lines].map((line): Named => JSON.parse(line)).sort((one, other) => compare(key(one), key(other)))
}

const key = ([id, subject]: Named): string => `${id} ${subject ?? ''}`
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** What our own verifier says, in the form of the second's answer. */
export function asSecond({ isBundle, statements }: Verification, tie: Tie | null = null): SecondAnswer {
  if (!isBundle) return { exit: 2, failed: [['readable', null]] }
  const failed = named([...statements, ...(tie?.statements ?? [])], 'fail')
  const absent = named(tie?.statements ?? [], 'absent').filter(([id]) => id === 'copy-pictures')
  return { exit: failed.length > 0 ? 1 : 0, failed, ...(absent.length > 0 && { absent }) }
}
