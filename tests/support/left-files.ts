/*
 * To be evaluated in pages of the extension: a large export that is cut off half-way, and what is left of one.
 */

/** Begins a file as an export does, holds it, and never ends it. */
export const beginFile = `(async () => {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle('out', { create: true })
  const name = 'ab'.repeat(16)
  await new Promise((held) => navigator.locks.request('out/' + name, () => {
    held()
    return new Promise(() => {})
  }))
  const file = await folder.getFileHandle(name, { create: true })
  globalThis.begun = await file.createWritable()
  await begun.write('half of an export')
})()`

/** How many files lie where exports are gathered. */
export const countFiles = `(async () => {
  const root = await navigator.storage.getDirectory()
  return (await Array.fromAsync((await root.getDirectoryHandle('out', { create: true })).keys())).length
})()`
