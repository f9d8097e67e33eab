import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.tsx?$/.test(file))
}

const sources = ['entrypoints', 'components', 'utils'].flatMap(filesBelow).map((file) => ({
  file,
  // Words about a thing are not the thing.
  code: readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, ''),
}))

function filesWith(pattern: RegExp): string[] {
  return sources.filter(({ code }) => pattern.test(code)).map(({ file }) => file)
}

/** Each tag of these names as written, to its end. */
function tagsIn(code: string, name: string): string[] {
  return [...code.matchAll(new RegExp(`<${name}\\b(?:[^>{]|\\{(?:[^{}]|\\{[^{}]*\\})*\\}|=>)*>`, 'g'))].map(
    ([tag]) => tag,
  )
}

describe('rules that no build may break', () => {
  it('looks at all of the code', () => {
    expect(sources.length).toBeGreaterThan(150)
    expect(filesWith(/storage\.session/).length).toBeGreaterThan(1)
  })

  it('keeps settings in storage.local and nothing else anywhere that rests in clear', () => {
    expect(filesWith(/storage\.(local|sync|managed)\b/)).toEqual(['utils/locker/settings.ts'])
    expect(filesWith(/\b(localStorage|sessionStorage|document\.cookie|caches\.open)\b/)).toEqual([])
    expect(filesWith(/new Dexie\(|indexedDB\.open/)).toEqual(['utils/locker/database.ts'])
  })

  it('lets nobody but our own pages and background at what lies in memory', () => {
    expect(filesWith(/setAccessLevel/)).toEqual([])
    expect(filesWith(/onMessageExternal|onConnect|externally_connectable/)).toEqual([])
    // A page and its own dedicated worker, which nobody else can reach.
    expect(filesWith(/\bpostMessage\(/)).toEqual([
      'utils/locker/shred-cell-page.ts',
      'utils/locker/shred-cell-worker.ts',
      // A channel that nobody else has an end of.
      'utils/model/slices.ts',
    ])
  })

  it('makes no markup and no code from text', () => {
    expect(
      filesWith(
        /\.(innerHTML|outerHTML|srcdoc)\b|insertAdjacentHTML|document\.write|createContextualFragment|dangerouslySetInnerHTML|setHTMLUnsafe|parseHTMLUnsafe/,
      ),
    ).toEqual([])
    expect(filesWith(/\beval\(|new Function\(|setTimeout\(\s*['"`]/)).toEqual([])
  })

  it('asks the network for nothing but, in a page and when the person wants it, its time and its pictures', () => {
    expect(
      filesWith(/\bfetch\(|XMLHttpRequest|sendBeacon|new (WebSocket|EventSource|WebTransport|RTCPeer)/),
    ).toEqual(['utils/page/clock.ts', 'utils/page/load-media.ts'])
  })

  it('writes to the console in one place only, which never tells a message', () => {
    expect(filesWith(/\bconsole\./)).toEqual(['components/shared/report-bug.ts'])
  })

  it('lets browsers remember nothing that is typed', () => {
    const fields = sources.flatMap(({ file, code }) =>
      ['input', 'textarea', 'select', 'form'].flatMap((name) =>
        tagsIn(code, name).map((tag) => ({ file, tag })),
      ),
    )
    expect(fields.length).toBeGreaterThan(8)
    expect(fields.filter(({ tag }) => !/autocomplete="off"/.test(tag)).map(({ file }) => file)).toEqual([])
  })

  it('keeps titles and addresses of its pages the same, whatever is open', () => {
    expect(filesWith(/document\.title\s*=|history\.(push|replace)State|location\.(hash|search)/)).toEqual([])
  })
})
