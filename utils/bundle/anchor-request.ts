import { unzipSync } from 'fflate'
import { type Bytes, concatBytes, fromUtf8, toUtf8 } from '../crypto/bytes'
import { sha256, sha256Bytes } from '../crypto/digest'
import { readCheckpointHead } from '../custody/checkpoint'
import { readTimeStampRequest, writeTimeStampRequest } from '../custody/time-stamp'
import type { Words } from '../words/translate'
import { startZip } from './zip'

/** Names in the file that a courier carries; the answers are named after the checkpoint. */
const requestNames = {
  readme: 'README.txt',
  checkpoint: 'checkpoint',
  question: 'checkpoint.tsq',
} as const

/** Bytes of such a file, unpacked: a checkpoint has a few hundred, a question fewer. */
const largest = 1_000_000

/**
 * The file that leaves to be stamped elsewhere: the signed checkpoint, the question of RFC 3161 about its SHA-256, and
 * what to do with them. It tells the size of the log, its root and its public key, and nothing of what was logged.
 */
export async function writeAnchorRequest(request: {
  checkpoint: string
  nonce: Bytes
  words: Words
}): Promise<Bytes> {
  const { words } = request
  const checkpoint = toUtf8(request.checkpoint)
  const question = await writeTimeStampRequest(await sha256Bytes(checkpoint), request.nonce)
  const readme = [
    words.t('anchor.readme.what'),
    '',
    words.t('anchor.readme.stamp'),
    '    npm run anchor -- anchor-request.zip --tsa https://…',
    '',
    words.t('anchor.readme.byHand'),
    `    curl -H 'Content-Type: application/timestamp-query' --data-binary @${requestNames.question} https://… -o checkpoint.tsr`,
    `    openssl ts -verify -data ${requestNames.checkpoint} -in checkpoint.tsr -CAfile …`,
    '',
    words.t('anchor.readme.openTimestamps'),
    `    ots stamp ${requestNames.checkpoint}`,
    '',
    words.t('anchor.readme.digest'),
    `    ${await sha256(checkpoint)}`,
    '',
    words.t('anchor.readme.back'),
    '',
  ].join('\n')
  const zip = startZip()
  const files: [string, Bytes][] = [
    [requestNames.readme, toUtf8(readme)],
    [requestNames.checkpoint, checkpoint],
    [requestNames.question, question],
  ]
  const pieces = files.flatMap(([name, content]) => [...(zip.entry(name, content) ?? [])])
  return concatBytes(...pieces, zip.end())
}

/** What a courier's file asks to be stamped. Null when it is no such file. */
export async function readAnchorRequest(
  file: Bytes,
): Promise<{ checkpoint: Bytes; question: Bytes; nonce: string } | null> {
  try {
    const wanted: string[] = [requestNames.checkpoint, requestNames.question]
    const files = unzipSync(file, {
      filter: ({ name, originalSize }) => wanted.includes(name) && originalSize < largest,
    })
    const [checkpoint, question] = wanted.map((name) => files[name] && new Uint8Array(files[name]))
    if (!checkpoint || !question || readCheckpointHead(fromUtf8(checkpoint)) === null) return null
    const asked = await readTimeStampRequest(question)
    return asked && { checkpoint, question, nonce: asked.nonce }
  } catch {
    // No ZIP, or not UTF-8.
    return null
  }
}
