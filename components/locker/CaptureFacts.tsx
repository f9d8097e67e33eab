import type { Item } from '../../utils/model/item'
import { dayText, isolate, momentText, sizeText } from '../shared/format'
import { useWords } from '../shared/words'
import { Fact, Facts, Lines } from './Facts'
import styles from './ItemDetail.module.css'
import type { BundleOrigin, ItemDetails } from './item-details'
import { Sources } from './Sources'
import { codeOf } from './Warnings'

type CaptureFactsProps = { item: Item; platformName: string; details: ItemDetails }

function FromBundle({ bundle }: { bundle: BundleOrigin }) {
  const { t, language } = useWords()
  const { words, log, failures } = bundle
  const day = isolate(dayText(bundle.receivedAt, language))
  const from =
    words === null
      ? t('item.originUnsigned', { day })
      : t('item.originBundle', { day, words: isolate(words) })
  return (
    <>
      <Fact name={t('item.origin')} value={from} isOwnWords />
      {log && (
        <Fact
          name={t('item.originLog')}
          value={t('item.originPlace', {
            place: isolate(String(log.place + 1)),
            size: isolate(String(log.size)),
            checkpoint: isolate(log.checkpoint),
          })}
          isOwnWords
        />
      )}
      <Fact
        name={t('item.originCheck')}
        value={`${failures === 0 ? t('bundles.passed') : t('item.originFailed', { count: failures })} ${t('item.originProofs')}`}
        isOwnWords
      />
    </>
  )
}

/** How the item was captured: times, picture, checks, tool, files with their digests. */
export function CaptureFacts({ item, platformName, details }: CaptureFactsProps) {
  const { t, language, ofCode } = useWords()
  const { collection, captured, post } = item
  const { selfCheck, reader, viewport } = collection
  const { clock, origin } = details
  const yesNo = (value: boolean | null) => (value === null ? null : value ? t('common.yes') : t('common.no'))
  const readerText =
    reader.platform === 'generic'
      ? t('report.method.reader-plain')
      : t(reader.isConfirmed === false ? 'report.method.reader-unconfirmed' : 'report.method.reader-value', {
          platform: isolate(platformName),
          version: String(reader.version),
        })
  const inWords = (prefix: string, codes: readonly string[]) =>
    codes.map((code) => ofCode(prefix, code) ?? isolate(code))
  const missingText = ({ field, reason }: Item['post']['missing'][number]) =>
    t('item.missingValue', {
      field: ofCode('missingField', field) ?? isolate(field),
      reason: ofCode('missingReason', reason) ?? isolate(reason),
    })
  const dropped = Object.entries(collection.droppedFromHtml)
  return (
    <div class={styles.tab}>
      <Facts>
        <Fact name={t('item.captured')} value={momentText(captured.utc, { language, zone: null })} />
        <Fact name={t('item.capturedUtc')} value={momentText(captured.utc, { language, zone: 'UTC' })} />
        <Fact name={t('item.platformDate')} value={captured.platformDate} />
        {clock && (
          <Fact
            name={t('item.deviceClock')}
            value={t(`clock.${clock.how}`, { amount: isolate(clock.amount) })}
            isOwnWords
          />
        )}
        {origin && (
          <Fact
            name={t('item.origin')}
            value={t('item.originValue', {
              day: isolate(dayText(origin.receivedAt, language)),
              name: isolate(origin.name),
            })}
            isOwnWords
          />
        )}
        {details.bundle && <FromBundle bundle={details.bundle} />}
        <Fact name={t('item.method')} value={t(`item.method.${collection.method}`)} />
        <Fact name={t('item.check.text')} value={yesNo(selfCheck.textPresent)} />
        <Fact name={t('item.check.picture')} value={yesNo(selfCheck.pictureNotBlank)} />
        <Fact name={t('item.check.page')} value={yesNo(selfCheck.pageUnchanged)} />
        <Fact name={t('item.lockerWas')} value={t(`item.lockerWas.${collection.lockerWas}`)} />
        <Fact name={t('item.tool')} value={`${collection.tool.name} ${collection.tool.version}`} />
        <Fact name={t('item.reader')} value={readerText} isOwnWords />
        {reader.reason && (
          <Fact
            name={t(reader.platform === 'generic' ? 'item.readerReason' : 'item.readerLack')}
            value={ofCode('readerReason', codeOf(reader.reason)) ?? reader.reason}
          />
        )}
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
        {collection.zoom && (
          <Fact
            name={t('item.zoom')}
            value={new Intl.NumberFormat(language, { style: 'percent' }).format(Number(collection.zoom))}
          />
        )}
        {collection.window && <Fact name={t('item.window')} value={t(`item.window.${collection.window}`)} />}
      </Facts>
      <Sources saidTwice={details.saidTwice} />
      <Lines title={t('item.actions')} lines={inWords('action', collection.actions)} isOwnWords />
      <Lines
        title={t('item.notRecorded')}
        lines={inWords('notRecorded', collection.notRecorded)}
        isOwnWords
      />
      <Lines title={t('item.missing')} lines={post.missing.map(missingText)} isOwnWords />
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
