import { defineConfig } from 'wxt'

/**
 * What extension pages may do. `connect-src 'none'` is the promise, visible to anyone who opens the package,
 * that Witnessmark makes no network request of its own.
 */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'none'",
  "frame-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types locker',
].join('; ')

export default defineConfig({
  modules: ['@wxt-dev/webextension-polyfill'],
  imports: false,
  manifestVersion: 3,
  manifest: ({ browser }) => ({
    name: '__MSG_name__',
    description: '__MSG_description__',
    default_locale: 'en',
    permissions: [
      'activeTab',
      'scripting',
      'storage',
      'unlimitedStorage',
      'contextMenus',
      'downloads',
      'idle',
    ],
    // Nothing of it is asked for at install. Access is asked for platform by platform, on the person's own press;
    // some software runs on any host, so no shorter list would do.
    optional_host_permissions: ['https://*/*'],
    content_security_policy: { extension_pages: pagePolicy },
    commands: {
      'document-page': {
        suggested_key: { default: 'Alt+Shift+D' },
        description: '__MSG_commandDocumentPage__',
      },
      'document-post': {
        suggested_key: { default: 'Alt+Shift+S' },
        description: '__MSG_commandDocumentPost__',
      },
      'lock-locker': {
        suggested_key: { default: 'Alt+Shift+L' },
        description: '__MSG_commandLock__',
      },
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'witnessmark@witnessmark.example',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { minimum_chrome_version: '140' }),
  }),
  vite: () => ({
    build: { modulePreload: { polyfill: false }, target: 'esnext' },
  }),
})
