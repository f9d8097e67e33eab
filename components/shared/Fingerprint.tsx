import styles from './Fingerprint.module.css'

/** A fingerprint in words of the word list, to be read out and compared. */
export function Fingerprint({ words }: { words: string }) {
  return (
    <p class={styles.words} lang="en" dir="ltr" translate={false}>
      {words}
    </p>
  )
}
