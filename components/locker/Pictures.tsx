import type { ItemSummary, PartRecord } from '../../utils/model/item'
import type { WordKey } from '../../utils/words/translate'
import { Button } from '../shared/Button'
import { isolate, momentText, sizeText } from '../shared/format'
import { useWords } from '../shared/words'
import styles from './ItemDetail.module.css'
import type { KeptPicture } from './item-details'

const linksAtMost = 5
const ways: Partial<Record<PartRecord['method'], WordKey>> = {
  loaded: 'pictures.loaded',
  fetched: 'pictures.fetched',
  pixels: 'pictures.pixels',
}

type PicturesProps = {
  pictures: readonly KeptPicture[]
  onToggle: (name: string) => void
  onOpenItem: (id: string) => void
}

function Copies({
  found,
  sentence,
  onOpenItem,
}: {
  found: readonly ItemSummary[]
  sentence: 'pictures.same' | 'pictures.alike'
} & Pick<PicturesProps, 'onOpenItem'>) {
  const { t, language } = useWords()
  if (found.length === 0) return null
  return (
    <>
      <p>{t(sentence, { count: found.length })}</p>
      <p class={styles.places}>
        {found.slice(0, linksAtMost).map(({ id, capturedAt }) => {
          const when = isolate(momentText(capturedAt, { language, zone: null }))
          return (
            <Button key={id} kind="plain" size="small" onPress={() => onOpenItem(id)}>
              {t('versions.captured', { when })}
            </Button>
          )
        })}
      </p>
    </>
  )
}

function Picture({
  picture,
  onToggle,
  onOpenItem,
}: { picture: KeptPicture } & Omit<PicturesProps, 'pictures'>) {
  const { t, language } = useWords()
  const { record, url } = picture
  const { name, width, height, address } = record
  const way = ways[record.method]
  const isAvatar = record.method === 'pixels'
  const word = url ? t('pictures.hide') : t('pictures.show')
  const size = sizeText(record.bytes, language)
  const number = (value: number | null) => new Intl.NumberFormat(language).format(value ?? 0)
  const sizes = { width: number(width), height: number(height), size: isolate(size) }
  return (
    <li class={styles.kept}>
      <p>
        <bdi dir="ltr">{name}</bdi> {isAvatar && `· ${t('pictures.avatar')}`}
      </p>
      <p class={styles.soft}>{t('pictures.size', sizes)}</p>
      {way && <p class={styles.soft}>{t(way)}</p>}
      {address && (
        <p class={styles.digest}>
          {t('pictures.from')} <bdi dir="ltr">{address}</bdi>
        </p>
      )}
      <p class={styles.digest} dir="ltr">
        SHA-256 {record.sha256}
      </p>
      {url && <img class={styles.picture} src={url} alt={t('pictures.alt', { name: isolate(name) })} />}
      <div>
        <Button
          size="small"
          isPressed={url !== null}
          name={`${word}: ${name}`}
          onPress={() => onToggle(name)}
        >
          {word}
        </Button>
      </div>
      <Copies found={picture.same} sentence="pictures.same" onOpenItem={onOpenItem} />
      <Copies found={picture.alike} sentence="pictures.alike" onOpenItem={onOpenItem} />
    </li>
  )
}

/** The original pictures of an item, each hidden until asked for. Nothing when none was kept. */
export function Pictures({ pictures, ...props }: PicturesProps) {
  const { t } = useWords()
  if (pictures.length === 0) return null
  return (
    <section class={styles.group}>
      <h2 class={styles.small}>{t('pictures.title')}</h2>
      <ul class={styles.files}>
        {pictures.map((picture) => (
          <Picture key={picture.record.name} picture={picture} {...props} />
        ))}
      </ul>
    </section>
  )
}
