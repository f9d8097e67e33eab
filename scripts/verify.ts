import { openAsBlob, readFileSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Decrypter } from 'age-encryption'
import { describeNotProved, describeProof, describeStatement } from '../utils/bundle/describe'
import type { Verification } from '../utils/bundle/verification'
import { hasFailure, verifyBundle } from '../utils/bundle/verify'
import { type Words, wordsFor } from '../utils/words/translate'
import { pathFromPerson, say } from './shell'

const usage =
  'Use it so: npm run --silent verify -- BUNDLE [--json] [--language ar] [--passphrase-file FILE]. ' +
  'It exits with 0 when nothing failed, 1 when something did, 2 when the file is no bundle.'

type Options = { bundle: string; isJson: boolean; language: string; passphraseFile: string | null }

function readOptions(argv: string[]): Options | null {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        language: { type: 'string', default: 'en' },
        'passphrase-file': { type: 'string' },
      },
    })
    const [bundle] = positionals
    if (bundle === undefined || positionals.length > 1) return null
    const passphraseFile = values['passphrase-file'] ?? null
    return { bundle, isJson: values.json, language: values.language, passphraseFile }
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

function print(verification: Verification, options: { isJson: boolean; words: Words }): void {
  if (options.isJson) {
    process.stdout.write(`${JSON.stringify(verification, null, 2)}\n`)
    return
  }
  const { words } = options
  const lines = verification.statements.map((statement) => describeStatement(statement, words))
  const limits = describeNotProved(verification, words).map((limit) => `- ${limit}`)
  const signed = describeProof(verification, words)
  process.stdout.write([...lines, ...signed, '', words.t('verify.notProvedTitle'), ...limits, ''].join('\n'))
}

function isEncrypted(verification: Verification): boolean {
  return verification.statements.some((statement) => statement.detail === 'encrypted')
}

function exitStatus(verification: Verification): number {
  if (!verification.isBundle) return 2
  return hasFailure(verification) ? 1 : 0
}

/**
 * Checks one bundle and prints its statements, a line each, or as JSON. Answers the exit status: 0 when nothing
 * failed, 1 when something did, 2 when the file is no bundle or cannot be read.
 */
export async function main(argv: string[]): Promise<number> {
  const options = readOptions(argv)
  if (options === null) {
    say(usage)
    return 2
  }
  const words = wordsFor(options.language)
  const file = await openFile(options.bundle)
  if (file === null) {
    say(words.t('verify.cannotOpen', { file: options.bundle }))
    return 2
  }
  try {
    return await checkFile(file, { ...options, words })
  } catch {
    // The file went away, changed or failed on the disk while it was read.
    say(words.t('verify.cannotOpen', { file: options.bundle }))
    return 2
  }
}

async function checkFile(file: Blob, options: Options & { words: Words }): Promise<number> {
  const { words, passphraseFile } = options
  let verification = await verifyBundle(file)
  if (isEncrypted(verification) && passphraseFile !== null) {
    const opened = await decrypt(file, passphraseFile)
    if (opened === null) {
      say(words.t('verify.cannotDecrypt', { file: options.bundle }))
      return 2
    }
    verification = await verifyBundle(opened)
  }
  print(verification, options)
  if (isEncrypted(verification)) say(words.t('verify.decryptFirst', { file: options.bundle }))
  return exitStatus(verification)
}
