import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { findChromium, findFirefox } from '../../scripts/find-browser'

export type Kind = 'chromium' | 'firefox'

/** A browser without the extension, as the receiver of a bundle has one. No name resolves in it. */
export async function launchPlain(kind: Kind): Promise<Browser> {
  if (kind === 'chromium')
    return puppeteer.launch({
      executablePath: await findChromium(),
      pipe: true,
      args: [
        // Root in a container has no sandbox to start.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
        '--no-first-run',
        '--lang=en-US',
      ],
      env: { ...process.env, LANGUAGE: 'en_US' },
    })
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: await findFirefox(),
    env: { ...process.env, LANGUAGE: 'en_US' },
    extraPrefsFirefox: { 'intl.accept_languages': 'en-US', 'network.dns.disabled': true },
  })
}

/** A server on this machine that counts who asks it for something. */
export async function countingServer(): Promise<{ address: string; asked: string[]; close: () => void }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}`, asked, close: () => void server.close() }
}

/** Notes what the page asks for from now on, but files it is sent to and what is written in it (`data:`). */
export function noteRequests(page: Page): string[] {
  const seen: string[] = []
  page.on('request', (request) => {
    const isFile = request.url().startsWith('file:') && request.isNavigationRequest()
    if (!isFile && !request.url().startsWith('data:')) seen.push(request.url())
  })
  return seen
}
