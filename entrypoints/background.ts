import { defineBackground } from 'wxt/utils/define-background'
import { reportBug } from '../components/shared/report-bug'
import { startBackground } from '../utils/capture/background'

export default defineBackground(() => startBackground(reportBug))
