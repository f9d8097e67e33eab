import type { Bytes } from '../crypto/bytes'
import type { CellAccess } from './shred-cell'
import workerAddress from './shred-cell-worker?worker&url'

/** What a page asks of the worker, and what it answers; `error` is the name of what was thrown. */
export type CellQuestion = { kind: 'read' } | { kind: 'write'; at: number; bytes: Bytes }
export type CellAnswer = { bytes: Bytes } | { error: string }

type Policy = { createScriptURL(address: string): string }
type PolicyMaker = { createPolicy(name: string, rules: Policy): Policy }

let policy: Policy | undefined

/** The file of this profile, through a worker of this page. For extension pages alone: nothing else may have one. */
export function pageCell(): CellAccess {
  return {
    read: () => ask({ kind: 'read' }),
    write: async (at, bytes) => {
      await ask({ kind: 'write', at, bytes })
    },
  }
}

/** One worker a question: nothing of a secret stays in one that waits. */
async function ask(question: CellQuestion): Promise<Bytes> {
  const worker = new Worker(trustedAddress(), { type: 'module' })
  const { port1, port2 } = new MessageChannel()
  try {
    const answer = await new Promise<CellAnswer>((resolve) => {
      port1.onmessage = ({ data }: MessageEvent<CellAnswer>) => resolve(data)
      worker.onerror = () => resolve({ error: 'UnknownError' })
      worker.postMessage(question, [port2])
    })
    if ('error' in answer) throw new DOMException('The file could not be reached', nameOf(answer.error))
    return answer.bytes
  } finally {
    port1.close()
    worker.terminate()
  }
}

/** A full disk stays one; whatever else it was, the storage does not work. */
function nameOf(error: string): string {
  return error === 'QuotaExceededError' ? error : 'UnknownError'
}

/** The pages' policy lets no text become a script; this makes the one address that may. */
function trustedAddress(): string {
  const maker = (globalThis as { trustedTypes?: PolicyMaker }).trustedTypes
  if (!maker) return workerAddress
  policy ??= maker.createPolicy('locker', { createScriptURL: expectOwn })
  return policy.createScriptURL(workerAddress)
}

function expectOwn(address: string): string {
  if (address !== workerAddress) throw new TypeError('No such worker')
  return address
}
