import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { builtFolder } from '../../scripts/build'

/** As it is promised to people; a change of this text is a change of the promise. */
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; " +
  "font-src 'self'; connect-src 'none'; frame-src 'self'; form-action 'none'; base-uri 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types locker"

const permissions = [
  'activeTab',
  'contextMenus',
  'downloads',
  'idle',
  'scripting',
  'storage',
  'unlimitedStorage',
]

/** Every key that either manifest may have; what is not here was not thought about. */
const keys = [
  'action',
  'background',
  'commands',
  'content_security_policy',
  'default_locale',
  'description',
  'icons',
  'manifest_version',
  'name',
  'optional_host_permissions',
  'permissions',
  'version',
]
const ownKeys = { chrome: ['minimum_chrome_version'], firefox: ['browser_specific_settings'] }

for (const target of ['chrome', 'firefox'] as const) {
  test(`the ${target} build asks for nothing more than it needs`, async () => {
    const folder = await builtFolder(target)
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
    // Above all no host permission that comes with the installation, content script, web-accessible resource or connection from outside.
    expect(Object.keys(manifest).sort()).toEqual([...keys, ...ownKeys[target]].sort())
    expect([...manifest.permissions].sort()).toEqual(permissions)
    // What being always on may ask for, site by site, on a press: some platforms run on any host.
    expect(manifest.optional_host_permissions).toEqual(['https://*/*'])
    expect(manifest.content_security_policy).toEqual({ extension_pages: policy })
    expect(manifest.manifest_version).toBe(3)
  })

  test(`the ${target} build has no script in its pages, none that is made from text, and none from elsewhere`, async () => {
    const folder = await builtFolder(target)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const pages = files.filter((file) => file.endsWith('.html'))
    expect(pages.sort()).toEqual(['locker.html', 'popup.html', 'verifier.html'])
    for (const page of pages) {
      const html = readFileSync(join(folder, page), 'utf8')
      expect(html).not.toMatch(/<script(?![^>]*\bsrc="\/)/)
      expect(html).not.toMatch(/(src|href)="(?!\/)|\son\w+=|style=/)
    }
    const scripts = files.filter((file) => file.endsWith('.js'))
    expect(scripts.length).toBeGreaterThan(3)
    const making = scripts.filter((file) =>
      /[^\w.$]eval\(|\bimportScripts\(|import\(["'`]https?:/.test(readFileSync(join(folder, file), 'utf8')),
    )
    expect(making).toEqual([])
  })
}
