import { describe, expect, it } from 'vitest'
import { groupStatements } from '../../../utils/bundle/groups'
import { fails, isAbsent, passes, type Statement } from '../../../utils/bundle/verification'
import { verifyBundle } from '../../../utils/bundle/verify'
import { sampleBundle } from '../../support/sample-bundle'
import { sampleItem } from '../../support/sample-items'

describe('the statements of a verification by question', () => {
  it('are all there, each once', async () => {
    const { statements } = await verifyBundle(await sampleBundle([sampleItem(), sampleItem({ seed: 2 })]))
    const groups = groupStatements(statements)
    expect(groups.map(({ id }) => id)).toEqual(['unchanged', 'well-made', 'times', 'proofs'])
    const shown = groups.flatMap(({ claims }) => claims.flatMap((claim) => claim.statements))
    expect(new Set(shown)).toEqual(new Set(statements))
    expect(shown).toHaveLength(statements.length)
  })

  it('put failures first, and one fails the whole question', () => {
    const statements = [
      passes('item-well-formed', 'a'),
      fails('item-well-formed', 'b', 'schema'),
      passes('case-consistent'),
    ]
    const [group] = groupStatements(statements)
    expect(group).toMatchObject({ id: 'well-made', result: 'fail' })
    expect(group?.claims[0]).toMatchObject({ result: 'fail', counts: { fail: 1, pass: 1, absent: 0 } })
    expect(group?.claims[0]?.statements[0]?.subject).toBe('b')
    expect(group?.claims[1]?.result).toBe('pass')
  })

  it('are absent only when nothing is said', () => {
    const absent = isAbsent('capture-time', 'a', 'no-posted-time')
    expect(groupStatements([absent])[0]?.result).toBe('absent')
    expect(groupStatements([absent, passes('capture-time', 'b')])[0]?.result).toBe('pass')
  })

  it('count an unknown kind among the proofs', () => {
    const later = { id: 'sworn-to', result: 'pass', subject: null, detail: null } as unknown as Statement
    expect(groupStatements([later])).toMatchObject([{ id: 'proofs', result: 'pass' }])
  })
})
