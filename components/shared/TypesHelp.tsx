import type { IncidentType } from '../../utils/model/item'
import styles from './TypesHelp.module.css'
import { useWords } from './words'

/** What each incident type means, with an invented example; closed until asked for. */
export function TypesHelp({ types }: { types: readonly IncidentType[] }) {
  const { t } = useWords()
  return (
    <details class={styles.help}>
      <summary>{t('case.typesHelp')}</summary>
      <dl class={styles.list}>
        {types.map((type) => (
          <div key={type}>
            <dt>{t(`type.${type}`)}</dt>
            <dd>{t(`type.${type}.what`)}</dd>
            <dd class={styles.example}>{t('case.example', { example: t(`type.${type}.example`) })}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
