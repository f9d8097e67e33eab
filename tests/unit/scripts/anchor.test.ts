import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '../../../scripts/anchor'
import { readAnchorRequest, writeAnchorRequest } from '../../../utils/bundle/anchor-request'
import { toUtf8 } from '../../../utils/crypto/bytes'
import { makeSigningSeed, openSigningKey } from '../../../utils/crypto/sign'
import { signCheckpoint } from '../../../utils/custody/checkpoint'
import { originOf } from '../../../utils/custody/identity'
import { checkTimeStamp } from '../../../utils/custody/time-stamp'
import { wordsFor } from '../../../utils/words/translate'
import { makeStampAuthority } from '../../support/stamp-authority'

const authority = makeStampAuthority()
const folder = mkdtempSync(join(tmpdir(), 'witnessmark-anchor-'))
const file = join(folder, 'anchor-request.zip')
let server: Server
let address: string

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const question = new Uint8Array(await readAll(request))
    if (request.url === '/stamp') response.end(authority.answer(question))
    else if (request.url === '/other') response.end(other)
    else response.writeHead(503).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  authority.close()
  rmSync(folder, { recursive: true, force: true })
})

async function makeRequest(size: number): Promise<Uint8Array<ArrayBuffer>> {
  const key = await openSigningKey(await makeSigningSeed())
  const head = { origin: await originOf(key.publicKey), size, root: new Uint8Array(32).fill(size) }
  const nonce = new Uint8Array([1, 2, 3, 4, 5, 6, 7, size])
  return writeAnchorRequest({ checkpoint: await signCheckpoint(head, key), nonce, words: wordsFor('en') })
}

const wanted = await makeRequest(3)
const other = authority.answer((await readAnchorRequest(await makeRequest(4)))?.question ?? toUtf8(''))
writeFileSync(file, wanted)
const stamps = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.tsr'))

describe('npm run anchor', () => {
  it('has a request stamped by an authority on the network and keeps the answer beside it', async () => {
    expect(await main([file, '--tsa', `${address}/stamp`])).toBe(0)
    expect(stamps()).toEqual(['anchor-request-1.tsr'])
    const answer = new Uint8Array(readFileSync(join(folder, 'anchor-request-1.tsr')))
    const request = await readAnchorRequest(wanted)
    expect(request && (await checkTimeStamp(answer, request.checkpoint, request.nonce))).toMatchObject({
      ok: true,
    })
    expect(authority.isVerifiedByOpenssl(answer, request?.checkpoint ?? toUtf8(''))).toBe(true)
  })

  it('never writes over an earlier answer', async () => {
    expect(await main([file, '--tsa', `${address}/stamp`])).toBe(0)
    expect(stamps()).toEqual(['anchor-request-1.tsr', 'anchor-request-2.tsr'])
  })

  it('writes nothing when the authority refuses, or answers something else', async () => {
    const before = stamps()
    expect(await main([file, '--tsa', `${address}/busy`])).toBe(1)
    expect(await main([file, '--tsa', `${address}/other`])).toBe(1)
    expect(await main([file, '--tsa', `${address}/stamp`, '--tsa', 'http://127.0.0.1:1/'])).toBe(1)
    expect(stamps().length).toBe(before.length + 1)
  })

  it('says how it is used, and what is no request', async () => {
    const noRequest = join(folder, 'no-request.zip')
    writeFileSync(noRequest, 'no request')
    expect(await main([])).toBe(2)
    expect(await main([file])).toBe(2)
    expect(await main([file, '--tsa', 'authority.example'])).toBe(2)
    expect(await main([noRequest, '--tsa', `${address}/stamp`])).toBe(2)
    expect(await main([join(folder, 'absent.zip'), '--tsa', `${address}/stamp`])).toBe(2)
  })
})
