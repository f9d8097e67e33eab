import { openAsBlob, readFileSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Decrypter } from 'age-encryption'
import { checkTie, type Tie } from '../utils/bundle/check-tie'
import {
  describeCovered,
  describeNotProved,
  describeProof,
  describeStatement,
} from '../utils/bundle/describe'
import type { BundleFiles } from '../utils/bundle/files'
import type { Verification } from '../utils/bundle/verification'
import { hasFailure, verifyFiles } from '../utils/bundle/verify'
import { type Words, wordsFor } from '../utils/words/translate'
import { pathFromPerson, say } from './shell'

const usage =
  'Use it so: npm run --silent verify -- BUNDLE [--whole WHOLE] [--json] [--language ar] [--passphrase-file FILE]. ' +
  'With --whole it also checks that the redacted copies in BUNDLE were made of what is in WHOLE. ' +
  'It exits with 0 when nothing failed, 1 when something did, 2 when the file is no bundle.'

type Options = {
  bundle: string
  whole: string | null
  isJson: boolean
  language: string
  passphraseFile: string | null
}
type Compared = Tie & { isWholeFailed: boolean }
type Checked = { verification: Verification; tie: Compared | null }

function readOptions(argv: string[]): Options | null {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        language: { type: 'string', default: 'en' },
        'passphrase-file': { type: 'string' },
        whole: { type: 'string' },
      },
    })
    const [bundle] = positionals
    if (bundle === undefined || positionals.length > 1) return null
    const passphraseFile = values['passphrase-file'] ?? null
    const { json: isJson, language, whole = null } = values
    return { bundle, whole, isJson, language, passphraseFile }
  } catch {
    return null
  }
}

async function openFile(path: string): Promise<Blob | null> {
  try {
    const found = pathFromPerson(path)
    return statSync(found).isFile() ? await openAsBlob(found) : null
  } catch {
    return null
  }
}

/** The bundle inside an age file. Null when the passphrase does not open it, or it is damaged. */
async function decrypt(sealed: Blob, passphraseFile: string): Promise<Blob | null> {
  try {
    const decrypter = new Decrypter()
    decrypter.addPassphrase(readFileSync(pathFromPerson(passphraseFile), 'utf8').replace(/\r?\n$/, ''))
    const opened = await decrypter.decrypt(sealed.stream())
    return await new Response(opened as ReadableStream<BufferSource>).blob()
  } catch {
    return null
  }
}

function lines(checked: Checked, words: Words): string[] {
  const { verification, tie } = checked
  const limits = describeNotProved(verification, words).map((limit) => `- ${limit}`)
  return [
    ...verification.statements.map((statement) => describeStatement(statement, words)),
    ...(tie?.statements ?? []).map((statement) => describeStatement(statement, words)),
    ...describeProof(verification, words),
    ...(tie ? ['', words.t('verify.coveredTitle'), ...describeCovered(tie.covered, words)] : []),
    '',
    words.t('verify.notProvedTitle'),
    ...limits,
    '',
  ]
}

function print(checked: Checked, options: { isJson: boolean; words: Words }): void {
  const { verification, tie } = checked
  const text = options.isJson
    ? `${JSON.stringify(tie ? { ...verification, tie } : verification, null, 2)}\n`
    : lines(checked, options.words).join('\n')
  process.stdout.write(text)
}

function isEncrypted(verification: Verification): boolean {
  return verification.statements.some((statement) => statement.detail === 'encrypted')
}

function exitStatus({ verification, tie }: Checked): number {
  if (!verification.isBundle) return 2
  const isUntied = tie?.statements.some(({ result }) => result === 'fail') || tie?.isWholeFailed
  return hasFailure(verification) || isUntied ? 1 : 0
}

type Read = { verification: Verification; files: BundleFiles | null }

/** A file checked, opened with the passphrase where it needs one. Null, with a sentence said, when it cannot be read. */
async function readBundle(
  path: string,
  { words, passphraseFile }: Options & { words: Words },
): Promise<Read | null> {
  const file = await openFile(path)
  if (file === null) {
    say(words.t('verify.cannotOpen', { file: path }))
    return null
  }
  const read = await verifyFiles(file)
  if (!isEncrypted(read.verification) || passphraseFile === null) return read
  const opened = await decrypt(file, passphraseFile)
  if (opened !== null) return verifyFiles(opened)
  say(words.t('verify.cannotDecrypt', { file: path }))
  return null
}

/** The bundle beside the whole one that it is said to be made of. Null, with a sentence said, when that is none. */
async function compare(
  read: Read,
  whole: string,
  options: Options & { words: Words },
): Promise<Compared | null> {
  const { words } = options
  const other = await readBundle(whole, options)
  if (other === null || read.files === null) return null
  if (other.files === null) {
    const isSealed = isEncrypted(other.verification)
    say(words.t(isSealed ? 'verify.decryptFirst' : 'verify.cannotOpen', { file: whole }))
    return null
  }
  const isWholeFailed = hasFailure(other.verification)
  if (isWholeFailed) say(words.t('verify.wholeFailed', { file: whole }))
  return { ...(await checkTie(read.files, other.files)), isWholeFailed }
}

async function checkFile(options: Options & { words: Words }): Promise<number> {
  const { words, bundle, whole } = options
  const read = await readBundle(bundle, options)
  if (read === null) return 2
  const { verification } = read
  const tie = whole !== null && read.files ? await compare(read, whole, options) : null
  print({ verification, tie }, options)
  if (isEncrypted(verification)) say(words.t('verify.decryptFirst', { file: bundle }))
  return whole !== null && tie === null ? 2 : exitStatus({ verification, tie })
}

/**
 * Checks one bundle and prints its statements, a line each, or as JSON; with `--whole`, also whether its redacted
 * copies are copies of what is in that other bundle, and what is covered in them. Answers the exit status: 0 when
 * nothing failed, 1 when something did, 2 when a file is no bundle or cannot be read.
 */
export async function main(argv: string[]): Promise<number> {
  const options = readOptions(argv)
  if (options === null) {
    say(usage)
    return 2
  }
  const words = wordsFor(options.language)
  try {
    return await checkFile({ ...options, words })
  } catch {
    // The file went away, changed or failed on the disk while it was read.
    say(words.t('verify.cannotOpen', { file: options.bundle }))
    return 2
  }
}
