import { useState } from 'preact/hooks'
import type { Assessment, IncidentType, Item } from '../../utils/model/item'
import type { Problem } from '../../utils/model/problem'
import { Button } from '../shared/Button'
import { isolate, momentText } from '../shared/format'
import { TypeTags } from '../shared/ItemRow'
import { PageHeading } from '../shared/PageHeading'
import { Tabs } from '../shared/Tabs'
import { useWords } from '../shared/words'
import { CaptureFacts } from './CaptureFacts'
import { Corroborated } from './Corroborated'
import { Custody } from './Custody'
import { Group } from './Group'
import styles from './ItemDetail.module.css'
import type { ItemCustody, ItemDetails } from './item-details'
import { LookAgain } from './LookAgain'
import { Notes } from './Notes'
import { Pictures } from './Pictures'
import { PostFacts } from './PostFacts'
import { howSure } from './sureness'
import { Versions } from './Versions'
import { Warnings } from './Warnings'

type ItemDetailProps = {
  item: Item
  assessment: Assessment | null
  types: readonly IncidentType[]
  platformName: string
  /** Address of the picture while it is shown; null while it is hidden. */
  picture: string | null
  hasPicture: boolean
  areWordsShown: boolean
  details: ItemDetails
  comparing: 'hidden' | 'reading' | 'shown'
  /** The address was opened in a tab for a second look. */
  isLookingAgain: boolean
  /** What the custody log holds of it; null while it is being read. */
  custody: ItemCustody | Problem | null
  onReadCustody: () => void
  onTogglePicture: () => void
  onShowWords: () => void
  onCopy: (text: string) => Promise<boolean>
  onAssess: (patch: Partial<Assessment>) => void
  onCompare: () => void
  onLookAgain: () => void
  onToggleOriginal: (name: string) => void
  onOpenItem: (id: string) => void
  onBin: () => void
  onBack: () => void
}

function Picture({
  picture,
  hasPicture,
  onTogglePicture,
}: Pick<ItemDetailProps, 'picture' | 'hasPicture' | 'onTogglePicture'>) {
  const { t } = useWords()
  if (!hasPicture) return <p class={styles.cover}>{t('item.noPicture')}</p>
  return (
    <figure class={styles.figure}>
      {picture ? (
        <img class={styles.picture} src={picture} alt={t('item.pictureAlt')} />
      ) : (
        <div class={styles.cover}>{t('item.pictureHidden')}</div>
      )}
      <div>
        <Button isPressed={picture !== null} onPress={onTogglePicture}>
          {picture ? t('item.hidePicture') : t('item.showPicture')}
        </Button>
      </div>
    </figure>
  )
}

/** The other captures of the post, and the way to another one. */
function VersionsTab({ item, ...props }: ItemDetailProps) {
  return (
    <div class={styles.tab}>
      <Versions itemId={item.id} {...props} />
      {item.post.permalink !== null && (
        <LookAgain
          window={item.collection.window ?? 'normal'}
          isOpened={props.isLookingAgain}
          onLookAgain={props.onLookAgain}
        />
      )}
    </div>
  )
}

function PostTab(props: ItemDetailProps) {
  const { item, details } = props
  return (
    <div class={styles.tab}>
      <PostFacts {...props} />
      <Group itemId={item.id} group={item.group} siblings={details.group} onOpenItem={props.onOpenItem} />
      <Pictures pictures={details.pictures} onToggle={props.onToggleOriginal} onOpenItem={props.onOpenItem} />
    </div>
  )
}

/** One item: picture beside facts, how it was captured, and what the person says about it. */
export function ItemDetail(props: ItemDetailProps) {
  const { t, language } = useWords()
  const { item, platformName, details } = props
  const [tab, setTab] = useState<'post' | 'capture' | 'custody' | 'versions' | 'notes'>('post')
  const versions = details.versions.length
  const when = momentText(item.captured.utc, { language, zone: null })
  return (
    <section class={styles.page}>
      <div class={styles.top}>
        <Button kind="back" onPress={props.onBack}>
          {t('common.back')}
        </Button>
        <Button onPress={props.onBin}>{t('bin.put')}</Button>
      </div>
      <header class={styles.header}>
        <PageHeading of={item.id}>
          {t('item.title', { platform: isolate(platformName), when: isolate(when) })}
        </PageHeading>
        <p class={styles.tags}>
          <TypeTags types={props.assessment?.types ?? []} />
        </p>
      </header>
      <Corroborated corroboration={details.corroboration} onOpenItem={props.onOpenItem} />
      <Warnings
        item={item}
        platformName={platformName}
        details={details}
        areWordsShown={props.areWordsShown}
      />
      <div class={styles.sides}>
        <Picture {...props} />
        <div class={styles.side}>
          <Tabs
            label={t('item.views')}
            tabs={[
              { value: 'post', label: t('item.tab.post') },
              { value: 'capture', label: t('item.tab.capture') },
              { value: 'custody', label: t('item.tab.custody') },
              {
                value: 'versions',
                label:
                  versions > 1 ? t('item.tab.versionsMany', { count: versions }) : t('item.tab.versions'),
              },
              { value: 'notes', label: t('item.tab.notes') },
            ]}
            value={tab}
            onChange={setTab}
          >
            {tab === 'post' && <PostTab {...props} />}
            {tab === 'capture' && <CaptureFacts {...props} />}
            {tab === 'custody' && <Custody custody={props.custody} onRead={props.onReadCustody} />}
            {tab === 'versions' && <VersionsTab {...props} />}
            {tab === 'notes' && (
              <Notes assessment={props.assessment} types={props.types} onAssess={props.onAssess} />
            )}
          </Tabs>
          <section class={styles.sure}>
            <h2>{t('sure.title')}</h2>
            {howSure(item, { isClockOff: details.clock?.isOff ?? null }).map((key) => (
              <p key={key}>{t(key)}</p>
            ))}
          </section>
        </div>
      </div>
    </section>
  )
}
