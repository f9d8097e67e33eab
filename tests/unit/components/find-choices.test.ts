import { describe, expect, it } from 'vitest'
import { findChoices } from '../../../components/export/find-choices'

const choices = [
  { id: 'x', searched: 'X: report\nX: denunciar una publicación\nX\nx.com\nplatform' },
  { id: 'police', searched: 'Police report\nDenuncia ante la policía\nبلاغ إلى الشرطة\npolicía' },
  { id: 'un', searched: 'UN: Special Rapporteur\nالأمم المتحدة: المقرِّر الخاص\nNaciones Unidas, ONU' },
]
const idsFor = (typed: string) => findChoices(choices, typed).map(({ id }) => id)

describe('findChoices', () => {
  it('gives all, in their order, while nothing is typed', () => {
    expect(idsFor('')).toEqual(['x', 'police', 'un'])
    expect(idsFor('  ')).toEqual(['x', 'police', 'un'])
  })

  it('finds by platform, name and kind, in any language, by beginnings too', () => {
    expect(idsFor('x.com')).toEqual(['x'])
    expect(idsFor('rapporteur')).toEqual(['un'])
    expect(idsFor('PLATF')).toEqual(['x'])
    expect(idsFor('denun')).toEqual(['x', 'police'])
  })

  it('asks for every word, in any order', () => {
    expect(idsFor('policia denuncia')).toEqual(['police'])
    expect(idsFor('policia naciones')).toEqual([])
  })

  it('needs neither accents nor Arabic vowel signs, nor one form of alef', () => {
    expect(idsFor('policia')).toEqual(['police'])
    expect(idsFor('المقرر')).toEqual(['un'])
    expect(idsFor('الامم المتحده')).toEqual(['un'])
    expect(idsFor('publicacion')).toEqual(['x'])
  })
})
