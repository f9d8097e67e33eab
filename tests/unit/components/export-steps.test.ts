import { describe, expect, it } from 'vitest'
import {
  canGoOn,
  changeExport,
  cleanFileName,
  type ExportAction,
  type ExportDraft,
  fullFileName,
} from '../../../components/export/steps'

const begun: ExportDraft = {
  step: 'what',
  caseId: null,
  itemIds: [],
  channelId: null,
  language: 'en',
  protection: 'passphrase',
  recipients: [],
  hasArchive: false,
  fileName: 'files-0a1b',
  place: 'popup',
  isCovered: false,
  attachmentLimits: null,
  isPaused: false,
}
const draftAfter = (draft: ExportDraft, ...actions: ExportAction[]) => actions.reduce(changeExport, draft)

describe('changeExport', () => {
  it('does not go on before there is something to hand over', () => {
    expect(draftAfter(begun, { kind: 'next' }).step).toBe('what')
    expect(draftAfter({ ...begun, itemIds: ['a'] }, { kind: 'next' }).step).toBe('for-whom')
  })

  it('keeps what a person read on a form for that form alone', () => {
    const limits = { maxCount: 3, maxBytesEach: 2_000_000, maxBytesTogether: null, types: null }
    const told = draftAfter(
      { ...begun, caseId: 'c', channelId: 'x' },
      { kind: 'limit-attachments', limits },
      { kind: 'choose-channel', channelId: 'x' },
    )
    expect(told.attachmentLimits).toEqual(limits)
    expect(draftAfter(told, { kind: 'choose-channel', channelId: 'y' }).attachmentLimits).toBeNull()
    expect(draftAfter(told, { kind: 'choose-case', caseId: 'd' }).attachmentLimits).toBeNull()
  })

  it('does not go on without a channel', () => {
    const atChannel: ExportDraft = { ...begun, caseId: 'c', step: 'for-whom' }
    expect(draftAfter(atChannel, { kind: 'next' }).step).toBe('for-whom')
    expect(draftAfter(atChannel, { kind: 'choose-channel', channelId: 'x' }, { kind: 'next' }).step).toBe(
      'check',
    )
  })

  it('goes through all steps and back to the first, and no further', () => {
    const ready: ExportDraft = { ...begun, caseId: 'c', channelId: 'x' }
    const next: ExportAction = { kind: 'next' }
    const steps = [1, 2, 3, 4, 5].map((count) => draftAfter(ready, ...Array(count).fill(next)).step)
    expect(steps).toEqual(['for-whom', 'check', 'protect', 'save', 'save'])
    const back: ExportAction = { kind: 'back' }
    expect(draftAfter({ ...ready, step: 'save' }, back, back, back, back, back)).toEqual(ready)
  })

  it('chooses the channel anew for another case, and keeps it for the same', () => {
    const chosen: ExportDraft = { ...begun, caseId: 'c', channelId: 'x' }
    expect(draftAfter(chosen, { kind: 'choose-case', caseId: 'd' }).channelId).toBeNull()
    expect(draftAfter(chosen, { kind: 'choose-case', caseId: 'c' }).channelId).toBe('x')
    expect(draftAfter(chosen, { kind: 'choose-items' })).toMatchObject({ caseId: null, channelId: null })
  })

  it('wants a key before it encrypts to somebody', () => {
    const atProtection: ExportDraft = { ...begun, caseId: 'c', channelId: 'x', step: 'protect' }
    const toSomebody = draftAfter(atProtection, { kind: 'choose-protection', protection: 'recipients' })
    expect(canGoOn(toSomebody)).toBe(false)
    expect(canGoOn(draftAfter(toSomebody, { kind: 'name-recipients', recipients: ['age1abc'] }))).toBe(true)
  })

  it('can be put aside and gone on with where it was', () => {
    const atCheck: ExportDraft = { ...begun, caseId: 'c', channelId: 'x', step: 'check' }
    const aside = draftAfter(atCheck, { kind: 'pause' })
    expect(aside.isPaused).toBe(true)
    expect(draftAfter(aside, { kind: 'go-on' })).toEqual(atCheck)
  })

  it('wants a file name', () => {
    const atProtection: ExportDraft = { ...begun, caseId: 'c', channelId: 'x', step: 'protect' }
    expect(canGoOn(draftAfter(atProtection, { kind: 'name-file', fileName: '' }))).toBe(false)
  })
})

describe('file names', () => {
  it('end as the protection says', () => {
    expect(fullFileName(begun)).toBe('files-0a1b.zip.age')
    expect(fullFileName({ ...begun, protection: 'none' })).toBe('files-0a1b.zip')
  })

  it('lose what could lead to another folder, hide, or turn the direction of the name', () => {
    expect(cleanFileName('../../etc/passwd')).toBe('etcpasswd')
    expect(cleanFileName('..hidden')).toBe('hidden')
    expect(cleanFileName('a\u202Egpj.exe\n')).toBe('agpj.exe')
    expect(cleanFileName('x'.repeat(300))).toHaveLength(80)
  })
})
