import type { PostMedia, PostReading } from '../../utils/model/post'
import type { Words } from '../../utils/words/translate'
import { handleText, isolate } from '../shared/format'
import { useWords } from '../shared/words'
import { Fact, Facts, Lines } from './Facts'
import styles from './ItemDetail.module.css'
import { PostedFact, PostWords } from './PostWords'

function mediumText({ kind, alt, isHidden }: PostMedia, { t }: Words): string {
  const name = t(`report.media.${kind}`)
  const media = alt === null ? name : t('report.media.alt', { kind: name, alt: isolate(alt) })
  return isHidden ? t('report.media.covered', { media }) : media
}

/** Who shared the post and whom it answers, where the page says so: neither is who wrote it. */
export function RelationFacts({ post }: { post: PostReading }) {
  const { t } = useWords()
  const { platform, repostedBy, replyToHandle, parentPostId, quotedIn } = post
  return (
    <>
      {repostedBy && <Fact name={t('report.fact.reposted-by')} value={repostedBy} />}
      {replyToHandle && (
        <Fact
          name={t('report.fact.reply-to')}
          value={handleText({ platform, handle: replyToHandle })}
          isAddress
        />
      )}
      {parentPostId && <Fact name={t('report.fact.parent')} value={parentPostId} isAddress />}
      {quotedIn && <Fact name={t('report.fact.quoted-in')} value={quotedIn} isAddress />}
    </>
  )
}

/** What the post carries beside its words, and the posts that it quotes or answers, as far as the page showed them. */
export function Around({ post, context }: { post: PostReading; context: readonly PostReading[] }) {
  const words = useWords()
  const { t } = words
  return (
    <>
      <Lines
        title={t('report.fact.media')}
        lines={post.media.map((medium) => mediumText(medium, words))}
        isOwnWords
      />
      {context.length > 0 && (
        <section class={styles.group}>
          <h2 class={styles.small}>{t('report.html.context')}</h2>
          <ol class={styles.files}>
            {context.map((one, index) => (
              <li key={`${index} ${one.postId}`} class={styles.version}>
                <PostWords post={one} />
                <Facts>
                  <Fact name={t('item.kind')} value={t(`kind.${one.kind}`)} />
                  <Fact name={t('item.permalink')} value={one.permalink} isAddress />
                  <PostedFact post={one} />
                </Facts>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  )
}
