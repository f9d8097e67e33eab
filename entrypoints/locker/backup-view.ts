import { signal } from '@preact/signals'
import { cleanFileName } from '../../components/export/steps'
import type { BackupState, BackupTo } from '../../components/locker/Backup'
import { isBackupDue } from '../../components/locker/backup-due'
import type { RestoreState } from '../../components/locker/Restore'
import { saveFile } from '../../utils/bundle/save'
import { randomBytes, toHex } from '../../utils/crypto/bytes'
import { generatePassphrase } from '../../utils/crypto/passphrase'
import { type DecryptWith, type EncryptTo, isIdentity } from '../../utils/crypto/recipients'
import { type LastBackup, lastBackup, noteBackup, writeBackup } from '../../utils/locker/backup'
import type { OpenLocker } from '../../utils/locker/keyring'
import { type BackupContents, testBackup } from '../../utils/locker/read-backup'
import { type Merged, restoreBackup } from '../../utils/locker/restore'
import { type Outcome, succeed } from '../../utils/model/problem'
import type { AddressBookView } from '../shared/address-book-view'
import type { Session } from '../shared/session'

function keyOf(text: string): DecryptWith {
  return isIdentity(text)
    ? { kind: 'identities', identities: [text.trim()] }
    : { kind: 'passphrase', passphrase: text.trim() }
}

const counted = ({ added, same, conflicts }: Merged) => ({ added, same, conflicts: conflicts.length })

type Work = {
  open: OpenLocker
  to: EncryptTo
  name: string
  signal: AbortSignal
  onState: (state: BackupState) => void
}
type Made = { path: string | null; contents: BackupContents }

/** Writes the file, opens it to see that it is whole, hands it to the browser, and notes it. */
async function makeBackup({ open, to, name, signal, onState }: Work): Promise<Outcome<Made>> {
  const tell = (kind: 'writing' | 'testing') => (progress: { done: number; total: number }) =>
    onState({ kind, ...progress })
  const backup = await writeBackup(open, { to, madeAt: new Date(), signal, onProgress: tell('writing') })
  if (!backup.ok) return backup
  const { stream, key } = backup.value
  let contents: BackupContents | null = null
  const saved = await saveFile({
    name,
    stream,
    check: async (file) => {
      const tested = await testBackup({ file: file.stream(), key, signal, onProgress: tell('testing') })
      if (tested.ok) contents = tested.value
      return tested
    },
  })
  if (!saved.ok) return saved
  if (contents === null) throw new Error('A backup was saved that nobody opened')
  return succeed({ path: saved.value.path, contents })
}

/** State and actions of backups. The passphrase of a backup is kept in memory only. */
export function createBackupView(session: Session, book: AddressBookView) {
  const state = signal<BackupState>({ kind: 'choosing' })
  const restoring = signal<RestoreState>({ kind: 'choosing', problem: null })
  const last = signal<LastBackup | null>(null)
  const passphrase = signal('')
  const fileName = signal('')
  const isPutOff = signal(false)
  const chosen = signal<readonly string[]>([])
  const recipients = book.choice({
    recipients: () => chosen.value,
    choose: (next) => {
      chosen.value = next
    },
  })
  let abort: AbortController | null = null

  /** Reads when the last good backup was. */
  async function read(): Promise<void> {
    if (session.locker.value.kind === 'open') last.value = await lastBackup(session.locker.value.locker)
  }

  function isDue(): boolean {
    const { items, isRead } = session.contents.value
    const oldestItemAt = items.at(-1)?.capturedAt ?? null
    return isRead && isBackupDue({ lastAt: last.value?.at ?? null, oldestItemAt, now: session.now.value })
  }

  function startAnew(): void {
    state.value = { kind: 'choosing' }
    chosen.value = []
    recipients.entry.clear()
    passphrase.value = generatePassphrase()
    fileName.value = `files-${toHex(randomBytes(2))}`
  }

  /** What is under way goes on, and a passphrase stays until the person says that she has it. */
  async function open(): Promise<void> {
    if (state.value.kind === 'choosing' || state.value.kind === 'failed') startAnew()
    if (restoring.value.kind === 'done') restoring.value = { kind: 'choosing', problem: null }
    await Promise.all([read(), book.read()])
  }

  async function make(to: BackupTo): Promise<void> {
    if (session.locker.value.kind !== 'open') return
    const open = session.locker.value.locker
    session.saveNow()
    abort = new AbortController()
    state.value = { kind: 'writing', done: 0, total: 0 }
    const made = await makeBackup({
      open,
      to:
        to === 'recipients'
          ? { kind: 'recipients', recipients: chosen.value }
          : { kind: 'passphrase', passphrase: passphrase.value },
      name: `${fileName.value.trim() || 'files'}.age`,
      signal: abort.signal,
      onState: (next) => {
        state.value = next
      },
    })
    if (!made.ok) {
      state.value =
        made.problem.code === 'cancelled' ? { kind: 'choosing' } : { kind: 'failed', problem: made.problem }
      return
    }
    const { contents, path } = made.value
    const { items, leftOut, madeAt } = contents
    await session.attempt((current) => noteBackup(current, { at: madeAt, items }))
    state.value = { kind: 'saved', path: path ?? `${fileName.value}.age`, items, leftOut, to }
    await read()
  }

  async function restore(file: File, key: string): Promise<void> {
    if (session.locker.value.kind !== 'open') return
    abort = new AbortController()
    restoring.value = { kind: 'restoring', done: 0, total: 0 }
    const restored = await restoreBackup(session.locker.value.locker, {
      file: file.stream(),
      key: keyOf(key),
      signal: abort.signal,
      onProgress: (progress) => {
        restoring.value = { kind: 'restoring', ...progress }
      },
    })
    await session.refresh()
    if (!restored.ok) {
      restoring.value = { kind: 'choosing', problem: restored.problem }
      return
    }
    const { items, rows, madeAt, leftOut } = restored.value
    restoring.value = { kind: 'done', items: counted(items), rows: counted(rows), madeAt, leftOut }
  }

  return {
    state,
    restoring,
    last,
    passphrase,
    fileName,
    isPutOff,
    recipients,
    read,
    isDue,
    startAnew,
    open,
    make,
    restore,
    cancel: () => abort?.abort(),
    nameFile: (name: string) => {
      fileName.value = cleanFileName(name)
    },
    putOff: () => {
      isPutOff.value = true
    },
  }
}
