import type { Item } from '../../utils/model/item'
import type { PostReading } from '../../utils/model/post'
import { Button } from '../shared/Button'
import { CopyButton } from '../shared/CopyButton'
import { isolate, momentText } from '../shared/format'
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

/** A language tag as people call it, with the tag; only the tag where nobody knows it. */
function languageText(tag: string, own: string): string {
  try {
    const name = new Intl.DisplayNames([own], { type: 'language', fallback: 'none' }).of(tag)
    return name === undefined ? isolate(tag) : `${name} (${isolate(tag)})`
  } catch {
    return isolate(tag)
  }
}

const marks = ['isAd', 'isTruncated', 'isEdited', 'isDeleted'] as const

/** What the post shows; its words and its author only when asked for. */
export function PostFacts({ item, platformName, areWordsShown, onShowWords, onCopy }: PostFactsProps) {
  const { t, ofCode, language: own } = useWords()
  const { post, page } = item
  const permalink = post.permalink
  const counts = Object.entries(post.counts)
  const language = post.language ?? page.language
  const timesText = page.times
    .map(({ asShown, machine }) =>
      t('item.timeValue', { shown: isolate(asShown), machine: isolate(machine) }),
    )
    .join(' · ')
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
            {page.address !== permalink && (
              <Fact name={t('item.pageAddress')} value={page.address} isAddress />
            )}
            <Fact name={t('item.pageTitle')} value={page.title} />
            {page.headings.length > 0 && (
              <Fact name={t('item.headings')} value={page.headings.map(isolate).join(' › ')} />
            )}
          </>
        )}
        <PostedFact post={post} />
        {page.times.length > 0 && <Fact name={t('item.times')} value={timesText} isOwnWords />}
        {language && <Fact name={t('item.language')} value={languageText(language, own)} />}
        {counts.length > 0 && (
          <Fact
            name={t('item.counts')}
            value={counts
              .map(([name, count]) => `${isolate(ofCode('count', name) ?? name)}: ${isolate(count)}`)
              .join(' · ')}
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
