import type { Item } from '../../utils/model/item'
import type { PostReading } from '../../utils/model/post'
import { Button } from '../shared/Button'
import { CopyButton } from '../shared/CopyButton'
import { momentText } from '../shared/format'
import { useWords } from '../shared/words'
import { Fact, Facts } from './Facts'
import styles from './ItemDetail.module.css'

type PostFactsProps = {
  item: Item
  platformName: string
  areWordsShown: boolean
  onShowWords: () => void
  onCopy: (text: string) => Promise<boolean>
}

function PostWords({ post }: { post: PostReading }) {
  const { t } = useWords()
  const { author } = post
  return (
    <div class={styles.words}>
      <p>
        {author.name && <bdi>{author.name}</bdi>} {author.handle && <bdi dir="ltr">@{author.handle}</bdi>}
      </p>
      {post.contentWarning && <p dir="auto">{post.contentWarning}</p>}
      <p class={styles.text} dir="auto" lang={post.language ?? undefined}>
        {post.text ?? t('item.noText')}
      </p>
    </div>
  )
}

function PostedFact({ post }: { post: PostReading }) {
  const { t, language } = useWords()
  const { iso, from, to, asShown, source } = post.posted
  const moment = (utc: string, zone: string | null) => momentText(utc, { language, zone })
  if (iso) {
    return (
      <>
        <Fact name={t('item.posted')} value={moment(iso, null)} />
        <Fact name={t('item.postedUtc')} value={moment(iso, 'UTC')} />
        <Fact name={t('item.postedSource')} value={source && t(`item.source.${source}`)} />
      </>
    )
  }
  const window = from && to ? t('item.between', { from: moment(from, null), to: moment(to, null) }) : null
  return <Fact name={t('item.posted')} value={window ?? asShown} />
}

const marks = ['isAd', 'isTruncated', 'isEdited', 'isDeleted'] as const

/** What the post shows; its words and its author only when asked for. */
export function PostFacts({ item, platformName, areWordsShown, onShowWords, onCopy }: PostFactsProps) {
  const { t } = useWords()
  const { post } = item
  const permalink = post.permalink
  const counts = Object.entries(post.counts)
  return (
    <div class={styles.tab}>
      <div>
        <Button isExpanded={areWordsShown} onPress={onShowWords}>
          {areWordsShown ? t('item.hideWords') : t('item.showWords')}
        </Button>
      </div>
      {areWordsShown && <PostWords post={post} />}
      <Facts>
        <Fact name={t('item.platform')} value={platformName} />
        <Fact name={t('item.kind')} value={t(`kind.${post.kind}`)} />
        {areWordsShown && (
          <>
            <Fact name={t('item.permalink')} value={permalink} isAddress>
              {permalink && <CopyButton what={t('item.permalink')} onCopy={() => onCopy(permalink)} />}
            </Fact>
            <Fact name={t('item.profile')} value={post.author.profile} isAddress />
            <Fact name={t('item.accountId')} value={post.author.id} isAddress />
          </>
        )}
        <PostedFact post={post} />
        {counts.length > 0 && (
          <Fact
            name={t('item.counts')}
            value={counts.map(([name, count]) => `${name}: ${count}`).join(' · ')}
          />
        )}
        {marks
          .filter((mark) => post[mark])
          .map((mark) => (
            <Fact key={mark} name={t('item.note')} value={t(`item.${mark}`)} />
          ))}
      </Facts>
    </div>
  )
}
