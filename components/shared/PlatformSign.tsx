import styles from './PlatformSign.module.css'

/** The first letter of a platform's name; the name itself stands beside it in words. */
export function PlatformSign({ name }: { name: string }) {
  return (
    <span class={styles.sign} aria-hidden="true">
      {[...name][0]?.toUpperCase()}
    </span>
  )
}
