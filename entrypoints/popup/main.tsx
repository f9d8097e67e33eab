import '../../components/shared/base.css'
import { startPage } from '../shared/start-page'
import { App } from './App'
import { createPopupView } from './view'

/** A little while, in milliseconds: nothing should move under the pointer just after the popup has opened. */
const patienceMs = 1_500

void startPage(async (session) => {
  const view = await createPopupView(session)
  // What is done on the page does not wait until a full locker is read.
  await Promise.race([view.isComplete, new Promise((resolve) => setTimeout(resolve, patienceMs))])
  return <App view={view} />
})
