import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { saveFile } from '../../../utils/bundle/save'
import { fail, succeed } from '../../../utils/model/problem'
import { abortError, problemError } from '../../../utils/model/problem-error'
import { memoryFiles } from '../../support/memory-files'

type Change = { id: number; state?: { current?: string }; error?: { current?: string } }

const listeners = new Set<(change: Change) => void>()
const addresses = new Map<string, Blob>()
let started: { url: string; filename: string; saveAs: boolean }[] = []
/** What the pretended browser does once a download has begun. */
let afterStart: (id: number) => void | Promise<void> = () => {}
let refuses = false

function tell(change: Change): void {
  for (const listener of [...listeners]) listener(change)
}

beforeEach(() => {
  started = []
  refuses = false
  afterStart = (id) => tell({ id, state: { current: 'complete' } })
  vi.stubGlobal('URL', {
    createObjectURL: (blob: Blob) => {
      const address = `blob:${addresses.size}`
      addresses.set(address, blob)
      return address
    },
    revokeObjectURL: (address: string) => addresses.delete(address),
  })
  Object.assign(browser, {
    downloads: {
      onChanged: {
        addListener: (listener: (change: Change) => void) => listeners.add(listener),
        removeListener: (listener: (change: Change) => void) => listeners.delete(listener),
      },
      download: async (options: { url: string; filename: string; saveAs: boolean }) => {
        if (refuses) throw new Error('no')
        started.push(options)
        await afterStart(7)
        return 7
      },
      search: async () => [{ filename: '/home/someone/export-1.zip' }],
    },
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
  listeners.clear()
  addresses.clear()
})

const stream = (...pieces: number[][]) => new Blob(pieces.map((piece) => Uint8Array.from(piece))).stream()

function failing(error: unknown): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    pull(controller) {
      controller.error(error)
    },
  })
}

const save = (source = stream([1, 2], [3])) => saveFile({ name: 'export-1.zip', stream: source })

describe('saveFile', () => {
  it('saves the whole stream and tells where', async () => {
    let content: Uint8Array | null = null
    const later = async (id: number) => {
      const blob = addresses.get(started[0]?.url ?? '')
      content = blob ? new Uint8Array(await blob.arrayBuffer()) : null
      tell({ id: 99, state: { current: 'interrupted' } })
      tell({ id, state: { current: 'in_progress' } })
      tell({ id, state: { current: 'complete' } })
    }
    afterStart = (id) => {
      void later(id)
    }
    expect(await save()).toEqual({
      ok: true,
      value: {
        path: '/home/someone/export-1.zip',
        sha256: '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81',
      },
    })
    expect(content).toEqual(Uint8Array.of(1, 2, 3))
    expect(started).toEqual([{ url: 'blob:0', filename: 'export-1.zip', saveAs: false }])
  })

  it('does not miss a download that ends before its id is known', async () => {
    expect((await save()).ok).toBe(true)
  })

  it('answers what went wrong, and cleans up each time', async () => {
    afterStart = (id) => tell({ id, state: { current: 'interrupted' }, error: { current: 'FILE_NO_SPACE' } })
    expect(await save()).toEqual({ ok: false, problem: { code: 'save-failed', detail: 'FILE_NO_SPACE' } })
    afterStart = (id) => tell({ id, state: { current: 'interrupted' }, error: { current: 'USER_CANCELED' } })
    expect(await save()).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
    refuses = true
    expect(await save()).toEqual({ ok: false, problem: { code: 'save-failed' } })
    expect([listeners.size, addresses.size]).toEqual([0, 0])
  })

  it('saves nothing when the stream fails or is cancelled', async () => {
    expect(await save(failing(abortError()))).toEqual({ ok: false, problem: { code: 'cancelled' } })
    expect(await save(failing(problemError('damaged-record', 'a1')))).toEqual({
      ok: false,
      problem: { code: 'damaged-record', detail: 'a1' },
    })
    expect(await save(failing(new Error('any')))).toEqual({ ok: false, problem: { code: 'save-failed' } })
    expect(started).toEqual([])
  })

  it('lets the whole file be looked at first, and saves nothing when it is not as it should be', async () => {
    const looked: number[] = []
    const look = async (file: Blob) => {
      looked.push(...new Uint8Array(await file.arrayBuffer()))
      return fail('damaged-backup')
    }
    const name = 'files.age'
    expect(await saveFile({ name, stream: stream([1, 2], [3]), check: look })).toEqual({
      ok: false,
      problem: { code: 'damaged-backup' },
    })
    expect([looked, started]).toEqual([[1, 2, 3], []])
    expect(await saveFile({ name, stream: stream([4]), check: async () => succeed({}) })).toMatchObject({
      ok: true,
    })
    expect(started.length).toBe(1)
  })
})

describe('a large file', () => {
  const piece = new Uint8Array(8 * 1024 * 1024)
  function large(count: number, end: unknown = null): ReadableStream<Uint8Array<ArrayBuffer>> {
    let left = count
    return new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(piece.slice().fill(left))
        else if (end) controller.error(end)
        else controller.close()
      },
    })
  }

  it('is gathered on the disk, handed to the browser from there, and gone afterwards', async () => {
    const files = memoryFiles()
    vi.stubGlobal('navigator', files.navigator)
    const seen: unknown[] = []
    const name = 'export-1.zip'
    const check = async (file: Blob) => {
      seen.push(file.size, files.out.size)
      return succeed({})
    }
    const small = await saveFile({ name, stream: large(2), check })
    const big = await saveFile({ name, stream: large(6), check })
    expect([small.ok, big.ok]).toEqual([true, true])
    expect(seen).toEqual([2 * piece.length, 0, 6 * piece.length, 1])
    expect([files.out.size, files.held.size]).toEqual([0, 0])
    const digest = createHash('sha256')
    for (let left = 5; left >= 0; left--) digest.update(piece.slice().fill(left))
    expect(big).toMatchObject({ value: { sha256: digest.digest('hex') } })
  })

  it('is gone, too, when it is cancelled, when the download fails, and when there is no room', async () => {
    const files = memoryFiles({ room: 5 * piece.length })
    vi.stubGlobal('navigator', files.navigator)
    expect(await save(large(5, abortError()))).toEqual({ ok: false, problem: { code: 'cancelled' } })
    refuses = true
    expect(await save(large(5))).toMatchObject({ ok: false, problem: { code: 'save-failed' } })
    refuses = false
    expect(await save(large(6))).toMatchObject({ ok: false, problem: { code: 'disk-full' } })
    expect([files.out.size, files.held.size, started.length]).toEqual([0, 0, 0])
  })
})
