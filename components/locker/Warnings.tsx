import type { Item } from '../../utils/model/item'
import { isolate } from '../shared/format'
import { Notice } from '../shared/Notice'
import { useWords } from '../shared/words'
import type { ItemDetails } from './item-details'
import { Conflicts } from './Sources'

type WarningsProps = { item: Item; platformName: string; details: ItemDetails; areWordsShown: boolean }

/** What one has to know of an item before relying on it; nothing when there is nothing. */
export function Warnings({ item, platformName, details, areWordsShown }: WarningsProps) {
  const { t, ofCode } = useWords()
  const { clock, expectedName, saidTwice } = details
  const { platform, reason } = item.collection.reader
  const why = reason === null ? null : (ofCode('readerReason', codeOf(reason)) ?? isolate(reason))
  return (
    <>
      <Conflicts saidTwice={saidTwice} areWordsShown={areWordsShown} />
      {clock?.isOff && (
        <Notice tone="warning">
          <p>
            {t(`clock.${clock.how}`, { amount: isolate(clock.amount) })} {t('clock.off')}
          </p>
        </Notice>
      )}
      {expectedName !== null && why !== null && (
        <Notice tone="warning">
          <p>{t('item.unread', { platform: isolate(expectedName), reason: why })}</p>
        </Notice>
      )}
      {platform !== 'generic' && why !== null && (
        <Notice tone="warning">
          <p>{t('item.partlyRead', { platform: isolate(platformName), reason: why })}</p>
        </Notice>
      )}
    </>
  )
}

/** The code of a reason; one that carries details after a colon is known by what stands before. */
export function codeOf(reason: string): string {
  return reason.replace(/:.*$/s, '').replaceAll(' ', '-')
}
