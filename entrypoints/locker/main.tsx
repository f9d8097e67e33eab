import '../../components/shared/base.css'
import { startPage } from '../shared/start-page'
import { App } from './App'
import { createLockerView } from './view'

void startPage(async (session) => {
  await session.firstRead
  return <App view={await createLockerView(session)} />
})
