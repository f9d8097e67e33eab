import { Button } from '../shared/Button'
import { Tag } from '../shared/Chips'
import { isolate, momentText } from '../shared/format'
import { useWords } from '../shared/words'
import { Changes } from './Changes'
import styles from './ItemDetail.module.css'
import type { ItemDetails, Version } from './item-details'

type VersionsProps = {
  itemId: string
  details: Pick<ItemDetails, 'versions' | 'hasIdentity'>
  /** `reading` while the captures are opened to be compared. */
  comparing: 'hidden' | 'reading' | 'shown'
  onCompare: () => void
  onOpenItem: (id: string) => void
}

function OneVersion({
  version,
  itemId,
  comparing,
  onOpenItem,
}: { version: Version } & Omit<VersionsProps, 'details' | 'onCompare'>) {
  const { t, language } = useWords()
  const { summary, changes, isPostThere } = version
  const { id, recheck, group, method } = summary
  const when = isolate(momentText(summary.capturedAt, { language, zone: null }))
  const captured = t('versions.captured', { when })
  const outcome = recheck && t(`recheck.${recheck.outcome}`)
  const what = outcome === null ? captured : t('versions.lookedAgain', { when, outcome })
  return (
    <li class={styles.version}>
      <p class={styles.strong}>{what}</p>
      <p class={styles.tags}>
        <Tag>{t(`item.method.${method}`)}</Tag>
        {group && <Tag>{t(`versions.${group.kind}`)}</Tag>}
        {id === itemId && <Tag>{t('versions.this')}</Tag>}
      </p>
      {recheck && <p class={styles.soft}>{t(`recheck.about.${recheck.outcome}`)}</p>}
      {comparing === 'shown' && changes && <Changes changes={changes} />}
      {comparing === 'shown' && !isPostThere && <p>{t('versions.notHere')}</p>}
      {id !== itemId && (
        <div>
          <Button size="small" name={t('versions.openNamed', { what })} onPress={() => onOpenItem(id)}>
            {t('versions.open')}
          </Button>
        </div>
      )}
    </li>
  )
}

/** Every capture of the same post, and what changed from one to the next when that is asked for. */
export function Versions({ details, onCompare, ...props }: VersionsProps) {
  const { t } = useWords()
  const { versions, hasIdentity } = details
  const isShown = props.comparing === 'shown'
  if (versions.length < 2) return <p>{t(hasIdentity ? 'versions.only' : 'versions.unknown')}</p>
  return (
    <section class={styles.group}>
      <p class={styles.soft}>{t('versions.intro')}</p>
      <div>
        <Button isExpanded={isShown} isOff={props.comparing === 'reading'} onPress={onCompare}>
          {props.comparing === 'reading'
            ? t('versions.reading')
            : t(isShown ? 'versions.hideCompare' : 'versions.compare')}
        </Button>
      </div>
      <ol class={styles.files}>
        {versions.map((version) => (
          <OneVersion key={version.summary.id} version={version} {...props} />
        ))}
      </ol>
    </section>
  )
}
