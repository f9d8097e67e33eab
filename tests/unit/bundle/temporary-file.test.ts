import { afterEach, expect, it, vi } from 'vitest'
import { removeLeftFiles, startTemporaryFile } from '../../../utils/bundle/temporary-file'
import { memoryFiles } from '../../support/memory-files'

afterEach(() => vi.unstubAllGlobals())

function keepFiles(options: Parameters<typeof memoryFiles>[0] = {}) {
  const files = memoryFiles(options)
  vi.stubGlobal('navigator', files.navigator)
  return files
}

async function start() {
  const file = await startTemporaryFile()
  if (!file) throw new Error('there are files here')
  return file
}

it('gathers what is written, and leaves neither file nor lock', async () => {
  const { out, held } = keepFiles()
  const file = await start()
  expect([out.size, held.size]).toEqual([1, 1])
  await file.write(new Blob(['one ']))
  await file.write(new Blob(['two']))
  expect(await (await file.finish()).text()).toBe('one two')
  await file.remove()
  expect([out.size, held.size]).toEqual([0, 0])
})

it('takes a half-written file away, too', async () => {
  const { out, held } = keepFiles()
  const file = await start()
  await file.write(new Blob(['half']))
  await file.remove()
  expect([out.size, held.size]).toEqual([0, 0])
})

it('removes at the next start what a page left that ended, and nothing that one still writes', async () => {
  const { out, endPage } = keepFiles()
  await (await start()).write(new Blob(['left behind']))
  const [left = ''] = out.keys()
  // Where Chromium writes before the file is whole.
  out.set(`${left}.crswap`, { written: [], whole: null })
  endPage()
  const going = await start()
  await going.write(new Blob(['going on']))
  expect(out.size).toBe(3)
  await removeLeftFiles()
  expect(out.size).toBe(1)
  expect(out.has(left)).toBe(false)
  expect(await (await going.finish()).text()).toBe('going on')
  await going.remove()
  expect(out.size).toBe(0)
})

it('says nothing where nothing was ever left, and has no file where the browser keeps none', async () => {
  keepFiles()
  await expect(removeLeftFiles()).resolves.toBeUndefined()
  const getDirectory = () => Promise.reject(new DOMException('private window', 'SecurityError'))
  vi.stubGlobal('navigator', { storage: { getDirectory } })
  expect(await startTemporaryFile()).toBeNull()
  await expect(removeLeftFiles()).resolves.toBeUndefined()
})
