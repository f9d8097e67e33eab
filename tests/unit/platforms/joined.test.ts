import { describe, expect, it } from 'vitest'
import { joinedTime } from '../../../utils/platforms/joined'

describe('the line about the day of joining', () => {
  it.each([
    ['Joined October 2010', 'en', '2010-09-30', '2010-11-02', 'month'],
    ['2010年10月 加入', 'zh', '2010-09-30', '2010-11-02', 'month'],
    ['2010年1月 加入', 'zh', '2009-12-31', '2010-02-02', 'month'],
    ['انضم في يونيو ٢٠١٤', 'ar', '2014-05-31', '2014-07-02', 'month'],
    ['Joined Mar 5, 2019', 'en', '2019-03-04', '2019-03-07', 'day'],
    ['Am 15. März 2019 beigetreten', 'de', '2019-03-14', '2019-03-17', 'day'],
    ['Since the spring of 2019', 'en', '2018-12-31', '2020-01-02', 'year'],
    ['Joined October 2010', 'not a language', '2010-09-30', '2010-11-02', 'month'],
  ])('%s (%s)', (asShown, language, from, to, precision) => {
    expect(joinedTime(asShown, language)).toEqual({
      asShown,
      iso: null,
      from: `${from}T00:00:00.000Z`,
      to: `${to}T00:00:00.000Z`,
      precision,
      source: 'dom',
    })
  })

  it.each(['Joined long ago', '1.204 posts since 12034', 'Founded 1919', `2019 ${'x'.repeat(300)}`])(
    'is kept as shown where no year of a platform is in it: %s',
    (asShown) => {
      expect(joinedTime(asShown, 'en')).toMatchObject({ asShown, from: null, to: null, precision: null })
    },
  )

  it('is nothing where there is none', () => {
    expect(joinedTime(null, 'en')).toMatchObject({ asShown: null, from: null, source: null })
  })
})
