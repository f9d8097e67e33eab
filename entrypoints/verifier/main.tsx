import '../../components/shared/base.css'
import { readSettings } from '../../utils/locker/settings'
import { startVerifier } from './start'

const { language } = await readSettings()
startVerifier([...(language ? [language] : []), ...navigator.languages])
