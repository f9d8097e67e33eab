// A worker thread knows no TypeScript: this loads the work as scripts/run.mjs loads a command.
import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { runnerImport } from 'vite'

const options = { root: workerData.root, configFile: false, logLevel: 'error' }
const { module } = await runnerImport(fileURLToPath(new URL('./work.ts', import.meta.url)), options)
await module.work(workerData.job, (message) => parentPort.postMessage(message))
