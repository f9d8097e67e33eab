import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { readAnchorRequest } from '../utils/bundle/anchor-request'
import type { Bytes } from '../utils/crypto/bytes'
import { checkTimeStamp } from '../utils/custody/time-stamp'
import { pathFromPerson, say } from './shell'

const usage =
  'Use it so: npm run anchor -- anchor-request.zip --tsa URL [--tsa URL …]. It sends the question in that file to ' +
  'each time-stamp authority, checks the answer, and writes it beside the file. The authority learns a digest, and ' +
  'that this address asked. It exits with 0 when every authority stamped it, 1 when one did not.'

const answerWithinMs = 30_000
const largestAnswer = 100_000

type Options = { file: string; authorities: string[] }

function readOptions(argv: string[]): Options | null {
  try {
    const options = { tsa: { type: 'string', multiple: true } } as const
    const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options })
    const [file] = positionals
    const authorities = values.tsa ?? []
    const isUsable = authorities.length > 0 && authorities.every((address) => /^https?:\/\//.test(address))
    return file !== undefined && positionals.length === 1 && isUsable ? { file, authorities } : null
  } catch {
    return null
  }
}

function readRequest(file: string): Promise<Awaited<ReturnType<typeof readAnchorRequest>>> {
  try {
    return readAnchorRequest(new Uint8Array(readFileSync(pathFromPerson(file))))
  } catch {
    return Promise.resolve(null)
  }
}

/** The authority's answer; a sentence when there is none. */
async function ask(authority: string, question: Bytes): Promise<Bytes | string> {
  try {
    const response = await fetch(authority, {
      method: 'POST',
      headers: { 'Content-Type': 'application/timestamp-query' },
      body: question,
      signal: AbortSignal.timeout(answerWithinMs),
    })
    if (!response.ok) return `It answered with status ${response.status}.`
    const answer = new Uint8Array(await response.arrayBuffer())
    return answer.length <= largestAnswer ? answer : 'Its answer is too long to be a time stamp.'
  } catch (error) {
    return error instanceof Error ? `It could not be asked: ${error.message}.` : 'It could not be asked.'
  }
}

/** A name beside the request that nothing has yet. */
function freeName(file: string): string {
  const base = join(dirname(file), basename(file).replace(/\.zip$/i, ''))
  for (let number = 1; ; number++) {
    const name = `${base}-${number}.tsr`
    if (!existsSync(name)) return name
  }
}

async function anchorWith(
  authority: string,
  file: string,
  request: { checkpoint: Bytes; question: Bytes; nonce: string },
): Promise<boolean> {
  const answer = await ask(authority, request.question)
  if (typeof answer === 'string') {
    say(`${authority}: ${answer} Nothing was written.`)
    return false
  }
  const check = await checkTimeStamp(answer, request.checkpoint, request.nonce)
  if (!check.ok) {
    say(`${authority}: its answer is no stamp of this request (${check.reason}). Nothing was written.`)
    return false
  }
  const name = freeName(file)
  writeFileSync(name, answer)
  say(`${authority}: stamped at ${check.stamp.at} by "${check.stamp.authority}"`)
  say(`    ${name}`)
  say(`    Certificate, SHA-256: ${check.stamp.certificate}`)
  return true
}

/**
 * Has an anchor request stamped by authorities, for whoever may use the network; the extension itself asks nobody.
 * Answers the exit status: 0 when each gave a stamp that holds, 1 when one did not, 2 when there is nothing to stamp.
 */
export async function main(argv: string[]): Promise<number> {
  const options = readOptions(argv)
  if (options === null) {
    say(usage)
    return 2
  }
  const request = await readRequest(options.file)
  if (request === null) {
    say(`${options.file} is no anchor request.`)
    return 2
  }
  const file = pathFromPerson(options.file)
  let isStamped = true
  for (const authority of options.authorities)
    isStamped = (await anchorWith(authority, file, request)) && isStamped
  return isStamped ? 0 : 1
}
