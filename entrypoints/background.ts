import { browser } from 'wxt/browser'
import { defineBackground } from 'wxt/utils/define-background'
import { reportBug } from '../components/shared/report-bug'
import { removeLeftFiles } from '../utils/bundle/temporary-file'
import { startBackground } from '../utils/capture/background'

export default defineBackground(() => {
  startBackground(reportBug)
  browser.runtime.onStartup.addListener(() => void removeLeftFiles())
})
