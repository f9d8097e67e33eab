import '../../components/shared/base.css'
import { startPage } from '../shared/start-page'
import { App } from './App'
import { createPopupView } from './view'

void startPage(async (session) => <App view={await createPopupView(session)} />)
