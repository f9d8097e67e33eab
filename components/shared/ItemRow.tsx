import type { IncidentType, ItemSummary } from '../../utils/model/item'
import { Button } from './Button'
import { Tag } from './Chips'
import { dayText, handleText, isolate, timeAgo } from './format'
import styles from './ItemRow.module.css'
import { PlatformSign } from './PlatformSign'
import { RowPicture } from './RowPicture'
import { useWords } from './words'

type ItemRowProps = {
  summary: ItemSummary
  platformName: string
  now: Date
  isShown: boolean
  isChosen?: boolean
  /** Says on which day it was posted, where there is room. */
  hasPosted?: boolean
  /** How many captures of the same post there are. */
  versions?: number
  /** Another locker captured the same post, with the same words or others. */
  corroborated?: 'same' | 'different' | undefined
  /** Opens its small picture; without it, the row has the sign of the platform. */
  loadPicture?: (signal: AbortSignal) => Promise<ImageBitmap | null>
  onShow: () => void
  onChoose?: () => void
  onOpen?: () => void
}

/** The incident types in words, or that none is set yet. */
export function TypeTags({ types }: { types: readonly IncidentType[] }) {
  const { t } = useWords()
  if (types.length === 0) return <Tag>{t('type.none')}</Tag>
  return types.map((type) => <Tag key={type}>{t(`type.${type}`)}</Tag>)
}

/** Author and words of an item, in their own direction; drawn only when asked for. */
function ShownWords({ summary }: { summary: ItemSummary }) {
  const { t } = useWords()
  const { platform, authorName, authorHandle, text } = summary
  const handle = authorHandle && handleText({ platform, handle: authorHandle })
  return (
    <div class={styles.shown}>
      <p class={styles.author}>
        {authorName && <bdi>{authorName}</bdi>} {handle && <bdi dir="ltr">{handle}</bdi>}
        {!authorName && !authorHandle && t('item.noAuthor')}
      </p>
      {text ? (
        <p class={styles.text} dir="auto">
          {text}
        </p>
      ) : (
        <p>{t('item.noText')}</p>
      )}
    </div>
  )
}

/** One item in a list: where and when, its types, and the rest only when asked for. */
export function ItemRow({ summary, platformName, now, isShown, isChosen, ...props }: ItemRowProps) {
  const { t, language } = useWords()
  const ago = timeAgo(summary.capturedAt, now, language)
  const what = t('item.what', { platform: platformName, ago })
  return (
    <div class={styles.row}>
      {props.onChoose && (
        <input
          class={styles.tick}
          type="checkbox"
          checked={isChosen ?? false}
          autocomplete="off"
          aria-label={t('item.choose', { what })}
          onChange={props.onChoose}
        />
      )}
      {props.loadPicture ? (
        <RowPicture
          card={t(`type.${summary.types[0] ?? 'none'}`)}
          alt={`${t('item.pictureAlt')}: ${what}`}
          isShown={isShown}
          load={props.loadPicture}
        />
      ) : (
        <PlatformSign name={platformName} />
      )}
      <div class={styles.facts}>
        <p class={styles.what}>
          <bdi>{platformName}</bdi> <span class={styles.ago}>{ago}</span>{' '}
          {props.hasPosted && summary.postedAt && (
            <span class={styles.ago}>
              {t('item.postedOn', { day: isolate(dayText(summary.postedAt, language)) })}
            </span>
          )}
        </p>
        <p class={styles.tags}>
          <TypeTags types={summary.types} />
          {props.versions !== undefined && props.versions > 1 && (
            <Tag>{t('item.versions', { count: props.versions })}</Tag>
          )}
          {props.corroborated && (
            <Tag>{t(props.corroborated === 'same' ? 'corroboration.tag' : 'corroboration.tagDifferent')}</Tag>
          )}
          {summary.recheck && <Tag>{t('item.secondLook')}</Tag>}
          {summary.method === 'redrawn' && <Tag>{t('item.redrawn')}</Tag>}
          {summary.method === 'none' && <Tag>{t('item.noPicture')}</Tag>}
        </p>
      </div>
      <div class={styles.actions}>
        <Button
          kind="plain"
          size="small"
          isExpanded={isShown}
          name={`${isShown ? t('common.hide') : t('common.show')}: ${what}`}
          onPress={props.onShow}
        >
          {isShown ? t('common.hide') : t('common.show')}
        </Button>
        {props.onOpen && (
          <Button kind="plain" size="small" name={`${t('item.details')}: ${what}`} onPress={props.onOpen}>
            {t('item.details')}
          </Button>
        )}
      </div>
      {isShown && <ShownWords summary={summary} />}
    </div>
  )
}
