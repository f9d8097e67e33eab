import { browser } from 'wxt/browser'
import type { DatasetWork } from '../../components/dataset/steps'
import type { Protection } from '../../components/export/steps'
import { saveFile } from '../../utils/bundle/save'
import { encryptStream } from '../../utils/crypto/recipients'
import type { CheckResult } from '../../utils/dataset/check'
import type { Release } from '../../utils/dataset/release'
import type { Watch } from '../../utils/dataset/source'

/** A release with what its check found. */
export type Checked = { release: Release; result: CheckResult }

type Protected = { protection: Protection; recipients: readonly string[]; passphrase: string }
type Stream = ReadableStream<Uint8Array<ArrayBuffer>>

async function protect(stream: Stream, { protection, recipients, passphrase }: Protected): Promise<Stream> {
  if (protection === 'none') return stream
  const encrypted = await (protection === 'recipients'
    ? encryptStream(stream, { kind: 'recipients', recipients })
    : encryptStream(stream, { kind: 'passphrase', passphrase }))
  // The age library's types do not say that its buffers are never shared ones.
  return encrypted as Stream
}

/** Writes a dataset that was checked, protects it as chosen, and saves it; what became of it. */
export async function saveDataset(
  { release, result }: Checked,
  { fileName, watch, ...how }: Protected & { fileName: string; watch: Watch },
): Promise<DatasetWork> {
  // The writers of tables are large and needed here alone.
  const { writeDataset } = await import('../../utils/dataset/write')
  const tool = { name: 'Witnessmark', version: browser.runtime.getManifest().version }
  const madeOn = new Date().toISOString().slice(0, 10)
  const stream = writeDataset({ release, check: result, tool, madeOn, ...watch })
  const name = `${fileName.trim() || 'files'}${how.protection === 'none' ? '.zip' : '.zip.age'}`
  const saved = await saveFile({ name, stream: await protect(stream, how) })
  if (!saved.ok) {
    const { problem } = saved
    return problem.code === 'cancelled' ? { kind: 'none' } : { kind: 'failed', problem }
  }
  const { path, sha256 } = saved.value
  return { kind: 'saved', path: path ?? name, sha256, rows: release.items.length }
}
