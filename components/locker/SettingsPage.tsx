import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Button } from '../shared/Button'
import { CheckField, SelectField } from '../shared/Field'
import { useLanding } from '../shared/focus'
import { Notice } from '../shared/Notice'
import { PageHeading } from '../shared/PageHeading'
import { useWords } from '../shared/words'
import styles from './SettingsPage.module.css'

type SettingsPageProps = {
  language: string | null
  idleMinutes: number
  languages: { language: string; name: string }[]
  version: string
  asksClock: boolean
  /** Access patterns of the sites that are always on. */
  sites: readonly string[]
  onLanguage: (language: string | null) => void
  onIdleMinutes: (minutes: number) => void
  onAsksClock: (asksClock: boolean) => void
  onWithdraw: (patterns: string[]) => void
  onReaders: () => void
  onSecurity: () => void
  onBackup: () => void
  onVerifier: () => void
  onReceiving: () => void
  onAnchors: () => void
  onAddressBook: () => void
}

const minutesOffered = [1, 2, 5, 10, 15, 20, 30]

/** `https://x.com/*` and `https://*.x.com/*` both as `x.com`; empty for every site there is. */
function hostOf(pattern: string): string {
  const [, host = ''] = /^[^/]*\/\/(?:\*\.?)?([^/]*)/.exec(pattern) ?? []
  return host
}

function Sites({ sites, onWithdraw }: Pick<SettingsPageProps, 'sites' | 'onWithdraw'>) {
  const { t } = useWords()
  // What was pressed is gone with its site.
  useLanding(sites.length, '[data-sites]')
  const hosts = [...new Set(sites.map(hostOf))].sort()
  return (
    <section class={styles.part}>
      <h3 tabIndex={-1} data-sites>
        {t('settings.always')}
      </h3>
      <p class={styles.hint}>{t('settings.alwaysHint')}</p>
      {sites.length === 0 && <p>{t('settings.alwaysNone')}</p>}
      <ul>
        {hosts.map((host) => {
          const name = host === '' ? t('settings.everySite') : host
          return (
            <li key={host} class={styles.site}>
              <bdi>{name}</bdi>
              <Button
                size="small"
                name={`${t('settings.withdraw')}: ${name}`}
                onPress={() => onWithdraw(sites.filter((site) => hostOf(site) === host))}
              >
                {t('settings.withdraw')}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** The way to a screen of its own. The button's face covers the whole row; its name is the title alone. */
function More({ title, hint, onOpen }: { title: string; hint: string; onOpen: () => void }) {
  const id = useId()
  return (
    <div class={styles.more}>
      <button type="button" class={styles.title} aria-describedby={id} onClick={onOpen}>
        {title}
      </button>
      <p id={id} class={styles.hint}>
        {hint}
      </p>
    </div>
  )
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  const id = useId()
  return (
    <section class={styles.group} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div class={styles.card}>{children}</div>
    </section>
  )
}

/** Every setting, with a sentence of what it leads to. */
export function SettingsPage(props: SettingsPageProps) {
  const { t, isReviewed } = useWords()
  const minutes = [...new Set([...minutesOffered, props.idleMinutes])].sort((a, b) => a - b)
  return (
    <section class={styles.page}>
      <PageHeading of="settings">{t('locker.settings')}</PageHeading>
      <Group title={t('settings.group.use')}>
        <div class={styles.part}>
          <SelectField
            label={t('settings.language')}
            hint={t('settings.languageHint')}
            value={props.language ?? ''}
            options={[
              { value: '', label: t('settings.languageOfBrowser') },
              ...props.languages.map(({ language, name }) => ({ value: language, label: name, language })),
            ]}
            onChange={(language) => props.onLanguage(language === '' ? null : language)}
          />
          {!isReviewed && (
            <Notice tone="calm">
              <p>{t('settings.notReviewed')}</p>
            </Notice>
          )}
        </div>
        <div class={styles.part}>
          <SelectField
            label={t('settings.idle')}
            hint={t('settings.idleHint')}
            value={String(props.idleMinutes)}
            options={minutes.map((count) => ({
              value: String(count),
              label: t('settings.minutes', { count }),
            }))}
            onChange={(value) => props.onIdleMinutes(Number(value))}
          />
        </div>
      </Group>
      <Group title={t('settings.group.safety')}>
        <More title={t('security.title')} hint={t('settings.securityHint')} onOpen={props.onSecurity} />
        <More title={t('backup.title')} hint={t('settings.backupHint')} onOpen={props.onBackup} />
        <More title={t('book.title')} hint={t('settings.bookHint')} onOpen={props.onAddressBook} />
      </Group>
      <Group title={t('settings.group.proof')}>
        <More title={t('verifier.title')} hint={t('verifier.settingsHint')} onOpen={props.onVerifier} />
        <More title={t('anchors.title')} hint={t('settings.anchorsHint')} onOpen={props.onAnchors} />
        <More title={t('receiving.title')} hint={t('settings.receivingHint')} onOpen={props.onReceiving} />
      </Group>
      <Group title={t('settings.group.pages')}>
        <div class={styles.part}>
          <CheckField
            label={t('settings.clock')}
            hint={t('settings.clockHint')}
            isOn={props.asksClock}
            onChange={props.onAsksClock}
          />
        </div>
        <Sites sites={props.sites} onWithdraw={props.onWithdraw} />
        <More title={t('readers.title')} hint={t('settings.readersHint')} onOpen={props.onReaders} />
      </Group>
      <p class={styles.hint}>{t('settings.version', { version: props.version })}</p>
    </section>
  )
}
