import { defineContentScript } from 'wxt/utils/define-content-script'
import tokens from '../components/shared/tokens.css?inline'
import { incidentTypes } from '../utils/model/incident-types'
import { documentPage } from '../utils/page/document-page'
import { isolatedWorld } from '../utils/page/isolated-world'
import marks from '../utils/page/marks.css?inline'
import { findPlatform } from '../utils/platforms/index'

/** Injected only after the person's gesture; an address it would run at by itself does not exist. */
export default defineContentScript({
  matches: [],
  registration: 'runtime',
  main: () => {
    if (isolatedWorld()) return
    documentPage({ findPlatform, styles: `${tokens}\n${marks}`, typeIds: incidentTypes })
  },
})
