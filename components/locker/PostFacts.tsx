import type { Item } from '../../utils/model/item'
import { Button } from '../shared/Button'
import { CopyButton } from '../shared/CopyButton'
import { isolate } from '../shared/format'
import { useWords } from '../shared/words'
import { Around, RelationFacts } from './Around'
import { Fact, Facts } from './Facts'
import styles from './ItemDetail.module.css'
import { PostedFact, PostWords } from './PostWords'

type PostFactsProps = {
  item: Item
  platformName: string
  areWordsShown: boolean
  onShowWords: () => void
  onCopy: (text: string) => Promise<boolean>
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
  const isProfile = post.kind === 'profile'
  const permalink = isProfile ? (post.author.profile ?? post.permalink) : post.permalink
  const addressName = t(isProfile ? 'item.profile' : 'item.permalink')
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
            <Fact name={addressName} value={permalink} isAddress>
              {permalink && <CopyButton what={addressName} onCopy={() => onCopy(permalink)} />}
            </Fact>
            {!isProfile && <Fact name={t('item.profile')} value={post.author.profile} isAddress />}
            <Fact name={t('item.accountId')} value={post.author.id} isAddress />
            <RelationFacts post={post} />
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
        {post.visibility && (
          <Fact name={t('report.fact.visibility')} value={t(`report.visibility.${post.visibility}`)} />
        )}
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
      {areWordsShown && <Around post={post} context={item.context} />}
    </div>
  )
}
