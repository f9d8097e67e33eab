import type { PostReading } from '../../utils/model/post'
import { handleText, momentText } from '../shared/format'
import { useWords } from '../shared/words'
import { Fact } from './Facts'
import styles from './ItemDetail.module.css'

/** Who wrote a post and what it says, as the page showed it. */
export function PostWords({ post }: { post: PostReading }) {
  const { t } = useWords()
  const { author, platform } = post
  const handle = author.handle && handleText({ platform, handle: author.handle })
  return (
    <div class={styles.words}>
      <p>
        {author.name && <bdi>{author.name}</bdi>} {handle && <bdi dir="ltr">{handle}</bdi>}
      </p>
      {post.contentWarning && <p dir="auto">{post.contentWarning}</p>}
      <p class={styles.text} dir="auto" lang={post.language ?? undefined}>
        {post.text ?? t('item.noText')}
      </p>
    </div>
  )
}

/** When a post was posted, or since when the account of a profile exists, as exactly as the page says it. */
export function PostedFact({ post }: { post: PostReading }) {
  const { t, language } = useWords()
  const { iso, from, to, asShown, source } = post.posted
  const isProfile = post.kind === 'profile'
  const name = t(isProfile ? 'item.accountSince' : 'item.posted')
  const moment = (utc: string, zone: string | null) => momentText(utc, { language, zone })
  if (iso) {
    return (
      <>
        <Fact name={name} value={moment(iso, null)} />
        <Fact name={t(isProfile ? 'item.accountSinceUtc' : 'item.postedUtc')} value={moment(iso, 'UTC')} />
        <Fact name={t('item.postedSource')} value={source && t(`item.source.${source}`)} />
      </>
    )
  }
  const window = from && to ? t('item.between', { from: moment(from, null), to: moment(to, null) }) : null
  return <Fact name={name} value={window ?? asShown} />
}
