import type { Item } from '../../utils/model/item'
import { isolate, momentText, sizeText } from '../shared/format'
import { useWords } from '../shared/words'
import { Fact, Facts } from './Facts'
import styles from './ItemDetail.module.css'

/** How the item was captured: times, picture, checks, tool, files with their digests. */
export function CaptureFacts({ item, platformName }: { item: Item; platformName: string }) {
  const { t, language, ofCode } = useWords()
  const { collection, captured } = item
  const { selfCheck, reader, viewport } = collection
  const yesNo = (value: boolean | null) => (value === null ? null : value ? t('common.yes') : t('common.no'))
  const readerText =
    reader.platform === 'generic'
      ? t('report.method.reader-plain')
      : t('report.method.reader-value', { platform: isolate(platformName), version: String(reader.version) })
  const inWords = (prefix: string, codes: readonly string[]) =>
    codes.map((code) => ofCode(prefix, code) ?? isolate(code))
  const dropped = Object.entries(collection.droppedFromHtml)
  return (
    <div class={styles.tab}>
      <Facts>
        <Fact name={t('item.captured')} value={momentText(captured.utc, { language, zone: null })} />
        <Fact name={t('item.capturedUtc')} value={momentText(captured.utc, { language, zone: 'UTC' })} />
        <Fact name={t('item.platformDate')} value={captured.platformDate} />
        <Fact name={t('item.method')} value={t(`item.method.${collection.method}`)} />
        <Fact name={t('item.check.text')} value={yesNo(selfCheck.textPresent)} />
        <Fact name={t('item.check.picture')} value={yesNo(selfCheck.pictureNotBlank)} />
        <Fact name={t('item.check.page')} value={yesNo(selfCheck.pageUnchanged)} />
        <Fact name={t('item.lockerWas')} value={t(`item.lockerWas.${collection.lockerWas}`)} />
        <Fact name={t('item.tool')} value={`${collection.tool.name} ${collection.tool.version}`} />
        <Fact name={t('item.reader')} value={readerText} isOwnWords />
        {reader.reason && <Fact name={t('item.readerReason')} value={reader.reason} />}
        <Fact name={t('item.browser')} value={collection.browser} />
        <Fact
          name={t('item.viewport')}
          value={t('report.method.screen-value', {
            width: String(viewport.width),
            height: String(viewport.height),
            ratio: collection.pixelRatio,
          })}
          isOwnWords
        />
      </Facts>
      <Lines title={t('item.actions')} lines={inWords('action', collection.actions)} />
      <Lines title={t('item.notRecorded')} lines={inWords('notRecorded', collection.notRecorded)} />
      <Lines title={t('item.dropped')} lines={dropped.map(([name, count]) => `${name} × ${count}`)} />
      <h2 class={styles.small}>{t('item.files')}</h2>
      <ul class={styles.files}>
        {item.parts.map((part) => (
          <li key={part.name}>
            <bdi dir="ltr">{part.name}</bdi> · {sizeText(part.bytes, language)}
            <p class={styles.digest} dir="ltr">
              SHA-256 {part.sha256}
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <>
      <h2 class={styles.small}>{title}</h2>
      <ul class={styles.lines}>
        {lines.map((line, index) => (
          <li key={`${index} ${line}`}>
            <bdi>{line}</bdi>
          </li>
        ))}
      </ul>
    </>
  )
}
